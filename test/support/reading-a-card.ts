import type { Card } from '../../src/cards/card.ts';
import { listCard } from '../../src/cards/list-card.ts';
import { SIGNS } from '../../src/cards/signs.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { cardsIn } from './card-gallery.ts';
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

/** Of the other cards, by their names in the gallery. */
const OTHERS: Readonly<Record<string, string>> = {
  'The last reading, with a forecast': 'As every reading; when it runs out stands below.',
  'A figure that cannot be read': 'The plan is known, what is left of it is not.',
  'Packages of an eSIM': 'How many of its packages run, and what they have left together.',
  'Details of an eSIM': 'What the customer bought.',
  'Top-ups that could be bought': 'Whether there is something to offer, and how much choice.',
  'How to install it': 'What to tell the customer; the QR code is below.',
  'Devices of a name': 'Whether the model is on the list, and how many fit the name.',
  'The balance': 'How much credit there is.',
  'Several eSIMs fit': 'How many, and that one is to be chosen.',
  'No eSIM fits': 'Nothing has that name, order or end of a number.',
  'A search that could not look everywhere': 'Nothing so far; it may be there all the same.',
  'An order without an eSIM': 'The order is there, and has nothing to look up.',
  'An e-mail, and no records of the shop': 'Nothing about the customer: the search is not set up.',
  'The newest orders': 'How many orders there are; the newest stand below.',
  'Plans of a country': 'How many plans there are to offer for that place.',
  'An eSIM that was named': 'It is done.',
  'A name that another eSIM has': 'It is not done, and why.',
  'A command nearly typed': 'What to type instead, or to press.',
  'A list: half way': 'It is under way; how far stands below.',
  'A list: finished': 'How many of its eSIMs to look at, before the file is opened.',
  'A list: cancelled': 'No file comes.',
  'A list: not brought': 'It is checked, and the file has to be asked for again.',
  'A list: too long': 'Nothing was checked; why stands below.',
  'A digest in a channel': 'How many to look at; they stand first.',
  'The digests of a person': 'How many there are, and when the next one comes.',
  'Digests that are paused': 'How many there are, and that none of them comes.',
  'A digest was set': 'It is done, and when it comes.',
  'The watches of a person': 'How many eSIMs are watched.',
  "The team's names": 'How many eSIMs have a name.',
  'A watch was set': 'It is done, and for what.',
  'What a watch tells': 'As every reading; why it came stands below.',
  'An alert in the channel: the first warning': 'Which eSIM, and how much it has left.',
  'An alert in the channel: low and ending, in hand': 'Which eSIM, and what is most urgent.',
  'An alert in the channel: the credit of the account': 'How near the account is to its limit.',
  'The state of the bot': 'Nothing is wrong with the bot.',
};

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
  const cards = cardsIn(viewer.locale);
  const others = Object.entries(OTHERS).map(([name, means]): Told => {
    const card = cards[name];
    if (!card) throw new Error(`The gallery has no card “${name}”`);
    return [name, firstLine(card), means];
  });
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

## Everything else

${tableOf(others)}
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
