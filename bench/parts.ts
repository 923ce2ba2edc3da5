import { bundleProcesses } from '../test/support/process-bundle.ts';
import { HAS_REDIS } from '../test/support/redis-server.ts';
import { turnBack } from './calendar.ts';
import { type Contender, DISCORD_CONTENDERS, SLACK_CONTENDERS } from './contenders/all.ts';
import type { GrowthFigures } from './growth/growth.ts';
import { growthTables, measureGrowth } from './growth/growth.ts';
import { type StoreEngine, soakedEngines } from './growth/soak/store.ts';
import { soakLogTable, soakMarks, soakTables } from './growth/soak/table.ts';
import { measureSoak, type SoakFigures } from './growth/soak.ts';
import type { Engine } from './growth/stocked-store.ts';
import { growthMarks, peerMarks } from './marks.ts';
import { type PeerResult, peersRows } from './peers-table.ts';
import type { Part } from './report.ts';
import { holdsTable, overloadTable } from './scale/houses.ts';
import { costFrom, type WeighedFigures, weighedTable, weighQuestions } from './scale/weigh.ts';
import { DISCORD_SCENARIOS, QUICK_DISCORD, QUICK_SLACK, SLACK_SCENARIOS } from './scenarios/all.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { orFail, tell } from './telling.ts';

/** The parts that stand beside peers, by the chat in which. */
export const CHATS = {
  peers: { chat: 'Slack', scenarios: SLACK_SCENARIOS, quick: QUICK_SLACK, contenders: SLACK_CONTENDERS },
  discord: {
    chat: 'Discord',
    scenarios: DISCORD_SCENARIOS,
    quick: QUICK_DISCORD,
    contenders: DISCORD_CONTENDERS,
  },
} as const;
export type ChatPart = keyof typeof CHATS;

/** A part with its figures in their own form, for one that goes on with them. */
type PartOf<F> = Part & { readonly figures: F };

const NO_REDIS = 'Left out: everything on Redis, for this machine has no redis-server';
const NO_WEEK_ON_REDIS = 'Left out: the days on Redis, which need redis-server and Debian’s faketime';

export function quickScenarios(part: ChatPart): readonly Scenario[] {
  return CHATS[part].quick;
}

/** Some scenarios, one after the other; without the peers only the bot and its floor. */
export async function besidePeers(
  part: ChatPart,
  isMeant: (scenario: Scenario) => boolean,
  { peers = true }: { readonly peers?: boolean } = {},
): Promise<PartOf<readonly PeerResult[]>> {
  const { chat, scenarios, contenders } = CHATS[part];
  const sides = contenders.filter(({ is }) => peers || is !== 'a peer');
  const results: PeerResult[] = [];
  for (const scenario of scenarios.filter(isMeant))
    results.push(...((await orFail(`${chat}, ${scenario.name}`, () => resultsOf(scenario, sides))) ?? []));
  return peersPart(part, results);
}

async function resultsOf(scenario: Scenario, contenders: readonly Contender[]): Promise<PeerResult[]> {
  const results: PeerResult[] = [];
  for (const [contender, figures] of await scenario.run(contenders)) {
    results.push({ scenario: scenario.name, contender: contender.name, is: contender.is, figures });
    tell(`${contender.chat}, ${scenario.name}, ${contender.name}: ${JSON.stringify(figures)}`);
  }
  return results;
}

/** In the order of the scenarios, in whichever the results have come. */
export function peersPart(part: ChatPart, results: readonly PeerResult[]): PartOf<readonly PeerResult[]> {
  const { chat, scenarios } = CHATS[part];
  const figures = scenarios.flatMap(({ name }) => results.filter(({ scenario }) => scenario === name));
  const leftOut = HAS_REDIS ? undefined : NO_REDIS;
  return { name: part, figures, tables: [peersRows(figures)], marks: peerMarks(chat, figures), leftOut };
}

export async function growing(engines: readonly Engine[]): Promise<Part> {
  turnBack();
  await bundleProcesses();
  const figures: GrowthFigures[] = [];
  for (const engine of engines) {
    const measured = await orFail(`Growth on ${engine}`, () => measureGrowth(engine, tell));
    if (measured) figures.push(measured);
  }
  const leftOut = HAS_REDIS ? undefined : NO_REDIS;
  return {
    name: 'growth',
    figures,
    tables: growthTables(figures),
    marks: figures.flatMap(growthMarks),
    leftOut,
  };
}

export async function soaking(engines: readonly StoreEngine[], days: number): Promise<PartOf<SoakFigures[]>> {
  turnBack();
  return soakPart(await measureSoak(tell, engines, days));
}

export function soakPart(figures: SoakFigures[]): PartOf<SoakFigures[]> {
  const leftOut = soakedEngines().includes('redis') ? undefined : NO_WEEK_ON_REDIS;
  const tables = [...soakTables(figures), soakLogTable(figures)];
  return { name: 'soak', figures, tables, marks: soakMarks(figures), leftOut };
}

/** What questions weigh, and with that on paper what a house of some size holds. */
export async function scaling(engines: readonly Engine[]): Promise<Part> {
  turnBack();
  const figures: WeighedFigures[] = [];
  for (const engine of engines) {
    const weighed = await orFail(`Weights on ${engine}`, () => weighQuestions(engine));
    if (weighed) figures.push(weighed);
    tell(`Weights on ${engine}: ${JSON.stringify(weighed)}`);
  }
  const [first] = figures;
  const tables = first
    ? [
        weighedTable(figures),
        holdsTable(({ store }) => costFrom(figures.find(({ engine }) => engine === store) ?? first)),
        overloadTable(costFrom(first)),
      ]
    : [];
  return { name: 'scale', figures, tables, marks: [], leftOut: HAS_REDIS ? undefined : NO_REDIS };
}
