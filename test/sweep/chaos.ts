/**
 * `npm run test:chaos -- --seed 1 --minutes 10`: a walk of so many minutes of the bots' own time, in which questions and faults come at random, the same for
 * the same seed. `--seeds 20` walks with that many seeds, one after the other.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { walkOf } from './chaos-plan.ts';
import { walk } from './chaos-walk.ts';
import { createHostPool } from './host-pool.ts';
import { BUILT } from './program.ts';

const LOGS = fileURLToPath(new URL('../../.cache/chaos/', import.meta.url));
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '3' },
  },
});
const first = Number(values.seed);
const minutes = Number(values.minutes);
const pool = createHostPool(BUILT);
mkdirSync(LOGS, { recursive: true });
let broken = 0;
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const startedAt = performance.now();
  const { questions, faults, breaches, log } = await walk(walkOf(seed, minutes * 60_000), pool);
  const took = `${Math.round((performance.now() - startedAt) / 1000)} s`;
  process.stdout.write(
    `seed ${seed}, ${minutes} min: ${questions} questions, ${faults} faults, ${breaches.length === 0 ? 'held' : 'BROKE'} (${took})\n`,
  );
  if (breaches.length === 0) continue;
  broken++;
  const file = `${LOGS}seed-${seed}.log`;
  writeFileSync(file, `${breaches.join('\n')}\n\n${log}`);
  process.stdout.write(`${breaches.map((breach) => `  ${breach}\n`).join('')}  ${file}\n`);
}
await pool.close();
process.exit(broken === 0 ? 0 : 1);
