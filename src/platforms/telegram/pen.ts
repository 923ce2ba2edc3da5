import type { InlineKeyboardButton } from 'grammy/types';
import type { Action, Card, Line, Span } from '../../cards/card.ts';
import { compactCard } from '../../cards/compact-card.ts';
import { plainLine, rowLines, rowMark } from '../../cards/plain-text.ts';
import { SIGNS } from '../../cards/signs.ts';
import { unbrokenEnds } from '../../cards/spans.ts';
import { onButton, pressName } from '../chat/card-press.ts';
import type { CardHandle, HandledCard, Pen, Reader } from '../chat/seam.ts';

/** A message in Telegram's HTML, with its buttons below it. */
export interface TelegramMessage {
  readonly html: string;
  /** Rows of buttons, from the top; none without buttons. */
  readonly keyboard: InlineKeyboardButton[][];
}

/**
 * Telegram's documented limits: characters of a message once its entities are read, bytes of what a button carries,
 * characters of the box beside a press.
 */
export const TELEGRAM_LIMITS = { text: 4_096, callbackData: 64, toast: 200 } as const;
/** eSIMs in one message: as many compact cards as are surely within its length. */
export const MAX_ICCIDS = 5;
/** Two labels of up to thirty characters stand side by side on a phone. */
const BUTTONS_IN_ROW = 2;
/**
 * Takes a mention, a command, a hashtag or an address apart without being visible: Telegram makes them live by
 * itself.
 */
const INERT = '\u200b';

/**
 * How Telegram is written (Telegram's docs, Formatting options, HTML style). `nameOf`: what is known of a person's
 * name; a mention needs one, else the bare id is drawn.
 */
export function createTelegramPen(nameOf: (userId: string) => string | undefined): Pen<TelegramMessage> {
  return {
    message(cards, reader, notice) {
      const several = cards.length > 1;
      const shown = cards.map((one) =>
        several ? { ...one, card: compactCard(one.card, cards.length) } : one,
      );
      const blocks = shown.map(({ card }) => cardBlocks(card, reader));
      const above = notice ? [htmlLine(notice, reader)] : [];
      return {
        html: fitted([...above, ...blocks.flat()]),
        keyboard: rowsOf(shown.flatMap((one) => buttonsOf(one, several))),
      };
    },
    notice: (lines, reader) => ({ html: fitted(lines.map((line) => htmlLine(line, reader))), keyboard: [] }),
    offer: (line, label, note, reader) => ({
      html: htmlLine(line, reader),
      keyboard: [[{ text: label, callback_data: `show:${written({ note, index: 0, jobId: '' })}` }]],
    }),
  };

  function cardBlocks(card: Card, reader: Reader): string[] {
    const meters = card.meters.map(({ label, bar, text }) =>
      [
        ...(label === undefined ? [] : [`<b>${escapeHtml(label)}</b>`]),
        `<code>${bar}</code>`,
        ...(text === undefined ? [] : [escapeHtml(text)]),
      ].join('  '),
    );
    // Telegram has no table: a line each.
    const rows = (card.table ? rowLines(card.table) : []).map(
      (line, row) => `${rowMark(card.table?.rows[row])}${htmlLine(line, reader)}`,
    );
    const facts = card.facts.map(({ label, value }) => `${escapeHtml(label)}: ${htmlLine(value, reader)}`);
    const paragraphs = [
      [`${SIGNS[card.tone]} <b>${unbrokenEnds(escapeHtml(card.title))}</b>`, ...meters],
      card.lines.map((line) => htmlLine(line, reader)),
      rows,
      facts,
      // What its menu asks stands above the buttons that answer it.
      card.menu?.kind === 'choice' ? [escapeHtml(card.menu.label)] : [],
      card.freshness.map((line) => htmlLine(line, reader)),
    ];
    return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  }

  function htmlLine(line: Line, reader: Reader): string {
    return line.map((span) => htmlSpan(span, reader)).join('');
  }

  function htmlSpan(span: Span, reader: Reader): string {
    if (typeof span === 'string') return unbrokenEnds(escapeHtml(span));
    switch (span.kind) {
      // Telegram draws no instant itself: told with its zone, in UTC where the reader's is not known.
      case 'instant':
      case 'away':
        return escapeHtml(plainLine([span], reader));
      case 'code':
        return `<code>${escapeHtml(span.text)}</code>`;
      case 'strong':
        return `<b>${unbrokenEnds(escapeHtml(span.text))}</b>`;
      case 'foreign':
        return unbrokenEnds(escapeForeign(span.text));
      case 'link':
        return `<a href="${escapeHtml(span.href)}">${escapeHtml(span.text)}</a>`;
      case 'channel':
      case 'group':
        return `<code>${escapeHtml(span.id)}</code>`;
      case 'person': {
        const id = span.id.replace(/\D/g, '');
        return `<a href="tg://user?id=${id}">${escapeHtml(nameOf(id) ?? id)}</a>`;
      }
      default:
        return span satisfies never;
    }
  }
}

/** Telegram's docs, HTML style: these signs begin all there is. The quote ends an attribute. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text from outside as text: no format, mention, command, hashtag or address comes out of it. */
export function escapeForeign(text: string): string {
  const inert = text.replace(/[@#$/]/g, (sign) => `${sign}${INERT}`).replace(/\.(?=\p{L})/gu, `.${INERT}`);
  return escapeHtml(inert);
}

/** As it is read, without its marks: for what Telegram shows without a format. */
export function plainOf({ html }: Pick<TelegramMessage, 'html'>): string {
  return html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Whole paragraphs, as many as Telegram takes: cut within one, a mark would stay open. */
function fitted(blocks: readonly string[]): string {
  let html = '';
  for (const block of blocks) {
    const longer = html === '' ? block : `${html}\n\n${block}`;
    if (plainOf({ html: longer }).length > TELEGRAM_LIMITS.text) break;
    html = longer;
  }
  // Telegram refuses an empty message.
  return html === '' ? '…' : html;
}

function buttonsOf({ card, handle, name }: HandledCard, several: boolean): InlineKeyboardButton[] {
  if (!handle) return [];
  // There are no menus: each of their options is a button, after the others.
  return [...card.actions, ...(card.menu?.options ?? [])].flatMap((action) => {
    const data = `${shortName(action)}:${written(handleOf(action, handle))}`;
    // Refused with its whole message otherwise.
    if (Buffer.byteLength(data) > TELEGRAM_LIMITS.callbackData) return [];
    return [{ text: several && name ? `${action.label} ${name}` : action.label, callback_data: data }];
  });
}

/** `ask-packages` as `?packages`: of the 64 bytes every one counts. */
function shortName(action: Action): string {
  return pressName(action).replace(/^ask-/, '?');
}

/** The promise only where it is needed; a question has its own words in that place. */
function handleOf(action: Action, handle: CardHandle): CardHandle {
  if (action.kind === 'ask')
    return { ...handle, index: action.about ?? handle.index, jobId: onButton(action.words ?? '') };
  return action.kind === 'cancel' ? handle : { ...handle, jobId: '' };
}

function written({ note, index, jobId }: CardHandle): string {
  return `${note}:${index}:${jobId}`;
}

/** What a button says it is; `unknown` for one of an older form. Undoes `shortName` and `written`. */
export function readButton(data: string) {
  const [kind = '', handle = '', index = '0', jobId = ''] = data.split(':');
  return {
    kind: handle === '' ? 'unknown' : kind.replace(/^\?/, 'ask-'),
    handle,
    index: Number(index),
    jobId,
  };
}

function rowsOf(buttons: readonly InlineKeyboardButton[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  for (let start = 0; start < buttons.length; start += BUTTONS_IN_ROW)
    rows.push(buttons.slice(start, start + BUTTONS_IN_ROW));
  return rows;
}
