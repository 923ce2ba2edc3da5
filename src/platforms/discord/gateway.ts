import { Client, Events, GatewayIntentBits, Options, Partials } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import type { Log } from '../../ops/log.ts';
import { type PlatformHealth, StartError } from '../../usage/platform.ts';

/** The connection that events come through. Everything that is sent goes another way (`rest.ts`). */
export interface Gateway {
  readonly client: Client;
  /** Resolves when events come; rejects with a `StartError` when they never will. */
  open(): Promise<void>;
  close(): Promise<void>;
  health(): PlatformHealth;
}

/** Close codes after which discord.js does not connect again (Discord, Gateway close event codes). */
const FATAL: ReadonlyMap<number, string> = new Map([
  [4004, 'DISCORD_TOKEN is wrong or was reset: copy it again (Developer Portal, Bot, Reset Token)'],
  [4010, 'Run one bot process per token without sharding settings'],
  [4011, 'The bot is in too many servers for one connection: sharding is needed'],
  [4012, 'This version of the bot is too old for Discord: update it'],
  [4013, 'Discord does not know an intent this bot asks for: update the bot'],
  [
    4014,
    'Discord refuses an intent: the bot needs none that is privileged; check the application (Developer Portal, Bot)',
  ],
]);
/** None of them is privileged. Discord's docs: mentions and direct messages come with their text all the same. */
export const GATEWAY_INTENTS: GatewayIntentBits[] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];
/** Discord's docs: 1000 identifies a day, and a bot that uses them up has its token reset. Twenty a minute would do so in an hour. */
const CLOSES_TO_FAIL = 20;
const CLOSES_WITHIN_MS = 60_000;
/** `login()` resolves before the bot is ready (measured): the wait for that is ours. */
const READY_WITHIN_MS = 60_000;

/**
 * The connection, its health and its end. Health comes from shard events: `isReady()` stays true after a
 * fatal close (measured).
 */
export function createGateway(
  settings: DiscordSettings,
  { clock, log, fail }: { readonly clock: Clock; readonly log: Log; fail(error: StartError): void },
): Gateway {
  const client: Client = new Client({
    intents: GATEWAY_INTENTS,
    // Without it discord.js drops what is written in a direct message that it has not seen yet.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    // Only ids are used: a bot that runs for weeks needs no cache of messages and people.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === client.user?.id },
      UserManager: 100,
      PresenceManager: 0,
      ReactionManager: 0,
    }),
    ...(settings.apiUrl === undefined ? {} : { rest: { api: settings.apiUrl } }),
  });
  let connected = false;
  let closes: number[] = [];
  let failed: (error: StartError) => void = fail;

  client.on(Events.ShardReady, () => {
    connected = true;
  });
  client.on(Events.ShardResume, () => {
    connected = true;
  });
  client.on(Events.ShardReconnecting, () => {
    connected = false;
    countClose();
  });
  // Only after a close that is not to be reconnected; discord.js then says it once and does nothing more (measured).
  client.on(Events.ShardDisconnect, ({ code }) => {
    connected = false;
    const remedy = FATAL.get(code) ?? 'Look at the log above, then start the bot again';
    failed(new StartError(`Discord closed the connection for good (${code})`, remedy));
  });
  client.on(Events.Invalidated, () => {
    connected = false;
    failed(
      new StartError(
        'Discord ended the session for good',
        'Start the bot again; check that the token is its own',
      ),
    );
  });
  // Without a listener an error ends the process.
  client.on(Events.Error, (error) => log.error({ err: error }, 'Discord reports an error'));
  client.on(Events.ShardError, (error) => log.warn({ err: error }, 'The connection to Discord has a fault'));
  client.on(Events.Warn, (message) => log.debug({ message }, 'Discord warns'));

  /** discord.js reconnects at once and without end; too often costs the day's identifies, and then the token. */
  function countClose(): void {
    const since = clock.now() - CLOSES_WITHIN_MS;
    closes = [...closes.filter((at) => at > since), clock.now()];
    log.warn({ closes: closes.length }, 'The connection to Discord was lost');
    if (closes.length === CLOSES_TO_FAIL)
      failed(
        new StartError(
          `Discord closed the connection ${CLOSES_TO_FAIL} times within a minute`,
          'Let the supervisor start the bot again after a pause; see https://discordstatus.com',
        ),
      );
  }

  async function open(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      client.once(Events.ClientReady, () => resolve());
      failed = reject;
    });
    // Lost to `late` or to the login, it must not count as a rejection that nobody heard.
    ready.catch(() => undefined);
    const waited = new AbortController();
    const late = clock.sleep(READY_WITHIN_MS, waited.signal).then(
      () =>
        Promise.reject(
          new StartError('Discord does not become ready', 'Check the network, then start again'),
        ),
      () => undefined,
    );
    try {
      await client.login(settings.token).catch((error: unknown) => Promise.reject(asStartError(error)));
      await Promise.race([ready, late]);
      failed = fail;
    } finally {
      waited.abort();
    }
  }

  return {
    client,
    open,
    close: () => client.destroy(),
    health: () => ({ ready: connected, detail: connected ? 'gateway connected' : 'gateway not connected' }),
  };
}

function asStartError(error: unknown): StartError {
  if (error instanceof StartError) return error;
  const text = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : '';
  const [, remedy] = [...FATAL].find(([code]) => text.includes(String(code))) ?? [];
  const known = /TokenInvalid|401|Unauthorized|invalid token/i.test(text) ? FATAL.get(4004) : remedy;
  const intents = /disallowed intents/i.test(text) ? FATAL.get(4014) : undefined;
  return new StartError(
    'Discord does not let the bot in',
    intents ?? known ?? 'Check the network, and DISCORD_API_URL where it is set; then start again',
    { cause: error },
  );
}
