/**
 * `npm run bench` measures all, in one run; `-- peers` or `-- growth` one half of it. `-- peers burst` takes only the scenarios with that word in
 * their name, and keeps nothing.
 */
import { turnBack } from './calendar.ts';
import { CONTENDERS } from './corner.ts';
import { growthTables, measureGrowth } from './growth/growth.ts';
import { growthMarks, peerMarks } from './marks.ts';
import { type PeerResult, peersRows } from './peers-table.ts';
import { report } from './report.ts';
import { SCENARIOS } from './scenarios/all.ts';

const [part = 'all', word = ''] = process.argv.slice(2);
const tell = (line: string) => process.stdout.write(`${line}\n`);

if (part !== 'growth') {
  const results: PeerResult[] = [];
  for (const scenario of SCENARIOS.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase())))
    for (const [contender, figures] of await scenario.run(CONTENDERS)) {
      results.push({ scenario: scenario.name, contender, figures });
      tell(`${scenario.name}, ${contender}: ${JSON.stringify(figures)}`);
    }
  const whole = word === '';
  const marks = whole ? peerMarks(results) : [];
  report({ name: 'peers', figures: results, tables: [peersRows(results)], marks }, whole);
}
if (part !== 'peers') {
  turnBack();
  const figures = await measureGrowth(tell);
  report({ name: 'growth', figures, tables: growthTables(figures), marks: growthMarks(figures) }, true);
}
