import { CONTENDERS } from './arena.ts';
import { measureGrowth } from './growth.ts';
import { keep, peersTable, type Result } from './report.ts';
import { SCENARIOS } from './scenarios.ts';

/** `npm run bench` measures all; `-- peers` or `-- growth` one half, `-- peers burst` the scenarios with that word. */
const [part = 'all', word = ''] = process.argv.slice(2);

if (part === 'all' || part === 'peers') {
  const results: Result[] = [];
  for (const scenario of SCENARIOS.filter(({ name }) => name.includes(word)))
    for (const contender of CONTENDERS) {
      const figures = await scenario.run(contender);
      results.push({ scenario: scenario.name, contender, figures });
      process.stdout.write(`${scenario.name}, ${contender}: ${JSON.stringify(figures)}\n`);
    }
  const table = peersTable(results);
  process.stdout.write(`\n${table}\n`);
  if (word === '') keep('peers', table, results);
}
if (part === 'all' || part === 'growth') {
  const { table, results } = await measureGrowth();
  process.stdout.write(`\n${table}\n`);
  keep('growth', table, results);
}
