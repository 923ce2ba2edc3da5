import { toHTML } from 'discord-markdown';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { describe, expect, it } from 'vitest';
import type { Line, Span } from '../../src/cards/card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { code, strong } from '../../src/cards/spans.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { wordsFor } from '../../src/cards/words.ts';
import { markdownLine } from '../../src/platforms/discord/markdown.ts';
import { mrkdwnLine } from '../../src/platforms/slack/mrkdwn.ts';
import { cachedReply, deferredReply, freshReply, NOW } from '../support/replies.ts';
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
