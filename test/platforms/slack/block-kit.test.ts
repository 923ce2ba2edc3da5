import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/cards/languages.ts';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { watchListCard } from '../../../src/cards/watch-card.ts';
import { slackMessage } from '../../../src/platforms/slack/block-kit.ts';
import { askForm, helpModal, homeBlocks } from '../../../src/platforms/slack/home-view.ts';
import { escapeMrkdwn, mrkdwnLine } from '../../../src/platforms/slack/mrkdwn.ts';
import { anyLocale, anyReply, hostileText, toIccid } from '../../support/arbitraries.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { cachedReply } from '../../support/replies.ts';
import { breachOf, modalBreachOf } from '../../support/slack/rules.ts';

const now = ManualClock.START;
const OTHER = toIccid('8910000000001000035');
const options = { locale: 'en', timeZone: 'Europe/Berlin' };

describe('a card in Block Kit', () => {
  it('is within every limit of a message, whatever the reply: alone, and ten in one message', () => {
    fc.assert(
      fc.property(
        fc.array(anyReply, { minLength: 1, maxLength: 10 }),
        fc.constantFrom('private', 'public'),
        anyLocale,
        (replies, audience, locale) => {
          const cards = replies.map((reply) => ({
            card: usageCard(reply, { audience, locale, now }),
            handle: 'abcdefghijkl|0|reply-abcdefghijklmnopqrstuv',
          }));
          const message = slackMessage(cards, { ...options, locale }, ['a notice']);
          expect(breachOf(message, 50)).toBeUndefined();
          expect(message.text).not.toBe('');
        },
      ),
    );
  });

  it('says in its plain text what its blocks say, for notifications and screen readers', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const card = usageCard(reply, { audience: 'private', locale: 'en', now });
        const { text } = slackMessage([{ card }], options);
        expect(text).toContain(escapeMrkdwn(card.title));
      }),
    );
  });

  it('lets foreign text be text: no mention, no link, no format', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const drawn = mrkdwnLine([{ kind: 'foreign', text }], options);
        expect(drawn).not.toMatch(/[<>]/);
        expect(drawn).not.toMatch(/(?<!\u200b)[*_~`]/);
      }),
    );
    const drawn = mrkdwnLine([{ kind: 'foreign', text: '<!channel> *x* <@U1> <https://x|y>' }], options);
    expect(drawn).toContain('&lt;!channel&gt;');
  });

  it('gives dates as tokens that each reader sees in the own zone, with a fallback', () => {
    const line = mrkdwnLine(['at ', { kind: 'instant', at: now, style: 'date-time' }], options);
    expect(line).toMatch(
      /^at <!date\^1795442400\^\{date_short_pretty\} \{time\}\|.*15:00.*>$|^at <!date\^1795442400\^.*>$/,
    );
  });
});

describe('App Home', () => {
  const readerIn = (locale: string) => ({ teamId: 'T1', userId: 'U1', locale });
  const nothing = { pending: [], recent: [], note: '', healthy: true };

  it.each(LANGUAGES)(
    'is within the limits of a view in %s, with all it can hold, and never empty',
    (locale) => {
      const pending = Array.from({ length: 15 }, (_, index) => ({
        jobId: `reply-${index}`,
        iccid: OTHER,
        answerAt: now + index * 60_000,
        address: { platform: 'slack', asker: 'a', messageKey: `slack:${index}`, routes: {} } as const,
      }));
      const recent = Array.from({ length: 10 }, () => ({
        iccid: OTHER,
        name: 'anna-trip',
        reply: cachedReply(),
      }));
      const viewer = { audience: 'private', locale, now } as const;
      const watched = Array.from({ length: 10 }, (_, index) => ({
        id: `watch-${index}`,
        iccid: OTHER,
        condition: '25' as const,
        nextLookAt: now,
      }));
      const watches = watchListCard(watched, viewer);
      const empty = homeBlocks({ ...nothing, healthy: false }, readerIn(locale), now);
      expect(breachOf({ blocks: empty }, 100)).toBeUndefined();
      expect(empty.length).toBeGreaterThan(3);
      const full = homeBlocks({ ...nothing, pending, recent, note: 'note', watches }, readerIn(locale), now);
      expect(breachOf({ blocks: full }, 100)).toBeUndefined();
      const drawn = JSON.stringify(full);
      expect(drawn.match(/esim-home-cancel/g)).toHaveLength(15);
      expect(drawn.match(/esim-home-watches/g)).toHaveLength(10);
      expect(drawn.match(/esim-home-check/g)).toHaveLength(10);
      for (const form of [askForm(locale, 'D1'), helpModal(readerIn(locale), now)])
        expect(modalBreachOf(form)).toBeUndefined();
    },
  );

  it('shows of each eSIM asked about the figure and its age, and its number masked', () => {
    const recent = [{ iccid: OTHER, name: 'anna-trip', reply: cachedReply() }];
    const shown = JSON.stringify(homeBlocks({ ...nothing, recent }, readerIn('en'), now));
    expect(shown).toMatch(/🟢 \*1\.3\sGB left of 5\sGB \(26%\)\*\\nanna-trip · Checked /);
    expect(shown).not.toContain(OTHER);
  });

  it('says how many answers on their way it cannot read instead of hiding them', () => {
    const shown = JSON.stringify(homeBlocks({ ...nothing, unreadable: 2 }, readerIn('en'), now));
    expect(shown).toContain('2 answers on their way');
    expect(shown).toContain('2 answers on the way can’t be read right now.');
  });

  it('says how the bot is only where something is wrong, and nothing of what there is none of', () => {
    const shown = (healthy: boolean) =>
      JSON.stringify(homeBlocks({ ...nothing, healthy }, readerIn('en'), now));
    expect(shown(true)).not.toMatch(/wrong|works|on their way|watch/i);
    expect(shown(false)).toContain('Something is wrong, and answers may come late');
  });
});
