import { toHTML } from 'discord-markdown';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { describe, expect, it } from 'vitest';
import type { Card, Line, Span } from '../../src/cards/card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { code, strong } from '../../src/cards/spans.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { markdownLine } from '../../src/platforms/discord/markdown.ts';
import { discordPen } from '../../src/platforms/discord/pen.ts';
import { mrkdwnLine } from '../../src/platforms/slack/mrkdwn.ts';
import { content, slackPen } from '../../src/platforms/slack/pen.ts';
import { createTelegramPen } from '../../src/platforms/telegram/pen.ts';
import { cardsIn } from '../support/card-gallery.ts';
import { cachedReply, deferredReply, freshReply, NOW } from '../support/replies.ts';
import { deskIn, homeIn, trendIn } from '../support/slack-gallery.ts';
import { readHtml } from '../support/telegram/html.ts';
import { sayings } from '../support/word-samples.ts';

/** What somebody else's reading of Slack's markup makes of a text: its marks, and the plain text in between. */
function readInSlack(text: string): { marks: number; plain: string } {
  const parts = (node: Node): Node[] => [node, ...('children' in node ? node.children.flatMap(parts) : [])];
  // Slack reads code before a colon or a semicolon; this parser knows it of bold text alone.
  const nodes = parts(parse(text.replace(/`(?=[:;])/g, '` ')));
  return {
    marks: nodes.filter(({ type }) => type === NodeType.Bold || type === NodeType.Code).length,
    plain: nodes.map((node) => (node.type === NodeType.Text ? node.text : '')).join(''),
  };
}

/** The same for Discord's. */
function readInDiscord(text: string): { marks: number; plain: string } {
  const html = toHTML(text);
  const plain = html.replace(/<code>.*?<\/code>/gs, '').replace(/<[^>]*>/g, '');
  return { marks: html.match(/<(?:strong|code)>/g)?.length ?? 0, plain };
}

/** A mark that was read as a letter: of bold, code or a struck line, or a tag. */
const STANDING = /[*`]|~~|<\/?[a-z]+>/;

/** Every text of a payload that Slack reads as markup. */
function mrkdwnIn(payload: unknown): string[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const part = new Map<string, unknown>(Object.entries(payload));
  const text = part.get('text');
  const own = part.get('type') === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  return [...own, ...[...part.values()].flatMap(mrkdwnIn)];
}

const isSpan = (part: unknown): part is Span =>
  typeof part === 'string' || (typeof part === 'object' && part !== null && 'kind' in part);
const isLine = (said: unknown): said is Line => Array.isArray(said) && said.every(isSpan);
const linesIn = (said: unknown): Line[] => {
  if (isLine(said)) return [said];
  return Array.isArray(said) ? said.flatMap(linesIn) : [];
};
const marksIn = (line: Line) =>
  line.filter((span) => typeof span !== 'string' && (span.kind === 'strong' || span.kind === 'code')).length;

describe.each(LANGUAGES)('every line and card in %s', (locale) => {
  const viewer = { audience: 'private', locale, now: NOW } as const;
  const cards = [
    helpCard(viewer, '/esim-usage'),
    ...[freshReply(), cachedReply(), deferredReply()].map((reply) => usageCard(reply, viewer)),
  ];
  const lines = [
    ...[...sayings(wordsFor(locale)).values()].flatMap(linesIn),
    ...cards.flatMap((card) => [...card.lines, ...card.freshness, ...card.facts.map(({ value }) => value)]),
  ];

  it('has its marks read as marks by Slack, and none left standing', () => {
    for (const line of lines) {
      const text = mrkdwnLine(line, { locale });
      const { marks, plain } = readInSlack(text);
      expect(marks, text).toBe(marksIn(line));
      expect(plain, text).not.toMatch(/[*`]/);
    }
  });

  it('has its marks read as marks by Discord, and none left standing', () => {
    for (const line of lines) {
      const text = markdownLine(line);
      const { marks, plain } = readInDiscord(text);
      expect(marks, text).toBe(marksIn(line));
      expect(plain, text).not.toMatch(/[*`]/);
    }
  });
});

describe.each(LANGUAGES)('every message with a card in %s', (locale) => {
  const reader = { locale, timeZone: 'UTC' };
  const messages: [string, Card[]][] = [
    ...Object.entries(cardsIn(locale)).flatMap(([name, card]): [string, Card[]][] => [
      [name, [card]],
      [`${name}, beside another`, [card, usageCard(freshReply(), { audience: 'private', locale, now: NOW })]],
    ]),
    ['What a person works with', deskIn(locale)],
    ['The trend', [trendIn(locale)]],
  ];

  it('leaves no mark standing in Slack, in each form of it', () => {
    const texts = messages.flatMap(([, cards]) => {
      const message = slackPen.message(
        cards.map((card) => ({ card })),
        reader,
      );
      return [message, ...(message.plainer ?? [])].flatMap((form) => mrkdwnIn(content(form)));
    });
    expect(texts.length).toBeGreaterThan(messages.length);
    for (const text of [...texts, ...mrkdwnIn(homeIn(locale)), ...mrkdwnIn(homeIn(locale, false))])
      expect(readInSlack(text).plain, text).not.toMatch(STANDING);
  });

  it('leaves none in Discord', () => {
    for (const [name, cards] of messages) {
      const { embeds } = discordPen.message(
        cards.map((card) => ({ card })),
        reader,
      );
      for (const { title = '', description = '', fields = [] } of embeds) {
        const texts = [
          title,
          ...description.split('\n'),
          ...fields.flatMap((field) => [field.name, field.value]),
        ];
        for (const text of texts)
          expect(readInDiscord(text.replace(/^-# /, '')).plain, `${name}: ${text}`).not.toMatch(STANDING);
      }
    }
  });

  it('leaves none in Telegram, which takes it as it is', () => {
    const pen = createTelegramPen(() => 'Maria');
    for (const [name, cards] of messages) {
      const { html } = pen.message(
        cards.map((card) => ({ card })),
        reader,
      );
      const read = readHtml(html);
      expect(read, name).not.toHaveProperty('problem');
      expect('text' in read ? read.text : '', name).not.toMatch(STANDING);
    }
  });
});

describe('a mark', () => {
  const said = (line: Line) => [mrkdwnLine(line, { locale: 'en' }), markdownLine(line)];

  it('has its outer blanks outside', () => {
    expect(said([strong('Ask: '), code(' 89 ')])).toEqual(['*Ask:*  `89` ', '**Ask:**  `89` ']);
  });

  it('is parted by a blank from a letter beside it, and from another mark', () => {
    expect(said(['の', code('ends'), 'を', strong('a'), strong('b')])).toEqual([
      'の `ends` を *a* *b*',
      'の `ends` を **a** **b**',
    ]);
  });

  it('stands directly beside a sign', () => {
    expect(said(['(', code('ends'), '), ', strong('a'), '.'])).toEqual([
      '(`ends`), *a*.',
      '(`ends`), **a**.',
    ]);
  });
});
