import { z } from 'zod';
import type { MessageText } from '../../inquiries/question.ts';

const loose = z.record(z.string(), z.unknown());
type Loose = z.infer<typeof loose>;

/** Slack's docs, attachments: where words of theirs stand; those of a forwarded message (`is_share`) as well. */
const ATTACHMENT_WORDS = ['pretext', 'author_name', 'title', 'text', 'footer'] as const;
/**
 * Blocks and their elements: every key under which words or further blocks stand (also `table`, `data_table`, `card`,
 * `context`).
 */
const BLOCK_KEYS = [
  'title',
  'subtitle',
  'caption',
  'label',
  'text',
  'body',
  'alt_text',
  'value',
  'url',
  'fields',
  'elements',
  'blocks',
  'rows',
  'cells',
  'accessory',
] as const;
/** In these an inline element goes on where the last one ended: a number may change its style in the middle. */
const INLINE_PARENTS = /^rich_text_(?:section|preformatted|quote)$/u;
/** What stands in the line, but is no text of it. */
const INLINE_PAUSES = new Set(['user', 'usergroup', 'channel', 'broadcast', 'date', 'team', 'color']);
/** Nested deeper there is nothing that a person can see. */
const DEEPEST = 12;
const KEYCAP = /^003([0-9])-(?:fe0f-)?20e3$/u;

/**
 * What a Slack message says: of a message event, or of a shortcut. `typed` are the author's own words, `carried` what
 * stands in attachments and forwards. Pure; what is not as Slack documents it is left out.
 */
export function messageText(message: unknown): MessageText {
  const { text, blocks, attachments } = objectOf(message);
  const written = typeof text === 'string' ? text : '';
  return {
    typed: written.trim() === '' ? blockText(blocks, 0) : written,
    carried: lines(listOf(attachments).map((one) => attachmentText(one, 0))),
  };
}

/** Every word of a message of somebody else's, for the numbers in it: a bot's text often is a summary of its blocks. */
export function wholeText(message: unknown): string {
  const { typed, carried } = messageText(message);
  return lines([typed, blockText(objectOf(message).blocks, 0), carried]);
}

function attachmentText(attachment: unknown, depth: number): string {
  const all = objectOf(attachment);
  const own = [
    ...ATTACHMENT_WORDS.map((key) => stringOf(all[key])),
    ...listOf(all.fields).map((field) =>
      lines([stringOf(objectOf(field).title), stringOf(objectOf(field).value)]),
    ),
    blockText(all.blocks, depth),
    ...listOf(all.message_blocks).map((one) => blockText(objectOf(objectOf(one).message).blocks, depth)),
    ...(depth < DEEPEST ? listOf(all.attachments).map((one) => attachmentText(one, depth + 1)) : []),
  ];
  // Made of the rest for clients that show nothing else; alone in old integrations.
  return lines([...own, stringOf(all.fallback)]);
}

function blockText(blocks: unknown, depth: number): string {
  return lines(listOf(blocks).map((block) => wordsOf(block, depth)));
}

/** Every word below a block, in the order of `BLOCK_KEYS`: a part of an unknown type is searched all the same. */
function wordsOf(part: unknown, depth: number): string {
  if (typeof part === 'string') return part;
  if (depth > DEEPEST) return '';
  if (Array.isArray(part)) return lines(part.map((one) => wordsOf(one, depth + 1)));
  const all = objectOf(part);
  if (typeof all.type === 'string' && INLINE_PARENTS.test(all.type))
    return listOf(all.elements).map(inlineText).join('');
  return lines(BLOCK_KEYS.map((key) => (all[key] === undefined ? '' : wordsOf(all[key], depth + 1))));
}

/** A part of a line. What is no text ends it, so that digits before and after a mention do not become one number. */
function inlineText(element: unknown): string {
  const { type, text, url, unicode } = objectOf(element);
  if (typeof type === 'string' && INLINE_PAUSES.has(type)) return '\n';
  // A number typed in keycap emoji is still a number.
  if (type === 'emoji') return KEYCAP.exec(stringOf(unicode))?.[1] ?? '\n';
  // A link without words of its own shows its address.
  return stringOf(text) || stringOf(url);
}

function objectOf(value: unknown): Loose {
  return loose.safeParse(value).data ?? {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function lines(texts: readonly string[]): string {
  return texts.filter((text) => text.trim() !== '').join('\n');
}
