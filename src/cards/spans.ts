import { maskIccidsIn } from '../domain/iccid.ts';
import type { Line, Span, Viewer } from './card.ts';
import { CARD_LIMITS, FOREIGN_LIMITS, MAX_NAMED } from './limits.ts';

/** How precisely an instant is told. */
export type InstantStyle = Extract<Span, { kind: 'instant' }>['style'];

/** Within this distance of now a time of day, or a relative time, cannot be mistaken for another day's. */
const NEAR_MS = 12 * 60 * 60 * 1000;

/** An instant (epoch ms) that each reader sees in the own zone. */
export const instant = (at: number, style: InstantStyle): Span => ({ kind: 'instant', at, style });
/** How far off `at` is, as `text`. */
export const away = (at: number, text: string): Span => ({ kind: 'away', at, text });
/** Text to be copied: an ICCID, a command. */
export const code = (text: string): Span => ({ kind: 'code', text });
/** Text that carries the sentence. */
export const strong = (text: string): Span => ({ kind: 'strong', text });

/** `near` while the instant is close enough for it, with the date otherwise. `now` and `at` in epoch ms. */
export function instantFrom(now: number, at: number, near: 'time' | 'relative'): Span {
  return instant(at, Math.abs(at - now) < NEAR_MS ? near : 'date-time');
}

/**
 * Text from outside as one short line: control characters, line breaks and direction marks removed, cut to the limit
 * of that name in `FOREIGN_LIMITS`, and with every ICCID masked where others can read it. Blank text becomes a dash.
 */
export function foreign(
  text: string,
  limit: keyof typeof FOREIGN_LIMITS,
  audience: Viewer['audience'],
): Span {
  const line = withWholeSizes(oneLine(text));
  const shown = audience === 'public' ? maskIccidsIn(line) : line;
  // Chats refuse a blank field.
  return { kind: 'foreign', text: clip(shown, FOREIGN_LIMITS[limit]) || '–' };
}

/** `5 GB` in the name of a package stays on one line, as our own amounts do (`unbroken`). */
export const withWholeSizes = (text: string): string => text.replace(/(?<=\d) (?=[KMGT]B\b)/g, '\u00a0');

/** Foreign text to be copied, as one line; longer than three hundred characters it is cut. */
export function copyable(text: string): Span {
  return code(clip(oneLine(text), FOREIGN_LIMITS.copied));
}

const MAX_COPYABLE = 20;
/** Several of them in one line, as many as a person reads; what is more is counted. */
export function copyables(texts: readonly string[]): Span[] {
  const more = texts.length - MAX_COPYABLE;
  const shown = texts.slice(0, MAX_COPYABLE).flatMap((text): Span[] => [', ', copyable(text)]);
  return [...shown.slice(1), ...(more > 0 ? [`, … (+${more})`] : [])];
}

/** Slack takes 3000 characters in a section, and the line has other words as well. */
const MAX_HREF = 1_000;
/** Would end a link, or the text of one, in one of the chats. */
const LINK_SIGNS = /[|<>()[\]`\\"'\s]/g;

/**
 * A link to an https address that comes from outside; for any other address the text alone: also for one with a user
 * name in it, which would look like another host.
 */
export function link(text: string, href: string): Span {
  if (!URL.canParse(href)) return text;
  const url = new URL(href);
  const inert = url.href.replace(LINK_SIGNS, (sign) => `%${(sign.codePointAt(0) ?? 0).toString(16)}`);
  const usable = url.protocol === 'https:' && url.username === '' && inert.length <= MAX_HREF;
  return usable ? { kind: 'link', text, href: inert } : text;
}

/** A channel, group or person of the platform by id; drawn as a mention, it alerts nobody. */
export function mention(kind: 'channel' | 'group' | 'person', id: string): Span {
  return { kind, id: clip(oneLine(id), FOREIGN_LIMITS.id) };
}

/** Each a mention, with `others` in place of those beyond a few. */
export function mentions(kind: 'channel' | 'group', ids: readonly string[], others: string): Line[] {
  const shown = ids.slice(0, MAX_NAMED).map((id): Line => [mention(kind, id)]);
  return ids.length > MAX_NAMED ? [...shown, [others]] : shown;
}

/**
 * Cut at a character, with an ellipsis in place of the rest: never between the halves of an emoji. `limit` in UTF-16
 * units.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

/** How much room a line takes; instants and mentions are counted as `CARD_LIMITS.drawnSpan`. */
export function lineLength(line: Line): number {
  return line.reduce((sum, span) => sum + spanLength(span), 0);
}

function spanLength(span: Span): number {
  if (typeof span === 'string') return span.length;
  if (!('text' in span)) return CARD_LIMITS.drawnSpan;
  return span.text.length + ('href' in span ? span.href.length : 0);
}

/**
 * The end of a number keeps its ellipsis: between the two a client may break the line (Unicode, UAX 14, LB 22), unless
 * a word joiner stands there. For text that is drawn; what is copied from it is read without (`readSought`).
 */
export const unbrokenEnds = (text: string): string => text.replace(/…(?=\d{4}(?!\d))/g, '…\u2060');

/** What there is, parted by middle dots: `Checked 8:00 · next check 8:16`. */
export function dotted(parts: readonly Line[]): Line {
  return parts.flatMap((part, index) => (index === 0 ? part : [' · ', ...part]));
}

/** One line of what can be seen: nothing in it moves a cursor, hides a sign or turns the direction. */
function oneLine(text: string): string {
  // Bounded first: nobody needs a novel normalised, and the cut comes anyway.
  return text
    .slice(0, 2_000)
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim();
}

/**
 * Slack reads a mark only beside blanks, line ends and ASCII signs; a letter or a full-width sign beside it leaves it
 * standing.
 */
const GLUED = /[^\s!-/:-@[-`{-~]/u;

/**
 * A line in a chat's markup, each span drawn by `draw`. Blanks at the ends of a strong text or of code are put
 * outside of its marks, where a chat would not read the mark (`*Ask: *`), and a blank parts a mark from what it would
 * be glued to.
 */
export function joinMarks(line: Line, draw: (span: Span) => string): string {
  let drawn = '';
  let marked = false;
  for (const span of line.flatMap(withoutOuterBlanks)) {
    const text = draw(span);
    if (text === '') continue;
    const isMark = isMarked(span);
    if ((isMark && GLUED.test(drawn.slice(-1))) || (marked && GLUED.test(text.slice(0, 1)))) drawn += ' ';
    // Two marks side by side are read as one.
    else if (isMark && marked && drawn !== '') drawn += ' ';
    drawn += text;
    marked = isMark;
  }
  return drawn;
}

const isMarked = (span: Span): span is Extract<Span, { kind: 'strong' | 'code' }> =>
  typeof span !== 'string' && (span.kind === 'strong' || span.kind === 'code');

function withoutOuterBlanks(span: Span): Line {
  if (!isMarked(span)) return [span];
  const text = span.text.trim();
  if (text === '') return [span.text];
  const [before = '', after = ''] = span.text.split(text, 2);
  return [before, { ...span, text }, after].filter((part) => part !== '');
}
