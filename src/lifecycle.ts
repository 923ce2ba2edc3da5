import type { AiraloClient } from './airalo/client.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { type HttpRoute, type HttpServer, openHttpServer } from './ops/http.ts';
import type { Metrics } from './ops/metrics.ts';
import { statusRoutes } from './ops/status-routes.ts';
import type { Consumer, Store } from './storage/ports.ts';
import type { CredentialService } from './usage/credentials.ts';
import { type Platform, type PlatformName, StartError } from './usage/platform.ts';

/** From the start of the bot to its end. */
export interface Lifecycle {
  /**
   * Opens the HTTP server and begins to keep promises at once; the platforms connect each for itself. Resolves when all
   * of them take questions, however long one is away, or when the bot is stopped; rejects when one is refused.
   */
  start(): Promise<void>;
  /** The port of the HTTP server, once started; undefined when there is none. */
  httpPort(): number | undefined;
  /** Finishes what is being sent and lets go of everything, within about nine seconds. Idempotent. */
  stop(): Promise<void>;
}

/** The life, and what happens to it from inside. */
interface GuardedLife extends Lifecycle {
  /** A platform that was connected is refused for good. */
  lost(platform: PlatformName, error: StartError): void;
}

/** For running jobs and lists, side by side with the HTTP server's two seconds. */
const DRAIN_MS = 5_000;
const HTTP_DRAIN_MS = 2_000;
/** The shortest age is a day: an hour late is nothing. */
const PRUNE_EVERY_MS = 60 * 60 * 1000;
/** So long the operator is taken to be looking: a platform that is refused ends the start, whatever the others do. */
const START_MS = 60_000;
/** A platform that is refused while another serves; its credentials may be put in order where they are given. */
const REFUSED_AGAIN_MS = 60_000;

/** What is started and stopped, in the order of `createLifecycle`. */
export interface LifeParts {
  /** Where the HTTP server listens; undefined when there is to be none. */
  readonly http: Config['http'] | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  /** Closed after the platforms, which may still be answering. */
  readonly client: Pick<AiraloClient, 'close'>;
  readonly platforms: readonly Platform[];
  /** Of the platforms and the webhooks. */
  readonly routes: readonly HttpRoute[];
  readonly metrics: Metrics;
  readonly credentials: CredentialService;
  /** Ends the process: only the operator can mend this. */
  fail(error: StartError): void;
  /** Called once, when the store has answered. */
  startWorkers(): Consumer[];
}

/** Starts in the order in which parts need each other, and lets go of them the other way round. */
export function createLifecycle(it: LifeParts): GuardedLife {
  const { http, store, platforms, clock, log, credentials } = it;
  const leaving = new AbortController();
  let server: HttpServer | undefined;
  let workers: Consumer[] = [];
  let startedAt = clock.now();
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    startedAt = clock.now();
    if (http) {
      const opened = await openHttpServer(http, [...statusRoutes(status), ...it.routes], log);
      // Stopped while the port was being opened: nobody else knows of this server.
      if (leaving.signal.aborted) return opened.close(0);
      server = opened;
      log.info({ host: http.host, port: server.port }, 'HTTP server open');
    }
    const connecting = platforms.map((platform) => begin(platform));
    // Heard below, once what comes before has been done.
    for (const one of connecting) one.catch(() => undefined);
    // While the platforms connect: what is wrong with the store stands in the log before the first
    // promise.
    const { warnings } = await store.health();
    for (const { what, remedy } of warnings) log.warn({ remedy }, what);
    if (leaving.signal.aborted) return;
    workers = it.startWorkers();
    void keepHouse(store, clock, log, leaving.signal);
    await Promise.all(connecting);
    if (!leaving.signal.aborted)
      log.info({ platforms: platforms.map((platform) => platform.name) }, 'The bot is ready');
  }

  const status = {
    store,
    platforms,
    clock,
    metrics: it.metrics,
    refusals: credentials.refusals,
    workerRuns: () => workers.length > 0,
  };

  /** Until it takes questions. Refused while another serves, it is started again and again; else that ends the start. */
  async function begin(platform: Platform): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        await platform.start();
        credentials.taken(platform.name);
        return;
      } catch (error) {
        if (!(error instanceof StartError) || !mayGoOnWithout(platform)) throw error;
        tellRefused(platform.name, error);
      }
      await clock.sleep(REFUSED_AGAIN_MS, leaving.signal).catch(() => undefined);
    }
  }

  /** Only after the first minute, and only while another platform takes questions. */
  function mayGoOnWithout(platform: Platform): boolean {
    return othersServe(platform) && clock.now() - startedAt > START_MS;
  }

  function othersServe(platform: Platform): boolean {
    return platforms.some((other) => other !== platform && other.health().ready);
  }

  /** Told to the log and, where another platform has one, to the alert channel; `taken` ends it. */
  function tellRefused(name: PlatformName, { message, remedy }: StartError): void {
    // Of this computer alone: nothing refuses them.
    if (name === 'terminal' || name === 'page' || name === 'api') return;
    credentials.refused({ name, service: name, error: message, remedy });
  }

  function lost(name: PlatformName, error: StartError): void {
    const platform = platforms.find((one) => one.name === name);
    // During the stop connections end, which is no refusal.
    if (leaving.signal.aborted || !platform) return;
    if (!othersServe(platform)) {
      it.fail(error);
      return;
    }
    tellRefused(name, error);
    void (async () => {
      await clock.sleep(REFUSED_AGAIN_MS, leaving.signal).catch(() => undefined);
      await begin(platform).catch((reason: unknown) =>
        it.fail(reason instanceof StartError ? reason : error),
      );
    })();
  }

  /** In this order: no new work, then the ways to people, then what they all stand on. */
  async function stopOnce(): Promise<void> {
    leaving.abort();
    credentials.stop();
    await settleAll(log, [server?.close(HTTP_DRAIN_MS), ...workers.map((worker) => worker.stop(DRAIN_MS))]);
    await settleAll(
      log,
      platforms.map((platform) => platform.stop()),
    );
    await settleAll(log, [it.client.close(), store.close()]);
  }

  return {
    start,
    httpPort: () => server?.port,
    stop() {
      stopping ??= stopOnce();
      return stopping;
    },
    lost,
  };
}

/** Removes what is past its age, now and every hour. */
async function keepHouse(store: Store, clock: Clock, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await store
      .prune()
      .then((rows) => rows > 0 && log.info({ rows }, 'Old rows removed'))
      .catch((error: unknown) => {
        if (!signal.aborted) log.warn({ err: error }, 'Old rows could not be removed');
      });
    await clock.sleep(PRUNE_EVERY_MS, signal).catch(() => undefined);
  }
}

/** One part that fails to stop must not keep the others from it. */
async function settleAll(log: Log, work: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  for (const result of await Promise.allSettled(work))
    if (result.status === 'rejected') log.warn({ err: result.reason }, 'A part did not stop cleanly');
}
