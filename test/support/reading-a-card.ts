import type { Card } from '../../src/cards/card.ts';
import { listCard } from '../../src/cards/list-card.ts';
import { SIGNS } from '../../src/cards/signs.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { Reply } from '../../src/usage/reply.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  MINUTE_MS,
  NOW,
  readingOf,
  refusedReply,
} from './replies.ts';
import { LISTED, STATES } from './states.ts';

const viewer = { audience: 'private', locale: 'en', now: NOW } as const;

/** What an agent knows of the customer's eSIM from the first line, with nothing else read. */
const MEANS: Readonly<Record<keyof typeof STATES, string>> = {
  'An unlimited plan': 'It works, and there is no amount to run out of.',
  'Running low': 'It works, but not for long: offer a top-up now.',
  'Ending soon': 'There is enough data, but the plan is over in two days.',
  'Ending within the hour': 'The plan is over before the call is long past.',
  'With calls and texts': 'It works; calls and texts stand below.',
  'With calls alone': 'It works; the plan has calls and no data.',
  'Hardly used': 'It works. Whatever is wrong, it is not the data.',
  'More left than the plan has': 'It works; Airalo reports a carried-over or added amount.',
  'A large plan': 'It works.',
  'Active with nothing left': 'The data is gone: offer a top-up.',
  'Active past its end': 'Airalo contradicts itself: the plan is over, whatever its status says.',
  'Not started': 'The customer has not used it yet: help them install it.',
  'Used up': 'The data is gone: offer a top-up.',
  'Used up, with something left': 'The plan is over, although Airalo still counts something: offer a top-up.',
  'Past its end': 'The plan is over by its date: offer a new one.',
  'Past its end, all used': 'The plan is over by its date: offer a new one.',
  'Not reported by the operator': 'Nobody knows how much is left; the eSIM may well work.',
  Withdrawn: 'It will never work again: the customer needs another.',
  'A status that is new': 'There is data left; what the status means is not known.',
};

const REPLIES: readonly (readonly [name: string, reply: Reply, means: string])[] = [
  [
    'The last reading, within the window',
    cachedReply(),
    'The figure is some minutes old; its age stands in the small print.',
  ],
  [
    'The last reading, while Airalo is away',
    cachedReply({ because: 'airalo-unavailable' }),
    'The figure is real, and nobody can say now whether it still holds.',
  ],
  [
    'Nothing known yet',
    deferredReply(),
    'Nothing to say yet, and nothing to do: the answer arrives by itself.',
  ],
  [
    'Nothing known, and nothing promised',
    deferredReply({ promise: { kind: 'none', why: 'not-asked-for' } }),
    'Nothing to say yet; nothing arrives by itself.',
  ],
  [
    'A reading of yesterday, a newer one on its way',
    deferredReply({ previous: { reading: readingOf(), asOf: NOW - DAY_MS } }),
    'The last figure there is; a newer one replaces it by itself.',
  ],
  [
    'An eSIM that Airalo does not know',
    refusedReply({ reason: 'unknown-esim', checkDigitOff: false, refreshableAt: NOW + 15 * MINUTE_MS }),
    'The number is wrong, or the eSIM is not one of yours.',
  ],
  [
    'The bot’s credentials are refused',
    refusedReply({ reason: 'operator-needed', cause: 'credentials-refused' }),
    'Nothing about the eSIM: the bot is out of order until its admin mends it.',
  ],
  [
    'Too many questions',
    refusedReply({ reason: 'too-many', until: NOW + 8 * MINUTE_MS }),
    'Nothing about the eSIM: wait, then ask again.',
  ],
];

/** What stands first on every platform. */
export const firstLine = ({ title, tone }: Card): string => `${SIGNS[tone]} ${title}`;

const shown = (reply: Reply) => firstLine(usageCard(reply, viewer));

/** docs/reading-a-card.md: what the renderers say first in each state, and what that tells. */
export function readingACard(): string {
  const states = Object.entries(STATES).map(([name, reading]): Told => {
    const [, means = ''] = Object.entries(MEANS).find(([state]) => state === name) ?? [];
    return [name, shown(freshReply({ reading })), means];
  });
  const replies = REPLIES.map(([name, reply, means]): Told => [name, shown(reply), means]);
  const lists: Told[] = [
    [
      'Several eSIMs, some in trouble',
      firstLine(listCard(LISTED, viewer)),
      'How many to look at; they stand first.',
    ],
    ['Several eSIMs, none in trouble', firstLine(listCard(LISTED.slice(0, 2), viewer)), 'Nothing to do.'],
  ];
  return `# Reading a card

A customer is on the line, and there is time for one line. This is what the first one tells alone, in each state: the answer in words, with a sign before it that
says the same to the eye. Nobody needs the colour: where the sign differs the words differ too, in every language (a test says so). The page is written by the renderers
(\`npm run cards\`); how whole cards look is in [cards](cards.md).

## The eSIM

${tableOf(states)}

## The answer itself

${tableOf(replies)}

## Several at once

${tableOf(lists)}
`;
}

type Told = readonly [state: string, line: string, means: string];

function tableOf(rows: readonly Told[]): string {
  return [
    '| state | the first line | what it tells |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
