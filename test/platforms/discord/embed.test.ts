import { escapeMarkdown } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { discordMessage } from '../../../src/platforms/discord/embed.ts';
import { escapeForeign, markdownLine } from '../../../src/platforms/discord/markdown.ts';
import { readCustomId } from '../../../src/platforms/discord/pen.ts';
import { anyLocale, anyReply, hostileText } from '../../support/arbitraries.ts';
import { webhookBody } from '../../support/discord/body-rules.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const now = ManualClock.START;

describe('a card as an embed', () => {
  it('is within every limit of a message, whatever the reply: alone, and ten in one message', () => {
    fc.assert(
      fc.property(
        fc.array(anyReply, { minLength: 1, maxLength: 10 }),
        fc.constantFrom('private' as const, 'public' as const),
        anyLocale,
        (replies, audience, locale) => {
          const cards = replies.map((reply, index) => ({
            card: usageCard(reply, { audience, locale, now }),
            handle: `abcdefghijkl:${index}:reply-abcdefghijklmnopqrstuv-abcdef`,
            name: '…0019',
          }));
          const parsed = webhookBody.safeParse(discordMessage(cards, ['a notice']));
          expect(parsed.error?.issues ?? []).toEqual([]);
        },
      ),
    );
  });

  it('lets no mention, link, heading, list or format out of foreign text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const drawn = escapeForeign(text);
        expect(drawn).not.toMatch(/@(everyone|here)|<[@#:t/]|https?:\/\//);
        expect(drawn.replace(/\\[^a-zA-Z0-9\s]/g, '')).not.toMatch(/[*_~`|>[\]]/);
      }),
    );
    expect(escapeForeign('# big')).not.toMatch(/^# /);
    expect(escapeForeign('- item')).not.toMatch(/^- /);
    expect(escapeForeign('[a](https://x.y)')).not.toContain('](https://');
  });

  it('lets no format out of our own words', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1 \\`*_~|.') }), (text) => {
        expect(markdownLine([`x${text}x`])).toBe(escapeMarkdown(`x${text}x`));
      }),
    );
  });

  it('draws instants in the reader’s own zone, the relative one counting by itself', () => {
    const at = Date.UTC(2026, 10, 23, 14, 20);
    const styles = (['time', 'date', 'date-time', 'relative'] as const).map((style) =>
      markdownLine([{ kind: 'instant', at, style }]),
    );
    expect(styles).toEqual(['<t:1795443600:t>', '<t:1795443600:D>', '<t:1795443600:f>', '<t:1795443600:R>']);
  });
});

describe('a custom id', () => {
  it('is read back as it was written, and nothing else is', () => {
    const written = 'esim1:refresh:abc_DEF-123:2:reply-xyz';
    expect(readCustomId(written)).toEqual({
      kind: 'refresh',
      handle: 'abc_DEF-123',
      index: 2,
      jobId: 'reply-xyz',
    });
    for (const foreign of ['esim0:refresh:a:0:', 'other', '', 'refresh:esim1'])
      expect(readCustomId(foreign)).toBeUndefined();
  });
});
