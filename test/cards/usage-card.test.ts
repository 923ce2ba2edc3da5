import { describe, expect, it } from 'vitest';
import type { Card, Viewer } from '../../src/cards/card.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { UsageReading } from '../../src/domain/usage.ts';
import type { Reply } from '../../src/usage/reply.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  ICCID,
  MINUTE_MS,
  NOW,
  readingOf,
} from '../support/replies.ts';

const privately: Viewer = { audience: 'private', locale: 'en-GB', now: NOW };
const publicly: Viewer = { ...privately, audience: 'public' };

const card = (reply: Reply, viewer = privately): Card => usageCard(reply, viewer);
const words = (reply: Reply, viewer = privately): string =>
  plainText(card(reply, viewer), { locale: 'en-GB' });
const buttons = (reply: Reply, viewer = privately): string[] =>
  card(reply, viewer).actions.map((action) => {
    const name = action.kind === 'ask' ? action.topic : action.kind;
    return action.style === 'normal' ? name : `${name} (${action.style})`;
  });
const TOPICS = ['packages', 'esim', 'topups', 'install'];
const withReading = (changes: Partial<UsageReading>): Reply => freshReply({ reading: readingOf(changes) });
const known = (name: 'NOT_ACTIVE' | 'ACTIVE' | 'FINISHED' | 'UNKNOWN' | 'EXPIRED' | 'RECYCLED') =>
  ({ status: { kind: 'known', name } }) as const;

describe('a reading', () => {
  it('is shown with its figures, its end and its age', () => {
    expect(words(cachedReply())).toMatchInlineSnapshot(`
      "eSIM …0019
      Data: 1.3 GB of 5 GB left (26%)
      ICCID: 8910000000001000019
      Status: Active
      Ends: 4 Dec 2026, 09:41 UTC
      As of 13:57 UTC, can be refreshed at 14:12 UTC.
      Airalo's own figure can be up to 20 minutes older."
    `);
    expect(card(cachedReply()).tone).toBe('good');
  });

  it('gives its instants as instants, so that each client draws them in its own zone', () => {
    const { freshness, facts } = card(cachedReply());
    expect(freshness[0]).toEqual([
      'As of ',
      { kind: 'instant', at: NOW - 3 * MINUTE_MS, style: 'relative' },
      ', can be refreshed at ',
      { kind: 'instant', at: NOW + 12 * MINUTE_MS, style: 'time' },
      '.',
    ]);
    expect(facts).toContainEqual({
      label: 'Ends',
      value: [{ kind: 'instant', at: Date.UTC(2026, 11, 4, 9, 41, 7), style: 'date-time' }],
    });
  });

  it('says the date of an age of days, where a time of day alone would mislead', () => {
    expect(words(cachedReply({ asOf: NOW - 3 * DAY_MS, refreshableAt: NOW }))).toContain(
      'As of 20 Nov 2026, 14:00 UTC, can be refreshed now.',
    );
  });

  it('shows the number in full as digits to copy, without gaps', () => {
    expect(card(freshReply()).facts[0]).toEqual({ label: 'ICCID', value: [{ kind: 'code', text: ICCID }] });
  });

  it('offers to refresh once Airalo may be asked, and to tell when fresh before that', () => {
    expect(buttons(cachedReply())).toEqual([
      'refresh',
      'tell-when-fresh (primary)',
      'share',
      'watch',
      ...TOPICS,
    ]);
    expect(buttons(cachedReply({ refreshableAt: NOW }))).toEqual([
      'refresh (primary)',
      'share',
      'watch',
      ...TOPICS,
    ]);
    const recycled = readingOf({ status: { kind: 'known', name: 'RECYCLED' } });
    expect(buttons(cachedReply({ reading: recycled }))).toEqual(['refresh', 'share', 'packages', 'esim']);
  });

  it('says so when a newer one was due and could not be had', () => {
    const reply = cachedReply({ because: 'airalo-unavailable' });
    expect(words(reply)).toContain('Airalo does not answer at the moment. This is the last reading.');
    expect(words(reply)).toContain('As of 13:57 UTC, can be tried again at 14:12 UTC.');
    expect(card(reply).tone).toBe('attention');
  });
});

describe('the plan', () => {
  it('without a limit has the word and neither bar nor zeros', () => {
    const unlimited = card(withReading({ data: { kind: 'unlimited' } }));
    expect(unlimited.meters).toEqual([{ label: 'Data', text: 'Unlimited' }]);
    expect(words(withReading({ data: { kind: 'unlimited' } }))).not.toMatch(/\b0\b/);
  });

  it('with voice and texts has a bar for each', () => {
    const reply = withReading({
      voiceMinutes: { remaining: 63, total: 100 },
      textMessages: { remaining: 41, total: 50 },
    });
    expect(card(reply).meters).toEqual([
      { label: 'Data', bar: '███░░░░░░░', text: '1.3 GB of 5 GB left (26%)' },
      { label: 'Calls', bar: '██████░░░░', text: '63 of 100 minutes left (63%)' },
      { label: 'Texts', bar: '████████░░', text: '41 of 50 messages left (82%)' },
    ]);
  });

  it('without voice and texts does not mention them', () => {
    expect(card(freshReply()).meters.map(({ label }) => label)).toEqual(['Data']);
  });
});

describe('each status has its own sentence with the next step', () => {
  it('active and well needs none', () => {
    expect(card(freshReply()).lines).toEqual([]);
  });

  it.each([
    ['NOT_ACTIVE', 'neutral', 'The plan has not started yet. Most plans start when the eSIM first connects'],
    ['FINISHED', 'bad', 'The allowance is used up. A top-up may be possible.'],
    [
      'EXPIRED',
      'bad',
      'The plan has ended and unused data is lost. A top-up of the same eSIM may be possible',
    ],
    ['UNKNOWN', 'attention', 'The customer can read it on the phone. iPhone: Settings → Mobile Data'],
    ['RECYCLED', 'bad', 'cannot be used or topped up again: the customer needs a new eSIM.'],
  ] as const)('%s', (name, tone, sentence) => {
    expect(words(withReading(known(name)))).toContain(sentence);
    expect(card(withReading(known(name))).tone).toBe(tone);
  });

  it('shows no figures where Airalo has none to give', () => {
    for (const name of ['UNKNOWN', 'RECYCLED'] as const) {
      const zeros = { ...known(name), data: { kind: 'megabytes', remaining: 0, total: 0 } } as const;
      expect(card(withReading(zeros)).meters).toEqual([]);
      expect(words(withReading(zeros))).not.toContain('own figure');
    }
  });

  it('shows a status nobody has seen as it was reported, marked as foreign', () => {
    const reply = withReading({ status: { kind: 'unseen', name: 'SUSPENDED' } });
    expect(card(reply).facts[1]).toEqual({
      label: 'Status',
      value: [{ kind: 'foreign', text: 'SUSPENDED' }],
    });
    expect(words(reply)).toContain('Airalo reports a status I do not know.');
    expect(card(reply).meters).toHaveLength(1);
  });

  it('names a withdrawn eSIM as Airalo does, so that an agent can write to Airalo about it', () => {
    expect(words(withReading(known('RECYCLED')))).toContain('Status: Withdrawn (RECYCLED)');
  });

  it('says what is not known, and shows no zero in its place', () => {
    const unread = { status: { kind: 'unseen', name: '' }, unread: ['voice', 'texts', 'end'] } as const;
    const text = words(withReading({ ...unread, data: { kind: 'unknown', total: 3072 } }));
    expect(text).toContain('Data: 3 GB in the plan, not known how much is left');
    for (const label of ['Calls', 'Texts', 'Status', 'Ends']) expect(text).toContain(`${label}: Not known`);
    expect(text).not.toMatch(/\b0\b|do not know/);
    expect(words(withReading({ data: { kind: 'unknown' } }))).toContain('Data: Not known');
  });

  it('warns of every allowance that runs low', () => {
    const reply = withReading({
      data: { kind: 'megabytes', remaining: 1024, total: 5120 },
      voiceMinutes: { remaining: 50, total: 100 },
      textMessages: { remaining: 0, total: 50 },
    });
    expect(words(reply)).toContain('Running low on data and texts. A top-up may be possible.');
    expect(card(reply).tone).toBe('attention');
  });

  it('warns of an end within three days', () => {
    expect(words(withReading({ expiresAt: NOW + 3 * DAY_MS }))).toContain('The plan ends soon.');
    expect(words(withReading({ expiresAt: NOW + 3 * DAY_MS + 1 }))).not.toContain('The plan ends soon.');
  });

  it('blames neither figure when active disagrees with nothing left', () => {
    const reply = withReading({ data: { kind: 'megabytes', remaining: 0, total: 1024 } });
    expect(words(reply)).toContain(
      'Airalo reports this eSIM as active, with no data left. The two can be out of step',
    );
    expect(words(reply)).toContain('Status: Active');
    expect(words(reply)).toContain('Data: 0 MB of 1 GB left (0%)');
  });

  it('blames neither figure when active disagrees with an end in the past', () => {
    const reply = withReading({ expiresAt: NOW - DAY_MS });
    expect(words(reply)).toContain('as active, with an end date in the past.');
    expect(words(reply)).toContain('Ended: 22 Nov 2026, 14:00 UTC');
  });
});

describe('an answer that must wait', () => {
  it('names the time and offers to cancel', () => {
    expect(words(deferredReply())).toMatchInlineSnapshot(`
      "eSIM …0019
      Airalo lets this eSIM be read again at 14:20 UTC. I will answer here.
      ICCID: 8910000000001000019"
    `);
    expect(card(deferredReply()).tone).toBe('waiting');
    expect(buttons(deferredReply())).toEqual(['cancel']);
  });

  it('shows the last reading with its age until then', () => {
    const reply = deferredReply({ previous: { reading: readingOf(), asOf: NOW - 18 * MINUTE_MS } });
    expect(words(reply)).toMatchInlineSnapshot(`
      "eSIM …0019
      Data: 1.3 GB of 5 GB left (26%)
      ICCID: 8910000000001000019
      Status: Active
      Ends: 4 Dec 2026, 09:41 UTC
      As of 13:42 UTC.
      I will update this at 14:20 UTC.
      Airalo's own figure can be up to 20 minutes older."
    `);
    expect(buttons(reply)).toEqual(['cancel', ...TOPICS]);
  });

  it('says when Airalo is silent, and when too many ask at once', () => {
    expect(words(deferredReply({ because: 'airalo-unavailable' }))).toContain(
      'Airalo does not answer at the moment. I will try again at 14:20 UTC and answer here.',
    );
    expect(words(deferredReply({ because: 'busy' }))).toContain(
      'Many eSIMs are being checked at the moment. I will answer here at 14:20 UTC.',
    );
  });

  it('names the time of the promise, which may be later than that of Airalo', () => {
    const answerAt = NOW + 30 * MINUTE_MS;
    const reply = deferredReply({ promise: { kind: 'queued', jobId: 'reply-1', answerAt } });
    expect(words(reply)).toContain('14:30 UTC');
  });

  it('does not name a time that has passed', () => {
    const previous = { reading: readingOf(), asOf: NOW - DAY_MS };
    const promise = { kind: 'queued', jobId: 'reply-1', answerAt: NOW - 1 } as const;
    expect(words(deferredReply({ previous, promise }))).toContain('I will update this in a moment.');
  });

  it('without a promise offers one', () => {
    const reply = deferredReply({ promise: { kind: 'none', why: 'not-asked-for' } });
    expect(words(reply)).toContain('Airalo lets this eSIM be read again at 14:20 UTC.');
    expect(words(reply)).not.toContain('I will');
    expect(buttons(reply)).toEqual(['tell-when-fresh (primary)']);
  });

  it('promises nothing that it could not store, and says so above the figures', () => {
    const previous = { reading: readingOf(), asOf: NOW - DAY_MS };
    for (const known of [{}, { previous }]) {
      const reply = deferredReply({ ...known, promise: { kind: 'none', why: 'not-durable' } });
      expect(words(reply)).toContain(
        'I could not note this down, so nothing will come by itself. Please ask again at 14:20 UTC.',
      );
      expect(words(reply)).not.toContain('I will');
      expect(card(reply).lines).toHaveLength(1);
    }
  });
});

describe('in public', () => {
  it("the number is masked and the only button leads to an answer of one's own", () => {
    expect(words(cachedReply(), publicly)).toMatchInlineSnapshot(`
      "eSIM …0019
      Data: 1.3 GB of 5 GB left (26%)
      Status: Active
      Ends: 4 Dec 2026, 09:41 UTC
      As of 13:57 UTC, can be refreshed at 14:12 UTC.
      Airalo's own figure can be up to 20 minutes older."
    `);
    for (const reply of [cachedReply(), freshReply(), deferredReply()]) {
      expect(buttons(reply, publicly)).toEqual(['show']);
    }
  });
});
