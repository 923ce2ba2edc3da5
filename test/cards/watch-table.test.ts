import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/cards/plain-text.ts';
import { watchListCard } from '../../src/cards/watch-card.ts';
import { createBestForms } from '../../src/platforms/slack/best-form.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { toIccid } from '../support/arbitraries.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ICCID, MINUTE_MS, NOW } from '../support/replies.ts';
import { breachOf } from '../support/slack/rules.ts';

const watched = (place: number) => ({
  id: `watch-${place}`,
  iccid: place === 0 ? ICCID : toIccid(`89100000000010000${10 + place}`),
  condition: '10' as const,
  ...(place === 1 ? { channelId: 'C0123456789' } : {}),
  nextLookAt: NOW + 45 * MINUTE_MS,
});
const names = new Map([[ICCID, 'anna-trip']]);
const cardOf = (count: number) =>
  watchListCard(
    Array.from({ length: count }, (_, place) => watched(place)),
    { audience: 'private', locale: 'en', now: NOW, names },
  );

describe('the watches of a person', () => {
  it('are one table by name or last digits, with one choice of which to stop', () => {
    const card = cardOf(2);
    expect(card.table?.rows).toHaveLength(2);
    expect(plainText(card, { locale: 'en' })).toMatchInlineSnapshot(`
      "You watch 2 eSIMs
      anna-trip · 10% or less of its data left · next check 2:45 PM UTC
      …0011 · 10% or less of its data left · next check 2:45 PM UTC · #channel"
    `);
    expect(card.menu?.options.map(({ label }) => label)).toEqual(['Stop anna-trip 10%', 'Stop …0011 10%']);
    expect(card.actions).toEqual([]);
  });

  it('say how many more there are than the table holds', () => {
    expect(plainText(cardOf(12), { locale: 'en' })).toContain('And 2 more.');
  });

  it('are taken by Slack in each form, the channel drawn by the reader’s client', async () => {
    const message = slackMessage([{ card: cardOf(2), handle: 'AAAAAAAAAAAA|0|' }], { locale: 'en' });
    const forms = [message, ...(message.plainer ?? [])];
    for (const { text, blocks } of forms) expect(breachOf({ text, blocks }, 50)).toBeUndefined();
    expect(JSON.stringify(message.blocks)).toContain('{"type":"channel","channel_id":"C0123456789"}');
    expect(JSON.stringify(message.blocks)).toMatch(/\{"type":"date","timestamp":\d+,"format":"\{time\}"/);
    // A workspace that knows neither table gets lines.
    const inBestForm = createBestForms(new ManualClock())('T1', async (cards) => cards);
    const sent = await inBestForm(message, async (form) =>
      /table/.test(JSON.stringify(form.blocks))
        ? { kind: 'closed', error: 'invalid_blocks' }
        : { kind: 'ok', form },
    );
    expect(JSON.stringify(sent)).toContain('• anna-trip · 10% or less of its data left');
  });
});
