import { type ClientOptions, Client as DiscordClient, Events, SimpleShardingStrategy } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import type { Log } from '../../log.ts';
import { StartError } from '../../usage/platform.ts';
import { reconnectDelayMs } from '../reconnect-pace.ts';
import { CLIENT_OPTIONS } from './client-options.ts';
import { FATAL, loginFailure } from './gateway-failure.ts';
import type { IdentifyBudget } from './identify-budget.ts';

/** How a client's life ended: Discord refuses it for good, or nothing comes of it and another is to be made. */
export type SessionEnd =
  | { readonly kind: 'refused'; readonly error: StartError }
  | { readonly kind: 'away'; readonly cause: string; readonly waitMs?: number };

/** What one client is made from. */
export interface SessionParts {
  readonly settings: DiscordSettings;
  readonly budget: IdentifyBudget;
  readonly clock: Clock;
  readonly log: Log;
  /** Gives the client its listeners before it connects. */
  readonly attach: (client: DiscordClient) => void;
  /** With each session that begins or goes on, also after a loss. */
  readonly onConnected: () => void;
  /** Once for each loss, not for each try that follows it. */
  readonly onLost: (cause: string) => void;
}

/** One discord.js client from its login to its end. */
export interface GatewaySession {
  readonly client: DiscordClient;
  readonly ended: Promise<SessionEnd>;
  /** When something last came of it or was last tried, epoch ms. */
  progressAt(): number;
  /** Idempotent. */
  close(): Promise<void>;
}

/** discord.js takes 30 s for an upgrade, 60 s for a hello: whoever waits so long is not back within fifteen. */
const HANDSHAKE_MS = 5_000;
/**
 * Longer than the keeper waits, and than an upgrade: a client that gives up in the middle of one ends the process
 * (see `close`).
 */
const HELLO_MS = 15_000;
const READY_MS = 8_000;
const GUILDS_MS = 5_000;
const REST_MS = 5_000;

/**
 * discord.js keeps a session by itself: it resumes after a loss, which costs no start and misses no event. What it
 * does not do is done here: its tries are spaced (it tries every half second without end), its waits are shortened,
 * and one that was closed while it was about to connect never does (it would go on answering after a stop).
 */
export function openSession(parts: SessionParts): GatewaySession {
  const { settings, clock, log } = parts;
  // From `close` on: whatever discord.js does after that must do nothing.
  let over = false;
  let connected = false;
  let losses = 0;
  let isBetweenTries = true;
  let progressAt = clock.now();
  let end: (how: SessionEnd) => void = () => undefined;
  const ended = new Promise<SessionEnd>((resolve) => {
    end = resolve;
  });
  const leaving = new AbortController();
  /** Between the try and the first sign that its upgrade is over, or the end of the try. */
  let connecting = false;

  /** discord.js asks for the session right before it connects: the one place where a try can be held back. */
  async function beforeTry(): Promise<void> {
    if (over) return new Promise(() => undefined);
    if (!isBetweenTries) return;
    isBetweenTries = false;
    if (losses > 1) await clock.sleep(reconnectDelayMs(losses - 1), leaving.signal).catch(() => undefined);
    if (over) return new Promise(() => undefined);
    connecting = true;
    progressAt = clock.now();
  }

  /** The try has come to something, good or bad: now its client can be destroyed. */
  function settled(): void {
    connecting = false;
    if (over) void client.destroy();
  }

  const ws: ClientOptions['ws'] = {
    buildIdentifyThrottler: () => ({
      waitForIdentify(shardId, signal) {
        settled();
        return parts.budget.waitForIdentify(shardId, signal);
      },
    }),
    buildStrategy(manager) {
      const { options } = manager;
      options.handshakeTimeout = HANDSHAKE_MS;
      options.helloTimeout = HELLO_MS;
      options.readyTimeout = READY_MS;
      const retrieve = options.retrieveSessionInfo.bind(options);
      options.retrieveSessionInfo = async (shardId) => {
        await beforeTry();
        return retrieve(shardId);
      };
      return new SimpleShardingStrategy(manager);
    },
  };
  const client = new DiscordClient({
    ...CLIENT_OPTIONS,
    ws,
    waitGuildTimeout: GUILDS_MS,
    rest: {
      timeout: REST_MS,
      retries: 0,
      // A wait belongs to the keeper, which knows when the bot stops.
      rejectOnRateLimit: () => true,
      ...(settings.apiUrl === undefined ? {} : { api: settings.apiUrl }),
    },
  });

  const connect = () => {
    if (over) return;
    connected = true;
    losses = 0;
    parts.onConnected();
  };
  client.on(Events.ShardReady, connect);
  client.on(Events.ShardResume, connect);
  // With each close after which discord.js tries again, also of a try that came to nothing.
  client.on(Events.ShardReconnecting, () => {
    settled();
    if (over) return;
    losses++;
    isBetweenTries = true;
    progressAt = clock.now();
    if (connected) parts.onLost('the connection was closed');
    connected = false;
  });
  // Only after a close that is not to be reconnected; discord.js then says it once and does nothing more (measured).
  client.on(Events.ShardDisconnect, ({ code }) => {
    const remedy = FATAL.get(code) ?? 'Look at the log above, then start the bot again';
    end({
      kind: 'refused',
      error: new StartError(`Discord closed the connection for good (${code})`, remedy),
    });
  });
  client.on(Events.Invalidated, () => end({ kind: 'away', cause: 'the session was ended' }));
  client.on(Events.Raw, () => {
    if (connecting) settled();
    progressAt = clock.now();
  });
  // Without a listener an error ends the process.
  client.on(Events.Error, (error) => log.error({ err: error }, 'Discord reports an error'));
  client.on(Events.ShardError, (error) => {
    // A close follows and is told with its cause; while the bot stops nobody needs to know.
    if (!over) log.debug({ err: error }, 'The connection to Discord has a fault');
  });
  client.on(Events.Warn, (message) => log.debug({ message }, 'Discord warns'));
  parts.attach(client);
  client.login(settings.token).catch((error: unknown) => end(loginFailure(error)));

  return {
    client,
    ended,
    progressAt: () => progressAt,
    async close() {
      if (over) return;
      over = true;
      leaving.abort();
      // Destroyed in the middle of an upgrade, discord.js hears its error no more, which would end the process
      // (measured). The try
      // ends by its own time-outs, and is the last.
      if (!connecting) await client.destroy();
    },
  };
}
