import { describe, expect, it } from 'vitest';
import type { Card, Viewer } from '../../src/cards/card.ts';
import { esimCard } from '../../src/cards/esim-card.ts';
import { labelOf, plainText } from '../../src/cards/plain-text.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { UsageReading } from '../../src/domain/usage.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { found, SAMPLE_ESIM } from '../support/details.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  ICCID,
  MINUTE_MS,
  NOW,
  RUNS_OUT,
  readingOf,
} from '../support/replies.ts';
import { STATES } from '../support/states.ts';

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
const menu = (reply: Reply, viewer = privately): string[] =>
  card(reply, viewer).menu?.options.map((action) => (action.kind === 'ask' ? action.topic : action.kind)) ??
  [];
const withReading = (changes: Partial<UsageReading>): Reply => freshReply({ reading: readingOf(changes) });
const known = (name: 'NOT_ACTIVE' | 'ACTIVE' | 'FINISHED' | 'UNKNOWN' | 'EXPIRED' | 'RECYCLED') =>
  ({ status: { kind: 'known', name } }) as const;

describe('a reading', () => {
  it('is shown with its figures, its end and its age', () => {
    expect(words(cachedReply())).toMatchInlineSnapshot(`
      "1.3\u00a0GB left of 5\u00a0GB (26%)
      8910000000001000019
      Active · ends in 11\u00a0days (4 Dec 2026, 09:41 UTC)
      Checked 13:57 UTC · next check 14:12 UTC · Airalo’s data can lag up to 20\u00a0mins"
    `);
    expect(card(cachedReply()).tone).toBe('good');
  });

  it('gives its instants as instants, so that each client draws them in its own zone', () => {
    const { freshness, lines } = card(cachedReply());
    expect(freshness[0]).toEqual([
      'Checked ',
      { kind: 'instant', at: NOW - 3 * MINUTE_MS, style: 'relative' },
      ' · ',
      'next check ',
      { kind: 'instant', at: NOW + 12 * MINUTE_MS, style: 'time' },
      ' · ',
      'Airalo’s data can lag up to 20\u00a0mins',
    ]);
    const at = Date.UTC(2026, 11, 4, 9, 41, 7);
    expect(lines[1]).toContainEqual({ kind: 'instant', at, style: 'date-time' });
    expect(lines[1]).toContainEqual({ kind: 'away', at, text: 'in 11\u00a0days' });
  });

  it('says the date of an age of days, where a time of day alone would mislead', () => {
    expect(words(cachedReply({ asOf: NOW - 3 * DAY_MS, refreshableAt: NOW }))).toContain(
      'Checked 20 Nov 2026, 14:00 UTC · next check now',
    );
  });

  it('shows the number in full as digits to copy, without gaps', () => {
    expect(card(freshReply()).lines[0]).toEqual([{ kind: 'code', text: ICCID }]);
  });

  it('shows the name that the team gave it beside the number, and to nobody else', () => {
    const names = new Map([[ICCID, 'anna-trip']]);
    expect(words(freshReply(), { ...privately, names })).toContain(`anna-trip · ${ICCID}`);
    expect(words(freshReply(), { ...publicly, names })).not.toContain('anna-trip');
  });

  it('offers what fits one row of a phone, and the rest in a menu that has room on Slack', () => {
    expect(buttons(cachedReply())).toEqual(['tell-when-fresh', 'share']);
    expect(menu(cachedReply())).toEqual(['reply', 'watch', 'packages', 'esim', 'topups']);
    // The details have a button for the packages.
    const withForecast = menu(cachedReply({ forecast: RUNS_OUT }));
    expect(withForecast).toEqual(['reply', 'watch', 'esim', 'topups', 'trend']);
    const details = esimCard(ICCID, found(SAMPLE_ESIM), { audience: 'private', locale: 'en', now: NOW }, 1);
    expect(details.actions).toMatchObject([{ topic: 'packages', about: 1 }]);
  });

  it('offers to refresh only when Airalo may be asked, and says when that is where the zone is known', () => {
    expect(buttons(cachedReply({ refreshableAt: NOW }))[0]).toBe('refresh');
    const [notify] = card(cachedReply()).actions;
    expect(notify && labelOf(notify, { locale: 'en' })).toBe('Notify me');
    expect(notify && labelOf(notify, { locale: 'en', timeZone: 'Asia/Tokyo' })).toMatch(
      /^Notify me at 11:12\sPM$/u,
    );
    const [tomorrow] = card(cachedReply({ refreshableAt: NOW + DAY_MS })).actions;
    expect(tomorrow && labelOf(tomorrow, { locale: 'en', timeZone: 'Asia/Tokyo' })).toBe('Notify me');
  });

  it.each([
    ['Running low', 'topups'],
    ['Active with nothing left', 'topups'],
    ['Used up', 'topups'],
    ['Past its end', 'topups'],
    ['Not started', 'install'],
  ] as const)('puts first and in colour what fits: %s', (name, topic) => {
    const reply = freshReply({ reading: STATES[name] });
    expect(buttons(reply)).toEqual([`${topic} (primary)`, 'tell-when-fresh', 'share']);
    expect(menu(reply)).not.toContain(topic);
    expect(menu(reply)).toContain('reply');
  });

  it('offers nothing that would be refused', () => {
    const withdrawn = freshReply({ reading: STATES.Withdrawn });
    expect([...buttons(withdrawn), ...menu(withdrawn)]).toEqual(['share', 'reply', 'packages', 'esim']);
    expect(words(withdrawn)).not.toContain('next check');
    for (const over of [STATES['Used up'], STATES['Past its end']])
      expect(menu(freshReply({ reading: over }))).not.toContain('watch');
    expect(buttons(withdrawn).filter((one) => one.includes('primary'))).toEqual([]);
  });

  it('says so when a newer one was due and could not be had', () => {
    const reply = cachedReply({ because: 'airalo-unavailable' });
    expect(words(reply)).toContain('Airalo isn’t answering right now, so this may be out of date.');
    expect(words(reply)).toContain('Checked 13:57 UTC · next try 14:12 UTC');
    expect(card(reply).tone).toBe('attention');
  });
});

describe('the plan', () => {
  it('without a limit has the word and neither bar nor zeros', () => {
    const unlimited = card(withReading({ data: { kind: 'unlimited' } }));
    expect(unlimited).toMatchObject({ title: 'Unlimited', meters: [] });
    expect(words(withReading({ data: { kind: 'unlimited' } }))).not.toMatch(/\b0\b/);
  });

  it('with voice and texts has them on one line below the bar of the data', () => {
    const shown = card(freshReply({ reading: STATES['With calls and texts'] }));
    expect(shown.meters).toEqual([{ bar: '████████░░' }]);
    expect(shown.lines[0]).toEqual(['Calls 63 of 100\u00a0mins', ' · ', 'Texts 41 of 50']);
  });

  it('with calls and texts alone says nothing of data', () => {
    const text = words(freshReply({ reading: STATES['With calls alone'] }));
    expect(text).toMatch(/^63 of 100\sminutes left \(63%\)\nTexts 41 of 50\n/);
    expect(text).not.toMatch(/No |MB|GB/);
  });

  it('without voice and texts does not mention them', () => {
    expect(words(freshReply())).not.toMatch(/Calls|Texts/);
  });

  it('has a bar in the colour of its state while it runs, and none after', () => {
    const bars = Object.entries(STATES).filter(
      ([, reading]) => card(freshReply({ reading })).meters.length > 0,
    );
    expect(bars.map(([name]) => name)).not.toContain('Past its end');
    expect(bars.map(([name]) => name)).toContain('Running low');
  });
});

describe('each status has its own sentence with the next step', () => {
  it('active and well needs none', () => {
    expect(card(freshReply()).lines).toHaveLength(2);
  });

  it.each([
    ['Not started', 'neutral', 'Next: check that the eSIM is installed, switched on and allowed to roam.'],
    ['Used up', 'bad', 'Next: offer the customer a top-up.'],
    [
      'Past its end',
      'bad',
      'Ended 14 Nov 2026, 14:00 UTC with 204\u00a0MB of 3\u00a0GB unused. That data is gone.',
    ],
    ['Past its end', 'bad', 'Next: try a top-up; if none is offered, the customer needs a new eSIM.'],
    ['Not reported by the operator', 'attention', 'The customer can read it on the phone.\niPhone: Settings'],
    ['Withdrawn', 'bad', 'it can’t be used or topped up again.'],
  ] as const)('%s', (name, tone, sentence) => {
    const reply = freshReply({ reading: STATES[name] });
    expect(words(reply)).toContain(sentence);
    expect(card(reply).tone).toBe(tone);
  });

  it('loses nothing where nothing was left', () => {
    expect(words(freshReply({ reading: STATES['Past its end, all used'] }))).toContain(
      'Ended 14 Nov 2026, 14:00 UTC.',
    );
    expect(words(freshReply({ reading: STATES['Past its end, all used'] }))).not.toContain('unused');
  });

  it('says the time left when it is short', () => {
    const said = words(freshReply({ reading: STATES['Ending within the hour'] }));
    expect(said).toMatch(/^2\sGB left of 5\sGB \(40%\), ends in 40\sminutes\n/);
    // How far off it is, once; when, beside it.
    expect(said).toContain('Active · ends 23 Nov 2026, 14:40 UTC');
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
    expect(card(reply).lines[1]?.[0]).toEqual({ kind: 'foreign', text: 'SUSPENDED' });
    expect(words(reply)).toContain('I don’t know this status');
    expect(card(reply).meters).toHaveLength(1);
  });

  it('names a withdrawn eSIM as Airalo does, so that an agent can write to Airalo about it', () => {
    expect(words(withReading(known('RECYCLED')))).toContain('(status RECYCLED)');
  });

  it('says what is not known, and shows no zero in its place', () => {
    const unread = { status: { kind: 'unseen', name: '' }, unread: ['voice', 'texts', 'end'] } as const;
    const text = words(withReading({ ...unread, data: { kind: 'unknown', total: 3072 } }));
    expect(text).toContain('3\u00a0GB plan, amount left not known');
    expect(text).toMatch(/^Unknown status: /);
    for (const label of ['Calls', 'Texts', 'Ends']) expect(text).toContain(`${label} (not known)`);
    expect(text).not.toMatch(/\b0\b|do not know/);
    expect(words(withReading({ data: { kind: 'unknown' } }))).toMatch(/^Data left not known\n/);
  });

  it('warns of every allowance that runs low', () => {
    const reply = withReading({
      data: { kind: 'megabytes', remaining: 1024, total: 5120 },
      voiceMinutes: { remaining: 50, total: 100 },
      textMessages: { remaining: 0, total: 50 },
    });
    expect(words(reply)).toContain('Running low on data and texts.\nNext: offer the customer a top-up.');
    expect(card(reply).tone).toBe('low');
  });

  it('warns of an end within three days', () => {
    expect(words(withReading({ expiresAt: NOW + 3 * DAY_MS }))).toContain(
      'What is left when the plan ends is lost.',
    );
    expect(words(withReading({ expiresAt: NOW + 3 * DAY_MS + 1 }))).not.toContain(
      'What is left when the plan ends is lost.',
    );
  });

  it('blames neither figure when active disagrees with nothing left', () => {
    const reply = withReading({ data: { kind: 'megabytes', remaining: 0, total: 1024 } });
    expect(words(reply)).toContain('Airalo’s status can lag behind.');
    expect(words(reply)).toMatch(/^No data left of 1\sGB\n/);
    expect(words(reply)).toContain('Active · ends');
  });

  it('blames neither figure when active disagrees with an end in the past', () => {
    const reply = withReading({ expiresAt: NOW - DAY_MS });
    expect(words(reply)).toMatch(/^Ended 24\shours ago, still reported as active\n/);
    expect(words(reply)).toContain('\nEnded 22 Nov 2026, 14:00 UTC.\n');
  });
});

describe('an answer that must wait', () => {
  it('names the time and offers to cancel', () => {
    expect(words(deferredReply())).toMatchInlineSnapshot(`
      "No figure yet: the answer is on its way
      Airalo allows the next check at 14:20 UTC. I’ll post it here.
      8910000000001000019"
    `);
    expect(card(deferredReply()).tone).toBe('waiting');
    expect(buttons(deferredReply())).toEqual(['cancel']);
  });

  it('shows the last reading with its age until then', () => {
    const reply = deferredReply({ previous: { reading: readingOf(), asOf: NOW - 18 * MINUTE_MS } });
    expect(words(reply)).toMatchInlineSnapshot(`
      "1.3\u00a0GB left of 5\u00a0GB (26%)
      8910000000001000019
      Active · ends in 11\u00a0days (4 Dec 2026, 09:41 UTC)
      Checked 13:42 UTC · I’ll update this at 14:20 UTC · Airalo’s data can lag up to 20\u00a0mins"
    `);
    expect(buttons(reply)).toEqual(['cancel']);
    expect(menu(reply)).toContain('reply');
  });

  it('says when Airalo is silent, and when too many ask at once', () => {
    expect(words(deferredReply({ because: 'airalo-unavailable' }))).toContain(
      'Airalo isn’t answering right now. I’ll try again at 14:20 UTC and post the answer here.',
    );
    expect(words(deferredReply({ because: 'busy' }))).toContain(
      'Many checks are waiting for Airalo. I’ll post the answer here at 14:20 UTC.',
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
    expect(words(deferredReply({ previous, promise }))).toContain('I’ll update this in a moment');
  });

  it('without a promise offers one', () => {
    const reply = deferredReply({ promise: { kind: 'none', why: 'not-asked-for' } });
    expect(words(reply)).toContain('Airalo allows the next check at 14:20 UTC.');
    expect(words(reply)).not.toContain('I’ll');
    expect(buttons(reply)).toEqual(['tell-when-fresh (primary)']);
  });

  it('promises nothing that it could not store, and says so above the figures', () => {
    const previous = { reading: readingOf(), asOf: NOW - DAY_MS };
    for (const known of [{}, { previous }]) {
      const reply = deferredReply({ ...known, promise: { kind: 'none', why: 'not-durable' } });
      expect(words(reply)).toContain(
        'I couldn’t save this request, so no answer will come by itself. Please check again at 14:20 UTC.',
      );
      expect(words(reply)).not.toContain('I’ll');
      expect(card(reply).freshness.flat().join()).not.toContain('update');
    }
  });
});

describe('in public', () => {
  it("the number is masked and the only button leads to an answer of one's own", () => {
    expect(words(cachedReply(), publicly)).toMatchInlineSnapshot(`
      "1.3\u00a0GB left of 5\u00a0GB (26%)
      eSIM\u00a0…0019
      Active · ends in 11\u00a0days (4 Dec 2026, 09:41 UTC)
      Checked 13:57 UTC · next check 14:12 UTC · Airalo’s data can lag up to 20\u00a0mins"
    `);
    for (const reply of [cachedReply(), freshReply(), deferredReply()]) {
      expect(buttons(reply, publicly)).toEqual(['show']);
      expect(menu(reply, publicly)).toEqual([]);
    }
  });
});
