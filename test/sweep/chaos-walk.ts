import type { Step } from './chaos-plan.ts';
import { SILENCE_KNOWN_MS } from './fault.ts';
import type { HostPool } from './host-pool.ts';
import { type Question, wordOf } from './question.ts';
import type { Side } from './side.ts';
import { createWorld, type World } from './world.ts';

export interface WalkResult {
  readonly questions: number;
  readonly faults: number;
  readonly breaches: readonly string[];
  readonly log: string;
}

const READY_WITHIN_MS = 60_000;
/** After the last fault: what was promised, and what was put off ever more rarely, has come by then. */
const CALM_MS = 20 * 60_000;
const BACK_WITHIN_MS = 15_000;
const ESIMS = 60;

/** Two processes on one store serve both platforms through whatever happens; at the end everybody has read an answer or a word. */
export async function walk(steps: readonly Step[], pool: HostPool): Promise<WalkResult> {
  const world = await createWorld({ slack: 'socket', discord: true, bots: 2 }, pool);
  const { bots, clock, plan, simulator } = world;
  const asked: { readonly side: Side; readonly question: Question }[] = [];
  const breaches: string[] = [];
  const iccids = simulator.addEsims(ESIMS);
  const used = simulator.addEsims(ESIMS);
  for (const iccid of used) simulator.useUpWindow(iccid);
  const isReady = () => bots.every((bot) => bot.isUp && bot.looks.at(-1)?.ready === 200);
  let faults = 0;
  let refusedUntil = clock.now();
  try {
    await Promise.all(bots.map((bot) => bot.start()));
    if (!(await world.passUntil(READY_WITHIN_MS, isReady))) breaches.push('not ready before any fault');
    for (const { afterMs, happening } of steps) {
      await world.pass(afterMs);
      if (happening.kind !== 'ask') faults++;
      if (happening.kind === 'refuse') refusedUntil = Math.max(refusedUntil, clock.now() + happening.forMs);
      const question = await happen(world, happening, { iccids, used }, asked.length);
      if (question) asked.push(question);
    }
    for (const { destination } of world.proxies) plan.disturb(destination, undefined);
    await world.pass(Math.max(0, refusedUntil - clock.now()));
    if (!(await world.passUntil(2 * READY_WITHIN_MS, isReady)))
      breaches.push('not ready again after the last fault');
    await world.passUntil(CALM_MS, () => asked.every(isSettled));
    // What is sent into a silent socket before its heartbeats have stayed out is lost to everybody.
    if (steps.some(({ happening }) => happening.kind === 'cut' && happening.silently))
      await world.pass(SILENCE_KNOWN_MS);
    for (const side of world.sides) {
      const last = side.ask.command('ben', [iccids.at(-1) ?? '']);
      const answered = () => side.seenBy(last.person).some((seen) => wordOf(seen) === 'answer');
      if (!(await world.passUntil(BACK_WITHIN_MS, answered)))
        breaches.push(`${side.name}: the next question is not answered`);
    }
    breaches.push(...breachesOf(world, asked, [...iccids, ...used]));
    for (const bot of bots) bot.term();
    if (!(await world.passUntil(12_000, () => bots.every((bot) => !bot.isUp))))
      breaches.push('does not stop within 12 s of SIGTERM');
    return { questions: asked.length, faults, breaches, log: bots.map((bot) => bot.log()).join('\n') };
  } finally {
    pool.noteInstant(clock.now());
    await world.close();
  }
}

async function happen(
  world: World,
  happening: Step['happening'],
  esims: { readonly iccids: readonly string[]; readonly used: readonly string[] },
  index: number,
): Promise<{ readonly side: Side; readonly question: Question } | undefined> {
  const { sides, proxies, plan, bots, clock } = world;
  const pick = <T>(from: readonly T[], at: number): T => {
    const found = from[at % from.length];
    if (found === undefined) throw new Error('Nothing to pick from');
    return found;
  };
  switch (happening.kind) {
    case 'ask': {
      const side = pick(sides, happening.side);
      const iccid = pick(happening.usedUp ? esims.used : esims.iccids, happening.esim);
      return { side, question: side.ask[happening.door](`crowd${index}`, [iccid]) };
    }
    case 'fail': {
      const { destination } = pick(proxies, happening.proxy);
      plan.disturb(destination, happening.fault);
      void clock.sleep(happening.forMs).then(() => plan.disturb(destination, undefined));
      return undefined;
    }
    case 'refuse':
      pick(proxies, happening.proxy).refuse(happening.forMs);
      return undefined;
    case 'cut':
      for (const proxy of proxies) happening.silently ? proxy.silenceTunnels() : proxy.cutTunnels();
      return undefined;
    case 'recycle':
      pick(sides, happening.side).recycle();
      return undefined;
    case 'kill':
      pick(bots, happening.bot).kill();
      return undefined;
    case 'term':
      pick(bots, happening.bot).signal('SIGTERM');
      return undefined;
    default:
      return happening satisfies never;
  }
}

/** Answered, told by the bot, or told by the platform that nothing happened. */
function isSettled({ side, question }: { readonly side: Side; readonly question: Question }): boolean {
  const words = side.seenBy(question.person).map(wordOf);
  // An event that was not acknowledged is sent again, by Slack after a minute and after five more.
  if (words.length === 0) return question.acknowledgedAt === undefined && !isSentAgain(side, question);
  if (words.includes('placeholder')) return false;
  return words.includes('answer') || !words.includes('promise');
}

const isSentAgain = (side: Side, { door }: Question) => door === 'direct message' && side.name !== 'Discord';

function breachesOf(
  world: World,
  asked: readonly { readonly side: Side; readonly question: Question }[],
  iccids: readonly string[],
): string[] {
  const found = asked.flatMap(({ side, question }) => {
    const words = side.seenBy(question.person).map(wordOf);
    const what = `${side.name}: ${question.door} of ${question.person}`;
    const answers = words.filter((word) => word === 'answer').length;
    if (words.length === 0)
      return question.acknowledgedAt === undefined && !isSentAgain(side, question)
        ? []
        : [`${what}: silence`];
    if (words.includes('placeholder')) return [`${what}: placeholder for ever`];
    if (answers > 1) return [`${what}: answered ${answers} times`];
    return answers === 0 && words.includes('promise') ? [`${what}: promise not kept`] : [];
  });
  const log = world.bots.map((bot) => bot.log()).join('\n');
  const secrets = world.sides.flatMap((side) => side.secrets()).filter((secret) => secret.length > 6);
  if (
    world.sides.some((side) =>
      side.publicTexts().some((text) => iccids.some((iccid) => text.includes(iccid))),
    )
  )
    found.push('a full ICCID in public');
  if (iccids.some((iccid) => log.includes(iccid))) found.push('a full ICCID in the log');
  if (secrets.some((secret) => log.includes(secret))) found.push('a secret in the log');
  if (/unheard|unhandled/i.test(log)) found.push('a rejection that nobody heard');
  for (const end of world.bots.flatMap((bot) => bot.ends))
    if (end.signal !== 'SIGKILL' && end.code !== 0)
      found.push(`a process ended by itself (${end.code ?? end.signal})`);
  return found;
}
