import { parser } from 'discord-markdown';
import { type Node, NodeType, parse } from 'slack-message-parser';
import { NOW } from '../../support/replies.ts';
import { type Part, run, type Style } from './tree.ts';

/** How a service draws what is marked. */
export interface Ink {
  readonly code: Style;
  readonly link: Style;
  readonly mention: Style;
}

const BOLD: Style = { fontWeight: 700 };

/** Slack's mrkdwn as its parser of other people reads it; an instant as the words that stand in for it. */
export function slackText(text: string, ink: Ink): Part[] {
  // Slack reads code before a colon or a semicolon; this parser knows it of bold text alone.
  return text
    .split('\n')
    .flatMap((line, index) => [
      ...(index === 0 ? [] : ['\n']),
      ...slackParts(parse(line.replace(/`(?=[:;])/g, '` \u200B')), ink),
    ]);
}

function slackParts(node: Node, ink: Ink): Part[] {
  const inner = 'children' in node ? node.children.flatMap((child) => slackParts(child, ink)) : [];
  switch (node.type) {
    case NodeType.Text:
      return [plainEntities(node.text).replaceAll(' \u200B', '')];
    case NodeType.Bold:
      return [run(BOLD, ...inner)];
    case NodeType.Code:
      return [run(ink.code, plainEntities(node.text))];
    case NodeType.URL:
      return [
        run(ink.link, ...(node.label ? node.label.flatMap((child) => slackParts(child, ink)) : [node.url])),
      ];
    case NodeType.ChannelLink:
      return [run(ink.mention, `#${node.channelID}`)];
    case NodeType.UserLink:
      return [run(ink.mention, `@${node.userID}`)];
    case NodeType.Command:
      return node.label ? node.label.flatMap((child) => slackParts(child, ink)) : [];
    default:
      return inner.length > 0 ? inner : [node.source];
  }
}

function plainEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Discord's markdown as its parser of other people reads it; instants as its client writes them. */
export function discordText(text: string, ink: Ink, locale: string): Part[] {
  // The parser reads `[label](address)` in embeds alone, which it offers no typed way to.
  return withInstants(text, locale)
    .split(/(\[[^\]]+\]\([^)\s]+\))/)
    .flatMap((part) => {
      const label = /^\[([^\]]+)\]\(/.exec(part)?.[1];
      return label === undefined
        ? discordNodes(parser(part), ink)
        : [run(ink.link, ...discordNodes(parser(label), ink))];
    });
}

function discordNodes(nodes: unknown, ink: Ink): Part[] {
  if (!Array.isArray(nodes)) return typeof nodes === 'string' ? [nodes] : [];
  return nodes.flatMap((node: unknown) => discordPart(new Map(Object.entries(Object(node))), ink));
}

function discordPart(node: ReadonlyMap<string, unknown>, ink: Ink): Part[] {
  const content = node.get('content');
  const inner = discordNodes(content, ink);
  switch (node.get('type')) {
    case 'strong':
      return [run(BOLD, ...inner)];
    case 'inlineCode':
      return [run(ink.code, ...inner)];
    case 'url':
    case 'link':
    case 'autolink':
      return [run(ink.link, ...inner)];
    case 'discordUser':
      return [run(ink.mention, `@${String(node.get('id'))}`)];
    case 'discordChannel':
      return [run(ink.mention, `#${String(node.get('id'))}`)];
    case 'br':
      return ['\n'];
    default:
      return inner;
  }
}

/** `<t:…:R>` and its like, in UTC, read at the moment at which the samples are. */
function withInstants(text: string, locale: string): string {
  return text.replace(/<t:(\d+):([tTdDfFR])>/g, (_, seconds: string, form: string) =>
    instantText(Number(seconds) * 1_000, form, locale).replaceAll('\u202F', ' '),
  );
}

function instantText(at: number, form: string, locale: string): string {
  if (form === 'R') return relative(at - NOW, locale);
  const date = { t: undefined, T: undefined, d: 'short', D: 'long', f: 'long', F: 'full' } as const;
  const time = { t: 'short', T: 'medium', d: undefined, D: undefined, f: 'short', F: 'short' } as const;
  const known = (['t', 'T', 'd', 'D', 'f', 'F'] as const).find((one) => one === form) ?? 'f';
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    ...(date[known] ? { dateStyle: date[known] } : {}),
    ...(time[known] ? { timeStyle: time[known] } : {}),
  }).format(at);
}

function relative(ms: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return words.format(0, 'second');
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return Math.abs(hours) < 24 ? words.format(hours, 'hour') : words.format(Math.round(hours / 24), 'day');
}
