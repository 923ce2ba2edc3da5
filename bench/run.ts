/**
 * `npm run bench` measures all, in one run; `-- peers` or `-- growth` one half of it, `-- soak` the growth's simulated week alone. `-- peers burst`
 * takes only the scenarios with that word in their name, `-- soak redis 21` one engine for so many days; neither keeps
 * anything.
 */
import { turnBack } from './calendar.ts';
import { CONTENDERS } from './corner.ts';
import { growthTables, measureGrowth } from './growth/growth.ts';
import { soakedEngines } from './growth/soak/store.ts';
import { soakMarks, soakTables } from './growth/soak/table.ts';
import { measureSoak } from './growth/soak.ts';
import { growthMarks, peerMarks } from './marks.ts';
import { type PeerResult, peersRows } from './peers-table.ts';
import { report } from './report.ts';
import { SCENARIOS } from './scenarios/all.ts';

const [part = 'all', word = '', days = '7'] = process.argv.slice(2);
const tell = (line: string) => process.stdout.write(`${line}\n`);

if (part === 'all' || part === 'peers') {
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
if (part === 'all' || part === 'growth') {
  turnBack();
  const figures = await measureGrowth(tell);
  report({ name: 'growth', figures, tables: growthTables(figures), marks: growthMarks(figures) }, true);
}
if (part !== 'peers') {
  turnBack();
  const engines = soakedEngines().filter((engine) => part !== 'soak' || engine.includes(word));
  const figures = await measureSoak(tell, engines, Number(days));
  report(
    { name: 'soak', figures, tables: soakTables(figures), marks: soakMarks(figures) },
    part !== 'soak' || word === '',
  );
}
