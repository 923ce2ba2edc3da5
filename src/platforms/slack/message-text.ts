import type { MessageText } from '../../inquiries/question.ts';
import { lines, listOf, objectOf, stringOf } from '../chat/foreign-json.ts';

/** Slack's docs, attachments: where words of theirs stand; those of a forwarded message (`is_share`) as well. */
const ATTACHMENT_WORDS = [
  'pretext',
  'author_name',
  'title',
  'title_link',
  'text',
  'footer',
  'from_url',
] as const;
/** Slack's docs, file object: a mail that Slack has taken in is a file, whose words nobody typed into the message. */
const MAIL_WORDS = ['subject', 'title', 'plain_text', 'preview_plain_text', 'preview'] as const;
/**
 * What a block or an element says of itself that nobody reads. All else may be words: new kinds of blocks come
 * without a notice.
 */
const UNREAD = /(?:^|_)(?:id|ids|type|types|ts|color|style|unicode|size|url_private|image_url|thumb_url)$/u;
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
  const { text, blocks, attachments, files } = objectOf(message);
  const written = typeof text === 'string' ? text : '';
  return {
    typed: written.trim() === '' ? blockText(blocks, 0) : written,
    carried: lines([
      ...listOf(attachments).map((one) => attachmentText(one, 0)),
      ...listOf(files).map(mailText),
    ]),
  };
}

/** Whether a file is a mail, which is read as words. */
export function isMail(file: unknown): boolean {
  const { mode, filetype } = objectOf(file);
  return mode === 'email' || filetype === 'email';
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
    blockText(all.actions, depth),
    blockText(all.blocks, depth),
    ...(depth < DEEPEST
      ? [
          ...listOf(all.message_blocks).map((one) => forwardText(objectOf(one).message, depth + 1)),
          ...listOf(all.attachments).map((one) => attachmentText(one, depth + 1)),
        ]
      : []),
    ...listOf(all.files).map(mailText),
  ];
  // Made of the rest for clients that show nothing else; alone in old integrations.
  return lines([...own, stringOf(all.fallback)]);
}

/** A message within an attachment. */
function forwardText(message: unknown, depth: number): string {
  const { text, blocks, attachments } = objectOf(message);
  return lines([
    stringOf(text),
    blockText(blocks, depth),
    ...listOf(attachments).map((one) => attachmentText(one, depth)),
  ]);
}

function mailText(file: unknown): string {
  const all = objectOf(file);
  return isMail(file) ? lines(MAIL_WORDS.map((key) => stringOf(all[key]))) : '';
}

function blockText(blocks: unknown, depth: number): string {
  return lines(listOf(blocks).map((block) => wordsOf(block, depth)));
}

/** Every word below a block: a part of an unknown type is searched all the same, but for what `UNREAD` names. */
function wordsOf(part: unknown, depth: number): string {
  if (typeof part === 'string') return part;
  if (depth > DEEPEST) return '';
  if (Array.isArray(part)) return lines(part.map((one) => wordsOf(one, depth + 1)));
  const all = objectOf(part);
  if (typeof all.type === 'string' && INLINE_PARENTS.test(all.type))
    return listOf(all.elements).map(inlineText).join('');
  return lines(
    Object.entries(all).map(([key, value]) => (UNREAD.test(key) ? '' : wordsOf(value, depth + 1))),
  );
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
