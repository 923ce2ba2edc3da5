/**
 * `npm run bench` measures all, in one run; `-- peers`, `-- discord`, `-- growth` or `-- soak` one part of it. With one word more (`-- peers burst`,
 * `-- discord 429`, `-- growth redis`, `-- soak sqlite`) it takes only the scenarios or the engine with that word in the name, and keeps
 * nothing; `-- soak sqlite 21` lets it live for so many days.
 */
import { HAS_REDIS } from '../test/support/redis-server.ts';
import { turnBack } from './calendar.ts';
import { type Contender, DISCORD_CONTENDERS, SLACK_CONTENDERS } from './contenders/all.ts';
import { growthTables, measureGrowth } from './growth/growth.ts';
import { soakedEngines } from './growth/soak/store.ts';
import { soakMarks, soakTables } from './growth/soak/table.ts';
import { measureSoak } from './growth/soak.ts';
import { ENGINES } from './growth/stocked-store.ts';
import { growthMarks, peerMarks } from './marks.ts';
import { type PeerResult, peersRows } from './peers-table.ts';
import { report } from './report.ts';
import { DISCORD_SCENARIOS, SLACK_SCENARIOS } from './scenarios/all.ts';
import type { Scenario } from './scenarios/scenario.ts';

const PARTS = ['peers', 'discord', 'growth', 'soak'];
const [part = 'all', word = '', days = '7'] = process.argv.slice(2);
if (part !== 'all' && !PARTS.includes(part)) throw new RangeError(`The parts are ${PARTS.join(', ')}`);

const whole = word === '';
const isMeant = (name: string) => name.toLowerCase().includes(word.toLowerCase());
const tell = (line: string) => process.stdout.write(`${line}\n`);
const leftOut = HAS_REDIS ? undefined : 'Left out: everything on Redis, for this machine has no redis-server';
if (leftOut !== undefined) tell(leftOut);

if (part === 'all' || part === 'peers') await besidePeers('peers', SLACK_SCENARIOS, SLACK_CONTENDERS);
if (part === 'all' || part === 'discord') await besidePeers('discord', DISCORD_SCENARIOS, DISCORD_CONTENDERS);
if (part === 'all' || part === 'growth') await growing();
if (part === 'all' || part === 'soak') await soaking();

async function besidePeers(
  name: 'peers' | 'discord',
  scenarios: readonly Scenario[],
  contenders: readonly Contender[],
): Promise<void> {
  const results: PeerResult[] = [];
  for (const scenario of scenarios.filter((one) => isMeant(one.name)))
    for (const [contender, figures] of await scenario.run(contenders)) {
      results.push({ scenario: scenario.name, contender: contender.name, is: contender.is, figures });
      tell(`${scenario.name}, ${contender.name}: ${JSON.stringify(figures)}`);
    }
  const marks = whole ? peerMarks(results) : [];
  report({ name, figures: results, tables: [peersRows(results)], marks, leftOut }, whole);
}

async function growing(): Promise<void> {
  turnBack();
  const figures = [];
  for (const engine of ENGINES.filter(isMeant)) figures.push(await measureGrowth(engine, tell));
  const marks = figures.flatMap(growthMarks);
  report({ name: 'growth', figures, tables: growthTables(figures), marks, leftOut }, whole);
}

async function soaking(): Promise<void> {
  turnBack();
  const possible = soakedEngines();
  const missing = possible.includes('redis')
    ? undefined
    : 'Left out: the week on Redis, which needs redis-server and Debian’s faketime';
  const figures = await measureSoak(tell, possible.filter(isMeant), Number(days));
  const marks = soakMarks(figures);
  report({ name: 'soak', figures, tables: soakTables(figures), marks, leftOut: missing }, whole);
}
