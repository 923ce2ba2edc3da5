/** A bot that says how long its start took and how much memory it has then. In a process of its own, for `start.ts`. */
const { createApp } = await import('../../src/app.ts');
const { systemClock } = await import('../../src/clock.ts');
const { requireAiralo } = await import('../../src/config.ts');
const { createLog } = await import('../../src/log.ts');
const { createBoardPlatform } = await import('../../test/support/board.ts');

/** Long enough for what the start leaves running: the first look for due work, the housekeeping. */
const SETTLED_MS = 1_500;

const loadedMs = performance.now();
const config = requireAiralo(process.env);
const log = createLog('error');
const app = await createApp(config, config.airalo, {
  clock: systemClock,
  log,
  fail: (error) => log.error({ err: error }, error.message),
  morePlatforms: () => [createBoardPlatform('http://127.0.0.1:9')],
});
await app.start();
const readyMs = performance.now();
await systemClock.sleep(SETTLED_MS);
const rssMb = process.memoryUsage.rss() / 1024 ** 2;
process.send?.({ readyMs, openedMs: readyMs - loadedMs, rssMb });
// Waits to be killed.
setInterval(() => undefined, 60_000);
