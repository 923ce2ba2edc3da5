import type { Question } from './question.ts';
import type { Scenario, Stage } from './scenario.ts';
import type { WorldKind } from './world.ts';

const SET = /Digest set: /;
const ENDED = /That digest won’t come/;
const NONE = /No digest set/;

/** A digest is set for, and ended in, another channel than that of the question: the platform is asked who can read there. */
export function digestsElsewhere(name: string, kind: WorldKind): Scenario[] {
  return [
    {
      name: `${name}: digest for another channel`,
      kind,
      act: async (stage) => [stage.side.say('anna', forElsewhere(stage), [])],
      next: { afterMs: 2_000, ask: asSaid },
      check: announced,
    },
    {
      name: `${name}: digest of another channel ended`,
      kind,
      prepare: setElsewhere,
      act: async ({ side }) => [side.say('anna', `digest off ${side.elsewhere}`, [])],
      next: { afterMs: 2_000, ask: asSaid },
      check: announced,
    },
  ];
}

/** Far from now: it is not posted while the row lasts. */
function forElsewhere({ world, side }: Stage): string {
  const hour = (new Date(world.clock.now()).getUTCHours() + 12) % 24;
  return `digest ${side.elsewhere} daily ${String(hour).padStart(2, '0')}:00 UTC`;
}

async function setElsewhere(stage: Stage): Promise<void> {
  const { world, side } = stage;
  side.say('anna', forElsewhere(stage), []);
  if (!(await world.passUntil(15_000, () => isSetFor(side)))) throw new Error('No digest to end');
}

const isSetFor = (side: Stage['side']): boolean => side.seenBy('anna').some(({ text }) => SET.test(text));

/** There is one to end where the person was told so, and none else. */
function asSaid({ side }: Stage): Question {
  const before = side.seenBy('anna');
  const known = new Set(before.map(({ id }) => id));
  const isThere = isSetFor(side) && !before.some(({ text }) => ENDED.test(text));
  const question = side.say('anna', 'digest off 1', []);
  question.isDone = (seen) =>
    seen.some(({ id, text }) => !known.has(id) && (isThere ? ENDED : NONE).test(text));
  return question;
}

/** Whoever reads there has heard of what is set. */
function announced({ side }: Stage): string[] {
  return isSetFor(side) && side.publicTexts().length === 0 ? ['a digest that nobody there has heard of'] : [];
}
