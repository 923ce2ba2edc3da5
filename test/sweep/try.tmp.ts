import { BUILT } from './program.ts';
import { createHostPool } from './host-pool.ts';
import { runRow } from './row.ts';
import { SCENARIOS } from './scenarios.ts';
const pool = createHostPool(BUILT);
for (const scenario of SCENARIOS.filter((s) => s.name.includes(process.argv[2] ?? ''))) {
  const result = await runRow(scenario, pool);
  console.log(scenario.name, Math.round(result.tookMs), result.breaches, result.seen, process.argv[3] ? result.log.slice(0, 6000) : '');
  console.log(result.baseline.calls.map((c) => `${c.destination} ${c.route} #${c.nth}`).join('; '), JSON.stringify(result.baseline.statements), JSON.stringify({...result.baseline, calls: 0, statements: 0}));
}
await pool.close();
process.exit();
