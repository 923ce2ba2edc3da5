import type { Client } from 'discord.js';
import { type Clock, endsWithin } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import type { Log } from '../../log.ts';
import type { PlatformHealth, StartError } from '../../usage/platform.ts';
import { reconnectDelayMs, throttledCause } from '../reconnect-pace.ts';
import { createIdentifyBudget } from './identify-budget.ts';
import { openSession, type SessionEnd } from './session.ts';

/** The connection that events come through. Everything that is sent goes another way (`rest.ts`). */
export interface Gateway {
  /**
   * Resolves when events come for the first time; rejects with a `StartError` when Discord refuses the bot before
   * that.
   */
  open(): Promise<void>;
  /** Ends the connection and every wait for one; resolves once nothing is tried any more. */
  close(): Promise<void>;
  health(): PlatformHealth;
  /** The servers the bot is in; none before the first connection. */
  guildIds(): readonly string[];
  /** Discord has refused the bot, and has not let it in since. */
  isRefused(): boolean;
}

/** What the gateway needs, and whom it tells. */
export interface GatewayParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Gives a client its listeners: each of them, since one that comes to nothing is replaced. */
  attach(client: Client): void;
  /** Discord has closed for good a connection that had been open. */
  lost(error: StartError): void;
}

/** A try that has brought nothing for so long comes to nothing: its upgrade, its READY or its RESUMED never came. */
const TRY_MS = 10_000;
/** Between two looks at a client that may have come to a standstill. */
const LOOK_EVERY_MS = 1_000;
/** How long a client may take to close before it is left to itself. */
const GOODBYE_MS = 2_000;
/** No look for so long: only another process helps then, and `/healthz` says so. */
const STALLED_AFTER_MS = 120_000;

/**
 * The connection, its health and its end. Health comes from shard events: `isReady()` stays true after a fatal close
 * (measured). A client that neither connects nor tries is replaced by a new one.
 */
export function createGateway(settings: DiscordSettings, parts: GatewayParts): Gateway {
  const { clock, log } = parts;
  const budget = createIdentifyBudget(clock);
  const leaving = new AbortController();
  let connected = false;
  let wasConnected = false;
  let refused = false;
  let away: string | undefined;
  let client: Client | undefined;
  let lookedAt = clock.now();
  let keeping: Promise<void> = Promise.resolve();
  const sayAway = throttledCause(clock, (cause) =>
    log.warn({ cause }, 'Discord cannot be reached: it is tried again and again'),
  );

  async function keep(onFirst: () => void, onRefused: (error: StartError) => void): Promise<void> {
    for (let failures = 1; !leaving.signal.aborted; failures++) {
      const end = await oneSession(() => {
        failures = 0;
        onFirst();
      });
      connected = false;
      if (leaving.signal.aborted || end === undefined) return;
      if (end.kind === 'refused') {
        refused = true;
        away = 'refused';
        return onRefused(end.error);
      }
      away = end.cause;
      sayAway(end.cause);
      await pause(Math.max(end.waitMs ?? 0, reconnectDelayMs(Math.max(1, failures))));
    }
  }

  /** Until Discord refuses it, it comes to nothing, or the bot stops (undefined). */
  async function oneSession(onConnected: () => void): Promise<SessionEnd | undefined> {
    const session = openSession({
      settings,
      budget,
      clock,
      log,
      attach: parts.attach,
      onConnected() {
        if (away !== undefined) log.info('The connection to Discord is there again');
        away = undefined;
        refused = false;
        connected = true;
        wasConnected = true;
        client = session.client;
        onConnected();
      },
      onLost(cause) {
        connected = false;
        away = cause;
        log.warn({ cause }, 'The connection to Discord was lost; it is opened again');
      },
    });
    const watching = new AbortController();
    const signal = AbortSignal.any([watching.signal, leaving.signal]);
    const end = await Promise.race([session.ended, comesToNothing(session.progressAt, signal)]);
    watching.abort();
    await endsWithin(clock, session.close(), GOODBYE_MS);
    return end;
  }

  /** Watches a client that says neither yes nor no. Undefined when the watching is ended from outside. */
  async function comesToNothing(
    progressAt: () => number,
    signal: AbortSignal,
  ): Promise<SessionEnd | undefined> {
    let waitedAt = clock.now();
    while (!signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
      lookedAt = clock.now();
      // Waiting for one of the day's starts is no standstill.
      if (connected || budget.isWaiting()) waitedAt = clock.now();
      if (clock.now() - Math.max(waitedAt, progressAt()) > TRY_MS)
        return { kind: 'away', cause: away ?? 'a try came to nothing' };
    }
    return undefined;
  }

  function pause(durationMs: number): Promise<void> {
    lookedAt = clock.now();
    return clock.sleep(durationMs, leaving.signal).catch(() => undefined);
  }

  return {
    open() {
      return new Promise((resolve, reject) => {
        let isFirst = true;
        const onFirst = () => {
          isFirst = false;
          resolve();
        };
        // A stop during the start ends the wait for it.
        keeping = keep(onFirst, (error) => (isFirst ? reject(error) : parts.lost(error))).then(
          resolve,
          (error: unknown) => {
            // A fault of ours, which `/healthz` shows, too.
            log.error({ err: error }, 'Nobody keeps the connection to Discord any more');
            reject(error);
          },
        );
      });
    },
    async close() {
      leaving.abort();
      await keeping;
    },
    health() {
      const ready = connected && !leaving.signal.aborted;
      const detail = ready ? 'gateway connected' : `gateway not connected (${away ?? 'connecting'})`;
      return { ready, detail, stalled: !ready && clock.now() - lookedAt > STALLED_AFTER_MS };
    },
    isRefused: () => refused,
    guildIds: () => (wasConnected && client ? [...client.guilds.cache.keys()] : []),
  };
}
