import { knowCustomer } from './neighbours.ts';
import type { Question } from './question.ts';
import { wordOf } from './question.ts';
import type { Scenario, Stage } from './scenario.ts';
import { digestsElsewhere } from './scenarios-elsewhere.ts';
import type { WorldKind } from './world.ts';

/** Of the company's shop; it stands in no log. */
export const CUSTOMER = 'ada.lovelace@example.com';

const MINUTE_MS = 60_000;
/** Of Airalo, where somebody waits for it to pass: long enough for every fault but the longest. */
const SHORT_WINDOW_MS = 30_000;
const AFTER_WINDOW_MS = SHORT_WINDOW_MS + 15_000;
const SLACK: WorldKind = { slack: 'socket' };
const PLATFORMS: readonly { readonly name: string; readonly kind: WorldKind }[] = [
  { name: 'Slack socket', kind: SLACK },
  { name: 'Discord', kind: { discord: true } },
];
/** What Airalo was too tired to say is asked for again after a minute at the latest. */
const ASKED_AGAIN_MS = 65_000;
/** A digest has been read for by then, and is not posted yet. */
const BEFORE_DUE_MS = 5_000;
const AT_ONCE = { atOnce: true } as const;

/** What the account is asked for, and what a right answer holds. */
const ACCOUNT: readonly (readonly [
  name: string,
  words: string | ((stage: Stage) => string),
  shows: RegExp,
])[] = [
  ['newest orders', 'orders', /20261118-070900/],
  ['order by its number', 'order 70321', /8910000000001000019/],
  ['order by its code', 'order 20261115-070019', /8910000000001000019/],
  ['part of a number', ({ iccids: [iccid = ''] }) => `find ${iccid.slice(-9)}`, /GB/],
  ['plans of a country', 'plans JP', /GB/],
];

/** The calls that go out for more than a figure: to Airalo's account, the company's own servers, a workflow, a digest's channel. */
export const OUTGOING: readonly Scenario[] = [
  ...PLATFORMS.flatMap(({ name, kind }): Scenario[] => [
    ...ACCOUNT.map(
      ([what, words, shows]): Scenario => ({
        name: `${name}: ${what}`,
        kind,
        act: async (stage) => [stage.side.say('anna', wordsOf(words, stage), [])],
        next: { afterMs: ASKED_AGAIN_MS, ask: (stage) => asked(stage, wordsOf(words, stage), shows) },
      }),
    ),
    customer(`${name}: e-mail of a customer`, { ...kind, customers: 'directly' }),
    {
      name: `${name}: digest`,
      kind,
      prepare: withDigest,
      act: async () => [],
      lastsMs: 20_000,
      check: oneDigest,
    },
    {
      name: `${name}: digest while the process stops`,
      kind,
      stops: true,
      prepare: withDigest,
      async act({ world }) {
        await world.pass(BEFORE_DUE_MS + 20);
        world.bots[0]?.signal('SIGTERM');
        return [];
      },
      lastsMs: 20_000,
      check: oneDigest,
    },
    ...digestsElsewhere(name, kind),
  ]),
  customer('Slack socket: e-mail of a customer, through a proxy', { ...SLACK, customers: 'through a proxy' }),
  {
    name: 'API: a callback',
    kind: { ...SLACK, api: true, windowMs: SHORT_WINDOW_MS },
    lastsMs: AFTER_WINDOW_MS,
    act: askedByProgram,
    check: programTold,
  },
  {
    name: 'Slack socket: workflow step',
    kind: SLACK,
    act: async (stage) => [Object.assign(inWorkflow(stage, stage.iccids[0]), AT_ONCE)],
    check: ends('completed'),
  },
  {
    name: 'Slack HTTP: workflow step',
    kind: { slack: 'http' },
    act: async (stage) => [Object.assign(inWorkflow(stage, stage.iccids[0]), AT_ONCE)],
    check: ends('completed'),
  },
  {
    name: 'Slack socket: workflow step without a number',
    kind: SLACK,
    act: async (stage) => [Object.assign(inWorkflow(stage, 'what the customer wrote'), AT_ONCE)],
    check: ends('failed'),
  },
  {
    name: 'Slack socket: workflow step that waits',
    kind: { ...SLACK, windowMs: SHORT_WINDOW_MS },
    lastsMs: AFTER_WINDOW_MS,
    act: async (stage) => [inWorkflow(stage, stage.usedUp)],
    check: ends('completed'),
  },
];

const wordsOf = (words: (typeof ACCOUNT)[number][1], stage: Stage): string =>
  typeof words === 'string' ? words : words(stage);

/** Ben asks the same, and is answered when it is shown. */
function asked({ side }: Stage, words: string, shows: RegExp): Question {
  const question = side.say('ben', words, []);
  question.isDone = (seen) => seen.some(({ text }) => shows.test(text));
  return question;
}

function customer(name: string, kind: WorldKind): Scenario {
  return {
    name,
    kind,
    async prepare({ world, iccids }) {
      if (world.neighbours.records) knowCustomer(world.neighbours.records, CUSTOMER, iccids.slice(0, 2));
    },
    act: async ({ side, iccids }) => [side.say('anna', CUSTOMER, iccids.slice(0, 2))],
    next: {
      afterMs: 2_000,
      ask: (stage) => asked(stage, CUSTOMER, /Order 1042/),
    },
  };
}

/** Everything is set and read for; the digest is due in a moment. */
async function withDigest({ world, side }: Stage): Promise<void> {
  const due = new Date(Math.ceil(world.clock.now() / MINUTE_MS + 1.2) * MINUTE_MS);
  const time = [due.getUTCHours(), due.getUTCMinutes()].map((part) => String(part).padStart(2, '0'));
  side.say('anna', `digest daily ${time.join(':')} UTC`, []);
  await world.pass(due.getTime() - BEFORE_DUE_MS - world.clock.now());
  if (side.publicTexts().length === 0) throw new Error('Nobody in the channel has heard of the digest');
}

function oneDigest({ side }: Stage): string[] {
  const posted = side.publicTexts().filter((text) => wordOf({ text, thinking: false }) === 'answer');
  return posted.length === 1 ? [] : [`${posted.length} digests`];
}

/** As a program does that hears nothing, or of an outage: it asks again. */
async function askedByProgram({ world, httpUrl, usedUp }: Stage): Promise<[]> {
  const { program } = world.neighbours;
  void (async () => {
    for (let tries = 0; tries < 12; tries++) {
      const patience = world.clock.sleep(30_000).then(() => false);
      const asking = program?.ask(httpUrl, usedUp).catch(() => false);
      if (await Promise.race([asking, patience])) return;
      await world.clock.sleep(5_000);
    }
  })();
  return [];
}

/** The figure has come: at once, or by one callback that may be sent again under its own id. */
function programTold({ world, usedUp }: Stage): string[] {
  const { replies = [], received = [] } = world.neighbours.program ?? {};
  const callbacks = new Set(received.map(({ id }) => id)).size;
  const isRight = received.every(({ kind, iccid }) => kind === 'fresh' && iccid === usedUp);
  return [
    ...(replies.length === 0 ? ['no reply of the API'] : []),
    ...(received.every(({ signed }) => signed) ? [] : ['a callback that is not signed']),
    ...(isRight ? [] : ['a callback without the figure']),
    ...(callbacks === (replies.includes('fresh') ? 0 : 1) ? [] : [`${callbacks} callbacks`]),
  ];
}

function inWorkflow({ side }: Stage, iccid = ''): Question {
  const question = side.runStep?.('anna', iccid);
  if (!question) throw new Error(`No workflows on ${side.name}`);
  return question;
}

function ends(state: 'completed' | 'failed') {
  return ({ side }: Stage): string[] => {
    const states = side.stepEnds?.() ?? [];
    return states.join() === state ? [] : [`the step is ${states.join()}`];
  };
}
