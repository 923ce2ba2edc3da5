import type { Message, MessageSnapshot } from 'discord.js';
import { lines, listOf, objectOf, stringOf } from '../chat/foreign-json.ts';

/** What a message says, as plain JSON: of its own, and of those it forwards. */
export interface MessageParts {
  readonly content: string;
  /** Embed and component objects as Discord documents them. */
  readonly embeds: readonly unknown[];
  readonly components: readonly unknown[];
  readonly forwarded: readonly MessageParts[];
}

/** Beside author, fields and footer, which have words of their own inside. */
const EMBED_WORDS = ['title', 'description', 'url'] as const;
/** Text displays have `content`; sections, containers, labels and buttons hold others or name what they do. */
const COMPONENT_KEYS = [
  'content',
  'label',
  'placeholder',
  'options',
  'url',
  'description',
  'value',
  'title',
  'components',
  'component',
  'accessory',
  'items',
] as const;
/** Nested deeper there is nothing that a person can see. */
const DEEPEST = 8;

/** The parts of a message of discord.js that hold words. A forward's own text is empty: it is in its snapshots. */
export function partsOf(message: Message | MessageSnapshot): MessageParts {
  return {
    content: message.content ?? '',
    embeds: (message.embeds ?? []).map((embed) => embed.toJSON()),
    components: (message.components ?? []).map((component) => component.toJSON()),
    forwarded: [...('messageSnapshots' in message ? (message.messageSnapshots?.values() ?? []) : [])].map(
      partsOf,
    ),
  };
}

/** Every word of a message, one part a line. Pure; what is not as Discord documents it is left out. */
export function wholeText(parts: MessageParts): string {
  return lines([parts.content, carriedText(parts)]);
}

/** What stands in it beside its author's own words: embeds, components, and what is forwarded. */
export function carriedText({ embeds, components, forwarded }: MessageParts): string {
  return lines([
    ...embeds.map(embedText),
    ...components.map((component) => componentText(component, 0)),
    ...forwarded.map(wholeText),
  ]);
}

function embedText(embed: unknown): string {
  const all = objectOf(embed);
  return lines([
    stringOf(objectOf(all.provider).name),
    stringOf(objectOf(all.author).name),
    stringOf(objectOf(all.author).url),
    ...EMBED_WORDS.map((key) => stringOf(all[key])),
    ...listOf(all.fields).map((field) =>
      lines([stringOf(objectOf(field).name), stringOf(objectOf(field).value)]),
    ),
    stringOf(objectOf(all.footer).text),
  ]);
}

function componentText(part: unknown, depth: number): string {
  if (typeof part === 'string') return part;
  if (depth > DEEPEST) return '';
  if (Array.isArray(part)) return lines(part.map((one) => componentText(one, depth + 1)));
  const all = objectOf(part);
  // Only what is there: each step into nothing would be nine more.
  return lines(
    COMPONENT_KEYS.map((key) => (all[key] === undefined ? '' : componentText(all[key], depth + 1))),
  );
}
