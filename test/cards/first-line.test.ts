import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { digestListCard } from '../../src/cards/digest-card.ts';
import { namesCard } from '../../src/cards/find-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { listCard } from '../../src/cards/list-card.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { watchListCard } from '../../src/cards/watch-card.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { CARDS } from '../support/card-gallery.ts';
import { WEEKDAYS } from '../support/digest-samples.ts';
import { firstLine } from '../support/reading-a-card.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  ICCID,
  NOW,
  readingOf,
  refusedReply,
} from '../support/replies.ts';
import { LISTED, STATES } from '../support/states.ts';

const viewer = { audience: 'private', locale: 'en', now: NOW } as const;
const card = (reply: Reply, locale = 'en'): Card => usageCard(reply, { ...viewer, locale });

const cardOf = (name: string): Card => {
  const shown = CARDS[name];
  if (shown === undefined) throw new Error(`No card “${name}”`);
  return shown;
};

/** Which blank stands before PM is for the ICU of this Node to say. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

/** The agent's test: a customer is on the line, and one line is all there is time for. */
const TOLD: Readonly<Record<keyof typeof STATES, string>> = {
  'An unlimited plan': '🟢 Unlimited',
  'Running low': '🟠 210\u00a0MB left of 5\u00a0GB (4%)',
  'Ending soon': '🟡 2\u00a0GB left of 5\u00a0GB (40%), ends in 2\u00a0days',
  'Ending within the hour': '🟡 2\u00a0GB left of 5\u00a0GB (40%), ends in 40\u00a0minutes',
  'With calls and texts': '🟢 8\u00a0GB left of 10\u00a0GB (80%)',
  'With calls alone': '🟢 63 of 100\u00a0minutes left (63%)',
  'Hardly used': '🟢 99.9\u00a0GB left of 100\u00a0GB (99%)',
  'More left than the plan has': '🟢 4\u00a0GB left, more than the 2\u00a0GB of the plan',
  'A large plan': '🟢 4.8\u00a0TB left of 5\u00a0TB (95%)',
  'Active with nothing left': '🔴 No data left of 5\u00a0GB',
  'Active past its end': '🟡 Ended 2\u00a0days ago, still reported as active',
  'Not started': '⚪ Not started: 3\u00a0GB waiting',
  'Used up': '🔴 Used up: nothing left of 5\u00a0GB',
  'Used up, with something left': '🔴 Used up',
  'Past its end': '🔴 Expired 9\u00a0days ago',
  'Past its end, all used': '🔴 Expired 9\u00a0days ago',
  'Not reported by the operator': '🟡 Usage not reported',
  Withdrawn: '🔴 Withdrawn: the customer needs a new eSIM',
  'A status that is new': '🟡 Unknown status: 700\u00a0MB left of 1\u00a0GB (68%)',
};

describe('what the first line alone tells', () => {
  it.each(Object.entries(TOLD))('%s: %s', (name, told) => {
    const [, reading] = Object.entries(STATES).find(([state]) => state === name) ?? [];
    expect(reading && firstLine(card(freshReply({ reading })))).toBe(told);
  });

  it.each([
    [cachedReply(), '🟢 1.3\u00a0GB left of 5\u00a0GB (26%)'],
    [cachedReply({ because: 'airalo-unavailable' }), '🟡 1.3\u00a0GB left of 5\u00a0GB (26%) · last known'],
    [deferredReply(), '🕒 No figure yet: the answer is on its way'],
    [
      deferredReply({ promise: { kind: 'none', why: 'not-asked-for' } }),
      '🕒 No figure yet: check again later',
    ],
    [
      deferredReply({ previous: { reading: readingOf(), asOf: NOW - DAY_MS } }),
      '🟢 1.3\u00a0GB left of 5\u00a0GB (26%)',
    ],
  ] as const)('of a reply: %#', (reply, told) => {
    expect(firstLine(card(reply))).toBe(told);
  });

  it('of several eSIMs', () => {
    expect(firstLine(listCard(LISTED, viewer))).toBe('🔴 10 eSIMs: 6 need attention');
    expect(firstLine(listCard(LISTED.slice(0, 2), viewer))).toBe('🟢 2 eSIMs: all well');
  });

  it('of what a person has set', () => {
    const told = [
      'The watches of a person',
      "The team's names",
      'The digests of a person',
      'Digests that are paused',
      'A digest was set',
    ].map((name) => plain(firstLine(cardOf(name))));
    expect(told).toEqual([
      '⚪ You watch 2 eSIMs',
      '⚪ 2 eSIMs with a name',
      '⚪ 2 digests: next tomorrow 2:00 PM',
      '⚪ 2 digests, all paused',
      '⚪ Digest set: Mon–Fri, 9:00 AM (UTC)',
    ]);
    const paused = [{ schedule: WEEKDAYS, nextAt: NOW + DAY_MS, pausedAt: NOW }];
    expect(digestListCard([], 0, viewer).title).toBe('No digest set');
    expect(digestListCard([], 2, viewer).title).toBe('Not everything works');
    const berlin = { ...WEEKDAYS, zone: 'Europe/Berlin' };
    const late = { schedule: berlin, nextAt: NOW + 10 * 3_600_000 };
    // 14:00 in UTC and ten hours: one o'clock of the next day in Berlin.
    const { title } = digestListCard([...paused, late], 0, viewer);
    expect(plain(title)).toBe('2 digests: next tomorrow 1:00 AM');
    expect(watchListCard([], viewer).title).toBe('You aren’t watching any eSIMs');
    expect(watchListCard([], viewer, undefined, 2).title).toBe('Not everything works');
    expect(namesCard('', [], '', viewer).title).toBe('No names yet');
  });

  it('differs in words wherever it differs in colour, in every language', () => {
    for (const locale of LANGUAGES) {
      const tones = new Map<string, string>();
      const reading = readingOf();
      const replies: Reply[] = [
        ...Object.values(STATES).map((state) => freshReply({ reading: state })),
        // The same figure, checked and not to be checked now.
        freshReply({ reading }),
        cachedReply({ reading, because: 'airalo-unavailable' }),
        refusedReply({ reason: 'operator-needed', cause: 'credentials-refused' }, ICCID, {
          previous: { reading, asOf: NOW - DAY_MS },
        }),
      ];
      for (const reply of replies) {
        const { title, tone } = card(reply, locale);
        expect(tones.get(title) ?? tone).toBe(tone);
        tones.set(title, tone);
        expect(title.length).toBeLessThanOrEqual(80);
      }
    }
  });

  it('comes first on Slack, on Discord and in a terminal', () => {
    for (const [name, reading] of Object.entries(STATES)) {
      const shown = card(freshReply({ reading }));
      const [first] = slackMessage([{ card: shown }], { locale: 'en' }).blocks;
      expect(first, name).toMatchObject({ type: 'header', text: { text: firstLine(shown) } });
      expect(discordMessage([{ card: shown }]).embeds[0]?.title, name).toBe(firstLine(shown));
      const drawn = renderText(shown, { colour: false, width: 78, locale: 'en' });
      expect(drawn.split('\n')[0], name).toContain(firstLine(shown));
    }
  });
});
