import type { App, Receiver } from '@slack/bolt';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type PlatformHealth, StartError } from '../../usage/platform.ts';
import { reconnectDelayMs, throttledCause } from '../reconnect-pace.ts';
import { openSocket, type SlackSocket, type SocketParts } from './socket.ts';
import { socketFailure } from './socket-failure.ts';

/** Keeps a socket to Slack open for as long as the bot runs; to Bolt it is a receiver. */
export interface SocketKeeper extends Receiver {
  /** Resolves with the first connection; rejects with a `StartError` when Slack refuses the app token before it. */
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): PlatformHealth;
}

/** What becomes of the app token, for whoever watches over credentials. */
export interface AppTokenTold {
  refused(error: string, remedy: string): void;
  taken(): void;
}

/** Between two looks at a connection that the library may have begun to close in silence. */
const LOOK_EVERY_MS = 1_000;
/** One that ends sooner has not ended an outage. */
const SHORT_LIFE_MS = 5_000;
/** What came through the old connection is acknowledged through it; Slack waits three seconds for that. */
const RETIRE_AFTER_MS = 5_000;
/** A refused token is asked about rarely; Slack may take it again (an app that was switched off for a while). */
const REFUSED_AGAIN_MS = 30_000;
/** No wait is longer: beyond it the bot has stopped trying, and only a new process mends that. */
const MAX_WAIT_MS = 60_000;
const STALLED_AFTER_MS = 2 * MAX_WAIT_MS;

/**
 * One loop that connects, watches, and connects anew, on the injected clock. When Slack announces the end of a
 * connection the next is opened before the old one closes (Slack's docs, Socket Mode: up to ten at once), so that
 * nothing is missed; an event that comes through both is claimed once in the store.
 */
export function keepSocket(parts: SocketParts, log: Log, told: AppTokenTold): SocketKeeper {
  const { clock } = parts;
  const leaving = new AbortController();
  const sockets = createOpenSockets();
  let bolt: App | undefined;
  let current: SlackSocket | undefined;
  let keeping: Promise<void> = Promise.resolve();
  /**
   * When a connection was last attempted, epoch ms: a keeper that is at it is not stalled, however long Slack is
   * away.
   */
  let triedAt = clock.now();
  let away: string | undefined;
  /**
   * Slack has refused the app token after the start: it is asked about rarely, and `/healthz` must not take that for
   * a standstill.
   */
  let refused = false;
  const sayAway = throttledCause(clock, (cause) =>
    log.warn({ cause }, 'Slack cannot be reached: no socket is open, and it is tried again and again'),
  );

  /** Opens one and puts it in the place of the last; undefined, after the wait that is due, where that failed. */
  async function connect(app: App, failures: number, isFirst: boolean): Promise<SlackSocket | undefined> {
    triedAt = clock.now();
    try {
      const socket = await openSocket(parts, app, leaving.signal);
      sockets.add(socket);
      if (leaving.signal.aborted) return undefined;
      // Only now: what Slack sends meanwhile comes through the old one.
      if (current) void retire(current);
      current = socket;
      if (away !== undefined) log.info('A socket to Slack is open again');
      away = undefined;
      refused = false;
      told.taken();
      return socket;
    } catch (error) {
      if (leaving.signal.aborted) return undefined;
      const failure = socketFailure(error, clock.now());
      away = failure.error;
      if (failure.kind === 'refused') {
        if (isFirst) throw new StartError(`Slack refuses the socket: ${failure.error}`, failure.remedy);
        refused = true;
        told.refused(failure.error, failure.remedy);
        await pause(REFUSED_AGAIN_MS);
        return undefined;
      }
      sayAway(failure.error);
      const asked = (failure.notBefore ?? 0) - clock.now();
      await pause(Math.max(reconnectDelayMs(failures + 1), asked));
      return undefined;
    }
  }

  /** Until the bot leaves. Rejects with a `StartError` where the very first connection is refused, never later. */
  async function keep(app: App, onFirst: () => void): Promise<void> {
    let failures = 0;
    let isFirst = true;
    while (!leaving.signal.aborted) {
      const socket = await connect(app, failures, isFirst);
      if (!socket) {
        failures++;
        continue;
      }
      isFirst = false;
      onFirst();
      const openedAt = clock.now();
      const why = await endOf(socket, clock, leaving.signal);
      if (leaving.signal.aborted) return;
      if (why === 'lost') {
        away = 'the connection was lost';
        log.warn('The socket to Slack was lost; another is opened');
        void sockets.discard(socket);
      }
      // At once, unless connections end as soon as they begin.
      const isShort = clock.now() - openedAt < SHORT_LIFE_MS;
      failures = isShort ? failures + 1 : 0;
      if (failures > 1) await pause(reconnectDelayMs(failures));
    }
  }

  async function retire(socket: SlackSocket): Promise<void> {
    await pause(RETIRE_AFTER_MS);
    await sockets.discard(socket);
  }

  function pause(durationMs: number): Promise<void> {
    return clock.sleep(Math.min(durationMs, MAX_WAIT_MS), leaving.signal).catch(() => undefined);
  }

  return {
    init(app) {
      bolt = app;
    },
    start() {
      return new Promise((resolve, reject) => {
        if (!bolt) return reject(new TypeError('A receiver is started by an app'));
        // A stop during the start ends the wait for it. What ends it later is a fault of ours, which `/healthz`
        // shows, too.
        keeping = keep(bolt, resolve).then(resolve, (error: unknown) => {
          if (!(error instanceof StartError))
            log.error({ err: error }, 'Nobody keeps the socket to Slack any more');
          reject(error);
        });
      });
    },
    async stop() {
      leaving.abort();
      await Promise.all([keeping, sockets.discardAll()]);
      // One that came up while the others were closed.
      await sockets.discardAll();
    },
    health() {
      const ready = !leaving.signal.aborted && current?.isOpen() === true;
      const detail = ready ? 'socket connected' : `socket not connected (${away ?? 'connecting'})`;
      const stalled = !ready && !refused && clock.now() - triedAt > STALLED_AFTER_MS;
      return { ready, detail, stalled };
    },
  };
}

/** Whichever comes first: Slack's announcement, the library's `close`, or our own look at the connection. */
async function endOf(socket: SlackSocket, clock: Clock, leaving: AbortSignal): Promise<'recycle' | 'lost'> {
  const heard = new AbortController();
  const signal = AbortSignal.any([heard.signal, leaving]);
  const looked = (async () => {
    while (socket.isOpen() && !signal.aborted)
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    return 'lost' as const;
  })();
  const why = await Promise.race([socket.ended, looked]);
  heard.abort();
  return why;
}

/** The connections there are: two for a moment, while one takes the place of another. */
function createOpenSockets() {
  const open = new Set<SlackSocket>();

  async function discard(socket: SlackSocket): Promise<void> {
    open.delete(socket);
    await socket.close();
  }

  return {
    add: (socket: SlackSocket) => void open.add(socket),
    discard,
    async discardAll(): Promise<void> {
      await Promise.all([...open].map((socket) => discard(socket)));
    },
  };
}
