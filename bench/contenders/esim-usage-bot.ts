/** The bot itself, as `npm start` runs it, on its SQLite file, with its log at the default level. */
import { ready } from './control.ts';

const { createApp } = await import('../../src/app.ts');
const { systemClock } = await import('../../src/clock.ts');
const { requireAiralo } = await import('../../src/config.ts');
const { keepHeapTight } = await import('../../src/heap.ts');
const { createLog } = await import('../../src/log.ts');

keepHeapTight();
const config = requireAiralo(process.env, ['platform']);
const log = createLog(config.logLevel);
const fail = (error: Error) => log.fatal({ err: error }, error.message);
/** Where only what a question costs is looked at, and not when its turn at Airalo comes. */
const pace = process.env.BENCH_PACE_MS;
const app = await createApp(config, config.airalo, {
  clock: systemClock,
  log,
  fail,
  serveHttp: true,
  ...(pace === undefined ? {} : { paceIntervalMs: Number(pace) }),
});
await app.start();
ready(app.httpPort() ?? 0);
