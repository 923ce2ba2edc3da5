import { ESIM, lowData, postWebhook } from '../support/airalo-webhooks.ts';
import { HAS_REDIS } from '../support/redis-server.ts';
import type { Question, Seen } from './question.ts';
import { wordOf } from './question.ts';
import type { Scenario, Stage } from './scenario.ts';
import { OUTGOING } from './scenarios-outgoing.ts';
import type { Button, Door } from './side.ts';
import { WINDOW_MS, type WorldKind } from './world.ts';

const PLATFORMS: readonly { readonly name: string; readonly kind: WorldKind }[] = [
  { name: 'Slack socket', kind: { slack: 'socket' } },
  { name: 'Slack HTTP', kind: { slack: 'http' } },
  { name: 'Discord', kind: { discord: true } },
];
const DOORS = ['command', 'direct message', 'mention', 'message command'] as const satisfies readonly Door[];
const MINUTE_MS = 60_000;
/** Airalo's window, and a little more. */
const AFTER_WINDOW_MS = WINDOW_MS + MINUTE_MS / 2;
const SHORT_WINDOW_MS = 15_000;
const REAL_WINDOW_MS = 15 * MINUTE_MS;

const ON_SQLITE: readonly Scenario[] = PLATFORMS.flatMap(({ name, kind }): Scenario[] => [
  { name: `${name}: start`, kind, fromStart: true, act: started },
  ...DOORS.map(
    (door): Scenario => ({
      name: `${name}: ${door}`,
      kind,
      act: async ({ side, iccids: [iccid = ''] }) => [side.ask[door]('anna', [iccid])],
    }),
  ),
  {
    name: `${name}: several eSIMs`,
    kind,
    act: async ({ side, iccids }) => [side.ask['direct message']('anna', iccids.slice(0, 3))],
  },
  {
    name: `${name}: promise and its delivery`,
    kind,
    lastsMs: AFTER_WINDOW_MS,
    act: async ({ side, usedUp }) => [side.ask.command('anna', [usedUp])],
  },
  {
    name: `${name}: promise in a direct message`,
    kind,
    lastsMs: AFTER_WINDOW_MS,
    act: async ({ side, usedUp }) => [side.ask['direct message']('anna', [usedUp])],
  },
  ...(kind.discord
    ? [
        {
          name: `${name}: promise longer than the life of the answer's token`,
          kind: { ...kind, windowMs: REAL_WINDOW_MS },
          lastsMs: REAL_WINDOW_MS + MINUTE_MS,
          act: async ({ side, usedUp }: Stage) => [side.ask.command('anna', [usedUp])],
        },
      ]
    : []),
  {
    name: `${name}: command about a current figure`,
    kind,
    prepare: (stage) => withCard(stage),
    act: async ({ side, iccids: [iccid = ''] }) => [side.ask.command('carl', [iccid])],
  },
  { name: `${name}: button share`, kind, prepare: (stage) => withCard(stage), act: sharing },
  {
    name: `${name}: button tell me when fresh`,
    kind,
    prepare: (stage) => withCard(stage),
    act: pressing('promise'),
    lastsMs: AFTER_WINDOW_MS,
  },
  { name: `${name}: button topups`, kind, prepare: (stage) => withCard(stage), act: asking('topups') },
  { name: `${name}: button reply`, kind, prepare: (stage) => withCard(stage), act: asking('reply') },
  { name: `${name}: button as CSV`, kind, prepare: withTable, act: asking('csv') },
  { name: `${name}: button cancel`, kind, prepare: withPromise, act: pressing('cancel') },
  { name: `${name}: watch`, kind, act: watching, lastsMs: 4 * MINUTE_MS },
  {
    name: `${name}: alert`,
    kind,
    act: alerted,
    check: ({ side }) => (side.alerts().length === 1 ? [] : [`${side.alerts().length} alerts`]),
  },
  { name: `${name}: list`, kind, act: listed, lastsMs: MINUTE_MS },
  ...(kind.slack ? [{ name: `${name}: list form`, kind, act: listedByForm, lastsMs: MINUTE_MS }] : []),
  { name: `${name}: stop`, kind, stops: true, act: stopping, lastsMs: 20_000 },
  ...(kind.slack ? [{ name: `${name}: App Home`, kind, act: home }] : []),
  ...(kind.slack === 'http'
    ? []
    : [
        { name: `${name}: connection lost`, kind, act: cut, lastsMs: 20_000 },
        { name: `${name}: connection silent`, kind, act: silenced, lastsMs: 2.5 * MINUTE_MS },
        { name: `${name}: asked to connect anew`, kind, act: recycled, lastsMs: 20_000 },
      ]),
]);

/** Where the store is the subject: its connection fails. Time is real, so the windows are short. */
const ON_REDIS: readonly Scenario[] = PLATFORMS.filter(({ kind }) => kind.slack !== 'http').flatMap(
  ({ name, kind }): Scenario[] => {
    const redis = { ...kind, redis: true, windowMs: SHORT_WINDOW_MS } as const;
    return [
      { name: `Redis, ${name}: start`, kind: redis, fromStart: true, act: started },
      ...(['command', 'direct message'] as const).map(
        (door): Scenario => ({
          name: `Redis, ${name}: ${door}`,
          kind: redis,
          lastsMs: 1_000,
          act: async ({ side, iccids: [iccid = ''] }) => [side.ask[door]('anna', [iccid])],
        }),
      ),
      {
        name: `Redis, ${name}: promise and its delivery`,
        kind: redis,
        lastsMs: 1_000,
        act: async ({ side, usedUp }) => [side.ask.command('anna', [usedUp])],
      },
    ];
  },
);

/** Every scenario, on every platform that has it. */
export const SCENARIOS: readonly Scenario[] = [...ON_SQLITE, ...OUTGOING, ...(HAS_REDIS ? ON_REDIS : [])];

async function started({ world }: Stage): Promise<[]> {
  await Promise.all(world.bots.map((bot) => bot.start()));
  return [];
}

const hasAnswer = ({ side }: Stage) => side.seenBy('anna').some((seen) => wordOf(seen) === 'answer');
const formsOf = ({ side }: Stage) => side.seenBy('anna').reduce((sum, { forms }) => sum + forms, 0);

async function withCard(stage: Stage): Promise<void> {
  stage.side.ask.command('anna', [stage.iccids[0] ?? '']);
  if (!(await stage.world.passUntil(15_000, () => hasAnswer(stage)))) throw new Error('No card to press on');
}

async function withPromise(stage: Stage): Promise<void> {
  stage.side.ask.command('anna', [stage.usedUp]);
  const promised = () => stage.side.seenBy('anna').some((seen) => wordOf(seen) === 'promise');
  if (!(await stage.world.passUntil(15_000, promised))) throw new Error('No promise to cancel');
}

/** Something must change in what the person sees, and not into a placeholder or a promise for ever. */
function pressing(button: Button) {
  return async (stage: Stage): Promise<Question[]> => {
    const before = formsOf(stage);
    const formsBefore = new Map(stage.side.seenBy('anna').map(({ id, forms }) => [id, forms]));
    const question = stage.side.press('anna', button, [stage.iccids[0] ?? '']);
    question.isDone = (seen) => {
      const words = seen.map(wordOf);
      // Where the pressed message can be written anew by nobody any more, the word stands below it. And what Slack shows to one person alone
      // can be changed by nobody: a promise that stands there is kept in the card itself.
      const last = words.at(-1);
      const isRewritten = seen.some(
        (one) => wordOf(one) === 'answer' && one.forms > (formsBefore.get(one.id) ?? one.forms),
      );
      return (
        formsOf(stage) > before &&
        !words.includes('placeholder') &&
        (last === 'answer' || last === 'told' || isRewritten)
      );
    };
    return [question];
  };
}

/** A button whose answer, or a word in its place, is a message of its own, only for the presser. */
function asking(button: Button) {
  return async ({ side, iccids: [iccid = ''] }: Stage): Promise<Question[]> => {
    const told = side.seenBy('anna').length;
    const question = side.press('anna', button, [iccid]);
    question.isDone = (seen) => seen.length > told && !seen.map(wordOf).includes('placeholder');
    return [question];
  };
}

async function withTable(stage: Stage): Promise<void> {
  stage.side.ask['direct message']('anna', stage.iccids.slice(0, 3));
  const isWhole = () => stage.side.seenBy('anna').some((seen) => wordOf(seen) === 'answer');
  if (!(await stage.world.passUntil(15_000, isWhole))) throw new Error('No table to press on');
}

async function sharing({ side, iccids }: Stage): Promise<Question[]> {
  const question = side.press('anna', 'share', [iccids[0] ?? '']);
  const told = side.seenBy('anna').length;
  question.isDone = (seen) => side.publicTexts().length === 1 || seen.length > told;
  return [question];
}

async function watching({ side }: Stage): Promise<Question[]> {
  const question = side.say('anna', `watch ${ESIM} 25`, [ESIM]);
  question.isDone = (seen) => {
    const told = seen.filter(({ text }) => /You asked to be (?:told|notified)/.test(text)).length;
    return (
      told === 1 ||
      (told === 0 &&
        !seen.some(({ text }) => /I.?(?: wi)?ll (?:tell|notify) you/.test(text)) &&
        seen.length > 0)
    );
  };
  return [question];
}

/** Airalo's sender tries again until it hears a 200. */
async function alerted({ world, httpUrl }: Stage): Promise<[]> {
  const send = () => postWebhook(httpUrl, lowData('75%')).catch(() => 0);
  void (async () => {
    for (let tries = 0; tries < 12; tries++) {
      const patience = world.clock.sleep(10_000).then(() => 0);
      if ((await Promise.race([send(), patience])) === 200) return;
      await world.clock.sleep(10_000);
    }
  })();
  return [];
}

async function listed({ side, iccids }: Stage): Promise<Question[]> {
  const rows = iccids.slice(0, 4);
  const question = side.sendList('anna', Buffer.from(['iccid', ...rows].join('\n')), rows);
  question.isDone = isListDone;
  return [question];
}

const isListDone = (seen: readonly Seen[]) =>
  seen.some(({ text }) => text.endsWith(' answered.') || wordOf({ text, thinking: false }) === 'told');

/** Slack opens no form, or the person has the answer to what they sent with it. */
async function listedByForm({ side, iccids }: Stage): Promise<Question[]> {
  const rows = iccids.slice(0, 4);
  const question = side.sendListByForm?.('anna', Buffer.from(['iccid', ...rows].join('\n')), rows);
  if (!question) return [];
  question.isDone = isListDone;
  return [question];
}

async function stopping({ world, side, iccids: [first = '', second = ''] }: Stage): Promise<Question[]> {
  const questions = [side.ask['direct message']('anna', [first]), side.ask.command('carl', [second])];
  await world.pass(20);
  world.bots[0]?.signal('SIGTERM');
  return questions;
}

async function home({ side }: Stage): Promise<Question[]> {
  const opened = side.openHome?.('anna');
  return opened ? [opened] : [];
}

async function cut({ world }: Stage): Promise<[]> {
  for (const proxy of world.proxies) proxy.cutTunnels();
  return [];
}

async function silenced({ world }: Stage): Promise<[]> {
  for (const proxy of world.proxies) proxy.silenceTunnels();
  return [];
}

/** Questions of three people while the connection is renewed: none may fall into a gap. */
async function recycled({ world, side, iccids }: Stage): Promise<Question[]> {
  side.recycle();
  await world.pass(1_000);
  const questions = [side.ask.command('anna', [iccids[0] ?? ''])];
  await world.pass(10_500);
  questions.push(side.ask.command('carl', [iccids[1] ?? '']));
  return questions;
}
