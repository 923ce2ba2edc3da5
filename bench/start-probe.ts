/** A bot that says how long it took until it was ready, and how much memory it has then. */
const startedAt = performance.now();
const { createApp } = await import('../src/app.ts');
const { systemClock } = await import('../src/clock.ts');
const { requireAiralo } = await import('../src/config.ts');
const { createLog } = await import('../src/ops/log.ts');
const { createBoardPlatform } = await import('../test/support/board.ts');

const config = requireAiralo(process.env);
const app = await createApp(config, config.airalo, {
  clock: systemClock,
  log: createLog('error'),
  fail: () => undefined,
  morePlatforms: () => [createBoardPlatform('http://127.0.0.1:9')],
});
await app.start();
const readyMs = performance.now() - startedAt;
// The first rows are claimed after the start: memory is read when that has settled.
await systemClock.sleep(500);
process.send?.({ readyMs, rssMb: process.memoryUsage.rss() / 1024 ** 2 });
setInterval(() => undefined, 60_000);
