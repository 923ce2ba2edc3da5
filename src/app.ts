import { createDetailSource } from './airalo/details/source.ts';
import { createAlerts } from './alerts/alerts.ts';
import { webhookRoutes } from './alerts/webhook-route.ts';
import { createApiKeys } from './api/keys.ts';
import { createQuestions, type Questions } from './api/questions.ts';
import { type Bulk, createBulk } from './bulk/bulk.ts';
import { createRowCount } from './bulk/row-count.ts';
import type { Clock } from './clock.ts';
import type { AiraloSettings, Config } from './config.ts';
import type { Iccid } from './domain/iccid.ts';
import { answerOnce } from './inquiries/answered-once.ts';
import { recordInquiries } from './inquiries/recorded.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import { openAiralo } from './open-airalo.ts';
import { openDigests } from './open-digests.ts';
import { openInquiries } from './open-inquiries.ts';
import { openPlatforms, type ServingPlatform } from './open-platforms.ts';
import { openSearch, questionVeil } from './open-search.ts';
import { createMetrics, type Metrics } from './ops/metrics.ts';
import { standingOf } from './ops/standing.ts';
import type { PlatformParts } from './platforms/platform-parts.ts';
import { useProxy } from './proxy.ts';
import { createMemoryGate } from './storage/memory/memory-gate.ts';
import { openStore } from './storage/open.ts';
import type { Store } from './storage/ports.ts';
import { keyedHash } from './storage/sealed/seal.ts';
import { createAuditTrail } from './usage/audit-trail.ts';
import { createCredentialService } from './usage/credentials.ts';
import { startDeferredWorker } from './usage/deferred-worker.ts';
import { createDetailReader } from './usage/detail-reader.ts';
import { createEsimDirectory } from './usage/esim-directory.ts';
import { createForecasting } from './usage/forecasting.ts';
import { coverOutages } from './usage/outage-cover.ts';
import type { Platform, PlatformName, StartError, UsageService } from './usage/platform.ts';
import { createQuestionIntake } from './usage/question-intake.ts';
import { createQuestionLimits } from './usage/question-limits.ts';
import { startQuestionWorker } from './usage/question-worker.ts';
import { createUsageReader } from './usage/reader.ts';
import type { Reply } from './usage/reply.ts';
import { outcomeOf } from './usage/reply-to-read.ts';
import { tellWatches } from './usage/tell-watches.ts';
import { createUsageService } from './usage/usage-service.ts';
import { startWatchWorker } from './usage/watch-worker.ts';
import { createWatches } from './usage/watches.ts';

/** The whole bot, put together. The one place that knows everyone. */
export interface App extends Lifecycle {
  /** For the commands, which ask without a platform. */
  readonly usageService: UsageService;
  /** Lists of eSIMs. */
  readonly bulk: Bulk;
  /** For the ways in that are no chats. */
  readonly questions: Questions;
  readonly platforms: readonly Platform[];
  readonly store: Store;
}

/** What differs between the bot, the demo, one lookup and a test. */
export interface AppParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Ends the process: only the operator can mend this. */
  fail(error: StartError): void;
  /** Further platforms: those of the demo, or a stand-in of a test; with what they serve. */
  readonly morePlatforms?: (parts: PlatformParts) => readonly ServingPlatform[];
  /** Without it the bot has no server, as in the demo. */
  readonly serveHttp?: boolean;
  /** Between two calls to Airalo, all processes together; 250 when not said. */
  readonly paceIntervalMs?: number;
  /** Promised answers sent at once; the worker's own number when not said. */
  readonly workerConcurrency?: number;
}

/** Four calls a second at the most, all processes together; Airalo allows a company five. */
const PACE_INTERVAL_MS = 250;
/** Of all watches and digests together: a twentieth of what the pace lets through. */
const WATCH_READS_PER_MINUTE = 12;

/**
 * Opens the store and makes everything from it; connects to nobody yet. Throws `StoreError` when the store
 * cannot be used.
 */
export async function createApp(config: Config, airalo: AiraloSettings, parts: AppParts): Promise<App> {
  const { clock, log } = parts;
  // First: whatever is opened below may go out through it.
  useProxy(config.proxy);
  const store = await openStore(config.storeUrl, { clock, log, keys: config.storeKeys });
  const [storeKey] = config.storeKeys;
  const noteAudit = createAuditTrail({
    audit: store.audit,
    ...(storeKey ? { hashOf: (iccid: Iccid) => keyedHash(storeKey, iccid) } : {}),
    clock,
    log,
  });
  const paceIntervalMs = parts.paceIntervalMs ?? PACE_INTERVAL_MS;
  const metrics = createMetrics({ store, platforms: platformsIn(config), clock });
  // While the store is away a lookup goes on without it, under a gate in memory; a promise is not
  // made then.
  const covered = coverOutages(store, createMemoryGate(clock), { clock, log });
  // Made further down; nobody is heard or told before.
  let platforms: readonly Platform[] = [];
  let lost = (_platform: PlatformName, error: StartError) => parts.fail(error);
  const credentials = createCredentialService({
    registry: covered.registry,
    channels: () => platforms,
    clock,
    log,
  });
  const client = openAiralo(airalo, { ...covered, paceIntervalMs, credentials, metrics, clock, log });
  const reading = {
    ...covered,
    clock,
    log,
    windowMs: airalo.usageWindowMs,
    paceIntervalMs,
    prepare: () => client.prepare(),
  };
  const reader = createUsageReader({
    ...reading,
    history: store.history,
    readUsage: (iccid) => client.readUsage(iccid),
  });
  const details = createDetailReader({ ...reading, source: createDetailSource(client) });
  // Not covered against outages: a list of names that seems empty would be written over the real one.
  const directory = createEsimDirectory({ registry: store.registry, gate: store.gate, clock, log });
  // What every question leaves behind, whichever way it comes.
  const limits = createQuestionLimits(clock);
  const recording = {
    noteAudit,
    limits,
    onAsked: directory.noteAsked,
    clock,
    log,
  };
  const finding = openSearch({
    settings: config.customerLookup,
    storeKey,
    directory,
    details,
    limits,
    noteAudit,
    onLookup: metrics.customersAsked,
    clock,
    log,
  });
  const veil = questionVeil(config.customerLookup, storeKey);
  const forecasting = createForecasting({ history: store.history, clock, log });
  const intake = createQuestionIntake({ ...covered, outbox: store.outbox, veil, clock, log });
  const usageService = createUsageService({
    ...covered,
    intake,
    veil,
    reader,
    forecasting,
    outbox: store.outbox,
    ...recording,
    windowMs: airalo.usageWindowMs,
    onReply: (reply, tookMs) => measure(metrics, reply, tookMs, clock.now()),
  });
  const watches = createWatches({ ...covered, outbox: store.outbox, clock });
  const digesting = openDigests({ ...covered, store, details, directory, watches, clock, log });
  const handlers = openInquiries({
    details,
    directory,
    search: finding.search,
    usageService,
    watches,
    ...digesting,
    forecasting,
    clock,
    log,
  });
  const inquiries = answerOnce(recordInquiries(handlers, recording), { registry: store.registry, log });
  const alerts = createAlerts({ store, snapshots: covered.snapshots, clock, log });
  const bulk = createBulk({
    ...covered,
    store,
    reader,
    clock,
    log,
    windowMs: airalo.usageWindowMs,
    paceIntervalMs,
    rowsPerDay: config.bulkRowsPerDay,
    noteAudit,
    onEnd: metrics.listEnded,
  });
  const shared: PlatformParts = {
    usageService,
    inquiries,
    alerts: alerts.service,
    bulk: bulk.service,
    knownTo: directory.knownTo,
    namesOf: directory.namesOf,
    onAcknowledged: metrics.acknowledged,
    credentials,
    lost: (name, error) => lost(name, error),
    alertLocale: config.alertLocale,
    clock,
    log,
  };
  const questions = createQuestions({
    usageService,
    details,
    search: finding.search,
    ...recording,
  });
  const further = parts.morePlatforms?.(shared) ?? [];
  const made = await openPlatforms(config, shared, further);
  const api =
    config.httpApi &&
    (await import('./api/open-api.ts')).openApi({
      settings: config.httpApi,
      proxy: config.proxy,
      keys: createApiKeys({ ...store, clock }),
      questions,
      countRows: createRowCount({ ...store, clock }, config.bulkRowsPerDay),
      clock,
      log,
    });
  platforms = [...made.platforms, ...(api ? [api.platform] : [])];
  metrics.watch(() => standingOf(platforms, credentials));
  const webhooks = webhookRoutes({
    clientSecret: airalo.clientSecret,
    // The channels first: a repetition of Airalo's has told the watches already.
    async receive(event) {
      const received = await alerts.receive(event, platforms);
      if (received !== 'duplicate') await tellWatches(watches, event, log);
      return received;
    },
    log,
  });
  // Promises are kept by the name of their platform: one that is not configured here waits for a
  // process that has it.
  const byName = new Map(platforms.map((platform) => [platform.name, platform]));
  // Whoever reads without being asked has the same share of the pace.
  const unasked = {
    ...covered,
    reader,
    platforms: byName,
    clock,
    log,
    windowMs: airalo.usageWindowMs,
    readsPerMinute: WATCH_READS_PER_MINUTE,
  };
  const startWorkers = () => [
    startDeferredWorker({
      outbox: store.outbox,
      reader,
      forecasting,
      platforms: byName,
      clock,
      log,
      onEnd: metrics.promiseEnded,
      onTry: metrics.deliveryTried,
      ...(parts.workerConcurrency === undefined ? {} : { concurrency: parts.workerConcurrency }),
    }),
    startQuestionWorker({ outbox: store.outbox, intake, platforms: byName, veil, clock, log }),
    startWatchWorker({ ...unasked, outbox: store.outbox }),
    digesting.start(unasked),
    ...alerts.start(platforms),
    bulk.start(platforms),
  ];
  const life = createLifecycle({
    http: parts.serveHttp ? config.http : undefined,
    clock,
    log,
    store,
    // Both are ways out of the process, closed together.
    client: { close: async () => void (await Promise.all([client.close(), finding.close()])) },
    platforms,
    routes: [...made.routes, ...webhooks, ...(api?.routes ?? [])],
    metrics,
    credentials,
    fail: parts.fail,
    startWorkers,
  });
  // From here on a platform that is refused is one that the life knows.
  lost = life.lost;
  return { usageService, bulk, questions, platforms, store, ...life };
}

/** The names of what is configured, for metrics that begin at 0. */
function platformsIn(config: Config): string[] {
  const chats = (['slack', 'discord', 'telegram'] as const).filter((name) => config[name] !== undefined);
  return [...chats, ...(config.httpApi ? ['api'] : [])];
}

/** Of every lookup, whoever asked; `now` tells how old a cached reading is. */
function measure(metrics: Metrics, reply: Reply, tookMs: number, now: number): void {
  metrics.lookupAnswered(outcomeOf(reply), tookMs);
  if (reply.kind === 'cached') metrics.cachedShown(now - reply.asOf);
  if (reply.kind === 'deferred') metrics.waited(reply.because);
}
