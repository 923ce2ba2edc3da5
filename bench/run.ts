/**
 * `npm run bench` measures all, in one run of less than forty minutes, and ends with every mark of cost, met or missed; `-- quick` takes the first
 * five of them, in less than five. `-- peers`, `-- discord`, `-- growth`, `-- soak` or `-- scale` is one part of it. With one word more (`-- peers burst`,
 * `-- discord 429`, `-- growth redis`, `-- soak sqlite`) it takes only the scenarios or the engine with that word in the name, and keeps
 * nothing; `-- soak sqlite 7` lets it live for so many days.
 */
import { HAS_REDIS } from '../test/support/redis-server.ts';
import { bundleContenders } from './bundle.ts';
import { SOAK_DAYS, soakedEngines } from './growth/soak/store.ts';
import { ENGINES } from './growth/stocked-store.ts';
import { isLane, tellParent } from './lanes.ts';
import { type Mark, marksOfCost } from './marks.ts';
import { besidePeers, CHATS, type ChatPart, growing, quickScenarios, scaling, soaking } from './parts.ts';
import { type Part, report } from './report.ts';
import { failures, say, tell, tookMinutes } from './telling.ts';
import { measureAll, soakAll } from './whole.ts';

const [part = 'all', word = '', days = String(SOAK_DAYS)] = process.argv.slice(2);
const whole = word === '';
const isMeant = (name: string) => name.toLowerCase().includes(word.toLowerCase());
const isChat = (name: string): name is ChatPart => name in CHATS;

if (!HAS_REDIS && !isLane()) tell('Left out: everything on Redis, for this machine has no redis-server');
if (isLane()) await lane();
else {
  await bundleContenders();
  if (part === 'all') conclude(await measureAll(), true);
  else if (part === 'quick') conclude(await quick(), false);
  else if (isChat(part)) conclude([await besidePeers(part, ({ name }) => isMeant(name))], whole);
  else if (part === 'growth') conclude([await growing(ENGINES.filter(isMeant))], whole);
  else if (part === 'scale') conclude([await scaling(ENGINES.filter(isMeant))], whole);
  else if (part === 'soak' && whole) conclude([await soakAll()], true);
  else if (part === 'soak') conclude([await soaking(soakedEngines().filter(isMeant), Number(days))], false);
  else throw new RangeError(`The parts are quick, ${Object.keys(CHATS).join(', ')}, growth, soak and scale`);
}

/** A part of a whole run that only waits, in a process and with a calendar of its own. */
async function lane(): Promise<void> {
  // Nobody waits for its figures any more, or has them.
  process.once('disconnect', () => process.exit());
  if (isChat(part)) await tellParent((await besidePeers(part, ({ waits }) => waits)).figures);
  else await tellParent((await soaking(soakedEngines().filter(isMeant), Number(days))).figures);
}

async function quick(): Promise<Part[]> {
  const parts = [];
  for (const chat of ['peers', 'discord'] as const)
    parts.push(
      await besidePeers(chat, (scenario) => quickScenarios(chat).includes(scenario), { peers: false }),
    );
  return parts;
}

/** All tables, and last the one that says it in short. A run in which something failed is told of and not kept. */
function conclude(parts: readonly Part[], keep: boolean): void {
  const kept = keep && failures.length === 0;
  for (const one of parts) report(one, kept);
  const marks: Mark[] = marksOfCost(parts.flatMap((one) => one.marks));
  const cost = { name: 'cost', figures: { minutes: tookMinutes() }, tables: [], marks } as const;
  if (marks.length > 0) report(cost, kept && part === 'all');
  say(`Took ${tookMinutes().toFixed(1)} minutes`);
  for (const failure of failures) say(`FAILED, and nothing of this run is kept: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}
