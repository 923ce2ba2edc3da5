import { expect, it } from 'vitest';
import type { PrivateViewer } from '../../../src/cards/card.ts';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { privateUsageCard } from '../../../src/platforms/chat/kept-cards.ts';
import { discordPen } from '../../../src/platforms/discord/pen.ts';
import type { Reply } from '../../../src/usage/reply.ts';
import { toIccid } from '../../support/arbitraries.ts';
import {
  cachedReply,
  deferredReply,
  freshReply,
  ICCID,
  LASTS,
  NOW,
  readingOf,
} from '../../support/replies.ts';

const viewer = (changes: Partial<PrivateViewer> = {}): PrivateViewer => ({
  audience: 'private',
  locale: 'en',
  now: NOW,
  ...changes,
});
const draw = (reply: Reply, changes: Partial<PrivateViewer> = {}, sharable = true) =>
  privateUsageCard(reply, viewer(changes), sharable);

it('a card is drawn once for all who ask about the same reading within a second', () => {
  const reply = cachedReply();
  const card = draw(reply);
  expect(card).toEqual(usageCard(reply, viewer()));
  expect(draw({ ...reply })).toBe(card);
  expect(draw(reply, { now: NOW + 999 })).toBe(card);
  expect(draw(reply, { now: NOW + 1_000 })).not.toBe(card);
});

it('an hour later it is drawn anew, and says its age', () => {
  const reply = cachedReply();
  draw(reply);
  const later = viewer({ now: NOW + 3_600_000 });
  expect(privateUsageCard(reply, later, true)).toEqual(usageCard(reply, later));
});

const reading = readingOf();
const base = cachedReply({ reading });
it.each<[string, Reply, Partial<PrivateViewer>, boolean]>([
  ['another language', base, { locale: 'de' }, true],
  ['a name for the eSIM', base, { names: new Map([[ICCID, 'Dana']]) }, true],
  ['another eSIM', { ...base, iccid: toIccid('8910000000001000027') }, {}, true],
  ['a reading of another age', { ...base, asOf: base.asOf - 600_000 }, {}, true],
  ['another time of the next check', { ...base, refreshableAt: NOW - 1 }, {}, true],
  ['Airalo being away', { ...base, because: 'airalo-unavailable' }, {}, true],
  ['a forecast', { ...base, forecast: LASTS }, {}, true],
  ['a reading made just now', freshReply({ reading }), {}, true],
  ['nobody to share it with', base, {}, false],
])('with %s it is another card', (_what, reply, changes, sharable) => {
  const before = draw(base);
  const card = draw(reply, changes, sharable);
  expect(card).not.toBe(before);
  const whole = usageCard(reply, viewer(changes));
  const actions = sharable ? whole.actions : whole.actions.filter(({ kind }) => kind !== 'share');
  expect(card).toEqual({ ...whole, actions });
});

it('what is promised is drawn for each question', () => {
  const reply = deferredReply();
  expect(draw(reply)).toEqual(draw(reply));
  expect(draw(reply)).not.toBe(draw(reply));
});

it('the buttons on one card are those of each question', () => {
  const card = draw(cachedReply());
  const [one, two] = ['note-one', 'note-two'].map((note) =>
    discordPen.message([{ card, handle: { note, index: 0, jobId: '' } }], { locale: 'en' }),
  );
  expect(one?.embeds).toEqual(two?.embeds);
  expect(JSON.stringify(one?.components)).toContain('note-one');
  expect(JSON.stringify(one)).not.toContain('note-two');
  expect(JSON.stringify(two)).not.toContain('note-one');
});
