import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/cards/card.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { TellingForecast } from '../../src/domain/forecast.ts';
import { mrkdwnLine } from '../../src/platforms/slack/mrkdwn.ts';
import type { Reply } from '../../src/usage/reply.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  LASTS,
  NOW,
  RUNS_OUT,
  readingOf,
} from '../support/replies.ts';

const viewer: Viewer = { audience: 'private', locale: 'en-GB', now: NOW };
const shown = (reply: Reply, changes: Partial<Viewer> = {}) =>
  plainText(usageCard(reply, { ...viewer, ...changes }), { locale: 'en-GB' });

describe('a card with a forecast', () => {
  it('tells the use of a day, about when the data run out, and what the estimate rests on', () => {
    const text = shown(freshReply({ forecast: RUNS_OUT }));
    expect(text).toContain(
      'About 310\u00a0MB a day since Mon 16 Nov: runs out about Thu 26 Nov (estimate from 9 checks).',
    );
    expect(text).toContain('the median daily use between checks since the last top-up');
    expect(text).toContain('At the paces seen, it runs out between 25 Nov 2026 and 28 Nov 2026.');
  });

  it('says that it lasts when the plan ends first, and when the highest pace would end it before', () => {
    const text = shown(cachedReply({ forecast: LASTS }));
    expect(text).toContain('at this pace it lasts until the plan ends (estimate from 9 checks)');
    expect(text).not.toContain('fastest pace');
    const close = shown(cachedReply({ forecast: { ...LASTS, earliestAt: NOW + 8 * DAY_MS } }));
    expect(close).toContain('At the fastest pace seen, it runs out about 1 Dec 2026.');
  });

  it('names no last day where the plan would end before it, and no range within a day', () => {
    const late: TellingForecast = { ...RUNS_OUT, latestAt: NOW + 90 * DAY_MS };
    expect(shown(freshReply({ forecast: late }))).toContain(
      'At the fastest pace seen, it runs out about 25 Nov',
    );
    const reading = readingOf();
    delete (reading as { expiresAt?: number }).expiresAt;
    expect(shown(freshReply({ reading, forecast: late }))).toContain('and 21 Feb 2027');
    const narrow: TellingForecast = {
      ...RUNS_OUT,
      earliestAt: RUNS_OUT.at - 1_000,
      latestAt: RUNS_OUT.at + 1_000,
    };
    expect(shown(freshReply({ forecast: narrow }))).not.toContain('paces seen');
  });

  it('stands on a card that waits, too, and keeps its tone', () => {
    const previous = { reading: readingOf(), asOf: NOW - DAY_MS };
    expect(shown(deferredReply({ previous, forecast: RUNS_OUT }))).toContain('runs out about Thu 26 Nov');
    const plain = usageCard(freshReply(), viewer);
    expect(usageCard(freshReply({ forecast: RUNS_OUT }), viewer).tone).toBe(plain.tone);
  });

  it('is silent once its day has come', () => {
    const reply = freshReply({ forecast: RUNS_OUT });
    expect(shown(reply, { now: RUNS_OUT.at })).not.toContain('estimate');
    expect(shown(freshReply({ forecast: LASTS }), { now: LASTS.until })).not.toContain('estimate');
  });

  it('offers the trend to the person alone', () => {
    const trend = { kind: 'ask', topic: 'trend', label: 'Trend', style: 'normal' };
    expect(usageCard(freshReply({ forecast: RUNS_OUT }), viewer).menu?.options).toContainEqual(trend);
    expect(usageCard(freshReply(), viewer).menu?.options).not.toContainEqual(trend);
    const everybody = usageCard(freshReply({ forecast: RUNS_OUT }), { ...viewer, audience: 'public' });
    expect(everybody.actions.map(({ kind }) => kind)).toEqual(['show']);
  });

  it('has its days drawn in the zone of the reader', () => {
    const [line] = usageCard(freshReply({ forecast: RUNS_OUT }), viewer).lines.slice(-1);
    expect(line && mrkdwnLine(line, { locale: 'en-GB', timeZone: 'Asia/Tokyo' })).toContain(
      `<!date^${RUNS_OUT.at / 1000}^{date_long_pretty}|Thu 26 Nov>`,
    );
  });
});
