import type { ArmedStatement, StoreFault } from './driver-probe.ts';
import { type Fault, refusesCredentials } from './fault.ts';
import type { CallName } from './fault-plan.ts';
import { createHostPool, type HostPool } from './host-pool.ts';
import { breachesOf, type Evidence } from './invariants.ts';
import { type Question, type Word, wordOf } from './question.ts';
import type { Scenario, Stage } from './scenario.ts';
import { type StoreLinkFault, storeFaultLength } from './store-proxy.ts';
import type { Supervisor } from './supervisor.ts';
import { createWorld } from './world.ts';

/** What is to fail in a row; undefined for the run in which nothing does. */
export type Trouble =
  | { readonly kind: 'call'; readonly call: CallName; readonly fault: Fault }
  | { readonly kind: 'link'; readonly fault: StoreLinkFault; readonly afterMs: number }
  | {
      readonly kind: 'statement';
      readonly statement: string;
      readonly nth: number;
      readonly fault: StoreFault;
    };

/** What a run without any fault has shown: the measure of the others. */
export interface Baseline {
  readonly calls: readonly CallName[];
  readonly statements: Readonly<Record<string, number>>;
  readonly usageCalls: number;
  readonly refusals: number;
  readonly tokenCalls: number;
  /** Questions to Airalo's other endpoints. */
  readonly detailCalls: number;
  /** How many messages with an answer each person has in the end. */
  readonly answers: Readonly<Record<string, number>>;
}

export interface RowResult {
  readonly breaches: readonly string[];
  readonly baseline: Baseline;
  /** The armed call never came. */
  readonly missed: boolean;
  readonly log: string;
  readonly tookMs: number;
  /** What was seen, for a report. */
  readonly seen: readonly string[];
}

/** The breach of a row in which nothing was armed yet. */
export const NOT_READY = 'not ready before any fault';

/** After the end of any fault the bot answers anew within this. */
const BACK_WITHIN_MS = 15_000;
const BACK_AFTER_REFUSAL_MS = 5 * 60_000;
const PROMISE_MS = 25 * 60_000;
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 12_000;
const ESIMS = 6;

/** One row: the scenario once, with one call failing in one way. */
export async function runRow(
  scenario: Scenario,
  pool: HostPool,
  trouble?: Trouble,
  baseline?: Baseline,
): Promise<RowResult> {
  const startedAt = performance.now();
  // Where time is real, no process may come whose time has been turned ahead.
  const own = scenario.kind.redis ? createHostPool(pool.program) : pool;
  const world = await createWorld(scenario.kind, own);
  const { plan, clock, simulator, bots } = world;
  const [side] = world.sides;
  const [bot] = bots;
  if (!side || !bot) throw new Error('A world without a side');
  const [usedUp = '', probeIccid = '', ...iccids] = simulator.addEsims(ESIMS + 2);
  simulator.useUpWindow(usedUp);
  const stage: Stage = { world, side, iccids, usedUp, httpUrl: bot.url };
  const notes: string[] = [];
  const isReady = () => bots.every((one) => one.looks.at(-1)?.ready === 200 && one.isUp);
  const words = (question: Question): Word[] => side.seenBy(question.person).map(wordOf);
  const isSettled = (question: Question) => {
    const found = words(question);
    if (question.isDone) return question.isDone(side.seenBy(question.person));
    if (found.length === 0 || found.includes('placeholder')) return false;
    // Where the promise itself cannot be written anew, the answer stands beside it.
    return found.includes('answer') || !found.includes('promise');
  };
  /** Everybody has read something, and what else the scenario is about has come. */
  const isRefused = trouble !== undefined && refusesCredentials(trouble.fault);
  const isDone = () =>
    questions.every(isSettled) && (isRefused || (scenario.check?.(stage) ?? []).length === 0);
  let questions: readonly Question[] = [];
  const arm = () => {
    plan.arm(trouble?.kind === 'call' ? { call: trouble.call, fault: trouble.fault } : undefined);
    bot.arm(armed(trouble));
  };
  try {
    if (!scenario.fromStart) {
      await Promise.all(bots.map((one) => one.start()));
      if (!(await world.passUntil(READY_WITHIN_MS, isReady))) notes.push(NOT_READY);
      await scenario.prepare?.(stage);
    }
    arm();
    const calls = {
      usage: simulator.calls.length,
      refusals: simulator.refusals,
      token: simulator.tokenRequests,
      detail: simulator.detailCalls.length,
    };
    const actedAt = clock.now();
    if (trouble?.kind === 'link')
      void clock.sleep(trouble.afterMs).then(() => world.store?.fail(trouble.fault));
    questions = await scenario.act(stage);
    const struck = () => plan.struckAt !== undefined;
    const heardBy = (question: Question) =>
      question.atOnce ? isSettled(question) : words(question).some((word) => word !== 'placeholder');
    const firstWordAt = new Map<Question, number>();
    const note = () => {
      for (const question of questions)
        if (!firstWordAt.has(question) && heardBy(question)) firstWordAt.set(question, clock.now());
    };
    const quietUntil = clock.now() + (scenario.lastsMs ?? 5_000);
    await world.passUntil(scenario.lastsMs ?? 5_000, () => {
      note();
      return false;
    });
    const faultEnd = () => {
      if (trouble?.kind === 'statement') return storeFaultEnd(trouble.fault, quietUntil);
      if (trouble?.kind === 'link') return actedAt + trouble.afterMs + storeFaultLength(trouble.fault);
      return plan.overAt ?? quietUntil;
    };
    // Until the fault is over and the person has read something, or the time for that has run out.
    const patienceUntil = () => Math.max(quietUntil, faultEnd()) + BACK_WITHIN_MS;
    while (clock.now() < patienceUntil()) {
      const over = () => {
        note();
        return clock.now() >= faultEnd() && isDone();
      };
      if (await world.passUntil(Math.min(5_000, patienceUntil() - clock.now()), over)) break;
    }
    const statements = await bot.statements();
    const seenCalls = [...plan.seen];
    const overAt = faultEnd();
    const { struckAt } = plan;
    const missed = trouble?.kind === 'call' && !struck();
    plan.arm();
    bot.arm();
    // Whoever refuses the credentials is not asked again and again.
    await world.passUntil(isRefused ? BACK_AFTER_REFUSAL_MS : BACK_WITHIN_MS, isReady);
    const readyAtEnd = isReady();
    // What was promised comes by itself.
    const isDoneByNow = () => {
      note();
      return isDone();
    };
    if (!isDone()) await world.passUntil(PROMISE_MS, isDoneByNow);
    // Before the next question, which may cause some more.
    const detailCalls = simulator.detailCalls.length - calls.detail;
    if (scenario.next) await world.pass(scenario.next.afterMs);
    const probe = scenario.next?.ask(stage) ?? side.ask.command('ben', [probeIccid]);
    const isAnswered = () => (probe.isDone ? isSettled(probe) : words(probe).includes('answer'));
    const probeAnswered = await world.passUntil(BACK_WITHIN_MS, isAnswered);
    const metrics = await bot.page('/metrics');
    const stored = await world.stored();
    bot.term();
    for (const other of bots.slice(1)) other.term();
    const stopped = await world.passUntil(STOP_WITHIN_MS, () => bots.every((one) => !one.isUp));
    const measured: Baseline = {
      calls: seenCalls,
      statements,
      usageCalls: simulator.calls.length - calls.usage,
      refusals: simulator.refusals - calls.refusals,
      tokenCalls: simulator.tokenRequests - calls.token,
      detailCalls,
      answers: Object.fromEntries(
        questions.map((question) => [
          question.person,
          words(question).filter((word) => word === 'answer').length,
        ]),
      ),
    };
    const evidence: Evidence = {
      scenario,
      trouble,
      stage,
      questions,
      firstWordAt,
      actedAt,
      overAt,
      struckAt,
      readyAtEnd,
      probeAnswered,
      stopped,
      measured,
      baseline: baseline ?? measured,
      log: world.bots.map((one) => one.log()).join(''),
      metrics,
      stored,
      notes,
    };
    return {
      breaches: breachesOf(evidence),
      baseline: measured,
      missed,
      log: evidence.log,
      tookMs: performance.now() - startedAt,
      seen: [
        ...looksOf(bot),
        ...questions.flatMap((question) =>
          side
            .seenBy(question.person)
            .map((one) => `${question.person}: ${wordOf(one)}: ${one.text.slice(0, 300)}`),
        ),
      ],
    };
  } finally {
    await world.close();
    if (own !== pool) await own.close();
  }
}

/** What `/readyz` said, each time it was something else. */
function looksOf({ looks }: Supervisor): string[] {
  return looks
    .filter(
      ({ ready, detail }, index) => ready !== looks[index - 1]?.ready || detail !== looks[index - 1]?.detail,
    )
    .map(
      ({ at, ready, detail }) =>
        `${new Date(at).toISOString()} /readyz ${ready} ${detail.replaceAll('\n', '; ')}`,
    );
}

function armed(trouble: Trouble | undefined): ArmedStatement | undefined {
  return trouble?.kind === 'statement' ? trouble : undefined;
}

function storeFaultEnd(fault: StoreFault, from: number): number {
  return fault.endsWith('60 s') ? from + 60_000 : from;
}
