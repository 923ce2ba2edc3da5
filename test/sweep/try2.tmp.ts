import { createHostPool } from './host-pool.ts';
import { createWorld } from './world.ts';
const pool = createHostPool(process.env.SWEEP_DIST ?? '');
const w = await createWorld({ slack: 'http' }, pool);
const bot = w.bots[0]!;
await bot.start();
const t0 = performance.now();
for (let i = 0; i < 400; i++) {
  const t = await bot.tick(w.clock.now());
  console.log(Math.round(performance.now() - t0), w.clock.now() % 1e6, JSON.stringify(t), bot.log().length);
  if (bot.log().includes('is ready')) break;
  await new Promise((r) => setTimeout(r, 10));
}
console.log(bot.log());
process.exit();
