import type { AiraloClient } from './airalo/client.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { type HttpRoute, type HttpServer, openHttpServer } from './ops/http.ts';
import type { Log } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import { statusRoutes } from './ops/status-routes.ts';
import type { SlackPlatform } from './platforms/slack/slack.ts';
import type { Consumer, Store } from './storage/ports.ts';
import type { Platform } from './usage/platform.ts';

/** From the start of the bot to its end. */
export interface Life {
  /** Connects the platforms, opens the HTTP server, then starts keeping promises. */
  start(): Promise<void>;
  /** The port of the HTTP server, once started; undefined when there is none. */
  httpPort(): number | undefined;
  /** Finishes what is being sent and lets go of everything, within about nine seconds. Idempotent. */
  stop(): Promise<void>;
}

const DRAIN_MS = 5_000;
const HTTP_DRAIN_MS = 2_000;
const PRUNE_EVERY_MS = 60 * 60 * 1000;

/** What is started and stopped, in the order of `createLife`. */
export interface LifeParts {
  /** Where the HTTP server listens; undefined when there is to be none. */
  readonly http: Config['http'] | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly client: AiraloClient;
  readonly platforms: readonly Platform[];
  readonly slack: SlackPlatform | undefined;
  readonly metrics: Metrics;
  readonly webhooks: readonly HttpRoute[];
  startWorkers(): Consumer[];
}

/** Starts in the order in which parts need each other, and lets go of them the other way round. */
export function createLife(it: LifeParts): Life {
  const { http, store, platforms, clock, log } = it;
  const housekeeping = new AbortController();
  let server: HttpServer | undefined;
  let workers: Consumer[] = [];
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    if (http) {
      const routes = [
        ...statusRoutes({
          store,
          platforms,
          metrics: it.metrics,
          clock,
          workerRuns: () => workers.length > 0,
        }),
        ...(it.slack?.routes ?? []),
        ...it.webhooks,
      ];
      server = await openHttpServer(http, routes, log);
      log.info({ host: http.host, port: server.port }, 'HTTP server open');
    }
    for (const { what, remedy } of (await store.health()).warnings) log.warn({ remedy }, what);
    await Promise.all(platforms.map((platform) => platform.start()));
    workers = it.startWorkers();
    void keepHouse(store, clock, log, housekeeping.signal);
    log.info({ platforms: platforms.map((platform) => platform.name) }, 'The bot is ready');
  }

  async function stopOnce(): Promise<void> {
    housekeeping.abort();
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
  };
}

/** Removes what is past its age, now and every hour. */
async function keepHouse(store: Store, clock: Clock, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await store
      .prune()
      .then((rows) => rows > 0 && log.info({ rows }, 'Old rows removed'))
      .catch((error: unknown) => log.warn({ err: error }, 'Old rows could not be removed'));
    await clock.sleep(PRUNE_EVERY_MS, signal).catch(() => undefined);
  }
}

/** One part that fails to stop must not keep the others from it. */
async function settleAll(log: Log, work: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  for (const result of await Promise.allSettled(work))
    if (result.status === 'rejected') log.warn({ err: result.reason }, 'A part did not stop cleanly');
}
