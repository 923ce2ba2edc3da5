import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/cards/languages.ts';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { slackMessage } from '../../../src/platforms/slack/block-kit.ts';
import { homeBlocks } from '../../../src/platforms/slack/home.ts';
import { escapeMrkdwn, mrkdwnLine } from '../../../src/platforms/slack/mrkdwn.ts';
import { anyLocale, anyReply, hostileText, toIccid } from '../../support/arbitraries.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { breachOf } from '../../support/slack/rules.ts';

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
  it.each(LANGUAGES)(
    'is within the limits of a view in %s, with fifteen promises and ten lookups, and never empty',
    (locale) => {
      const pending = Array.from({ length: 15 }, (_, index) => ({
        jobId: `reply-${index}`,
        iccid: OTHER,
        answerAt: now + index * 60_000,
        address: { platform: 'slack', asker: 'a', messageKey: `slack:${index}`, routes: {} } as const,
      }));
      const recent = Array.from({ length: 10 }, () => ({ iccidMasked: '…0019', outcome: 'fresh', at: now }));
      const reader = { teamId: 'T1', userId: 'U1', locale };
      expect(
        breachOf({ blocks: homeBlocks({ pending: [], recent: [], healthy: false }, reader, now) }, 100),
      ).toBeUndefined();
      expect(homeBlocks({ pending: [], recent: [], healthy: false }, reader, now).length).toBeGreaterThan(6);
      const full = homeBlocks({ pending, recent, healthy: true }, reader, now);
      expect(breachOf({ blocks: full }, 100)).toBeUndefined();
      expect(JSON.stringify(full)).not.toContain(OTHER);
      expect(JSON.stringify(full).match(/esim-home-cancel/g)).toHaveLength(15);
    },
  );

  it('tells how each lookup ended, also one that a later version wrote', () => {
    const recent = ['cached', 'something-new'].map((outcome) => ({ iccidMasked: '…0019', outcome, at: now }));
    const shown = JSON.stringify(
      homeBlocks({ pending: [], recent, healthy: true }, { teamId: 'T1', userId: 'U1', locale: 'en' }, now),
    );
    expect(shown).toContain('eSIM …0019, last figure shown');
    expect(shown).toContain('eSIM …0019, not answered');
  });
});
