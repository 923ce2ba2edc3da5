import { escapeMarkdown } from 'discord.js';
import type { Line, Span } from '../../cards/card.ts';
import { joinMarks, unbrokenEnds } from '../../cards/spans.ts';

/**
 * Whatever can begin a format, a heading, a list, a quote or a masked link; Discord draws an escaped sign as itself.
 */
const LIVE_SIGNS = /[\\*_~`|>[\]()#+.-]/g;
/** Breaks up what would become a mention, an emoji, a date or an address without being visible. */
const INERT = '\u200b';

/**
 * Text from outside as text: no format, heading, list, masked link, mention or address comes out of it. discord.js's
 * own `escapeMarkdown` leaves mentions, and by default headings, lists and masked links (measured).
 */
export function escapeForeign(text: string): string {
  // The invisible space takes a mention, an emoji, a date or an address apart for good.
  const inert = text.replace(/[@<#]/g, (sign) => `${sign}${INERT}`).replace(/:\/\//g, `:${INERT}//`);
  return inert.replace(LIVE_SIGNS, (sign) => `\\${sign}`);
}

/**
 * A line in Discord's Markdown; instants become stamps that each client draws (Discord's docs, Reference, Message
 * Formatting). Foreign text is made inert.
 */
export function markdownLine(line: Line): string {
  return joinMarks(line, markdownSpan);
}

/** One of these stands in whatever `escapeMarkdown` changes. */
const MARKS = /[\\`*_~|]/;

/** Our own words, which hold no mark as a rule: to look for each kind of format in them takes a tenth of a card's time. */
function escapeOwn(text: string): string {
  return MARKS.test(text) ? escapeMarkdown(text) : text;
}

/**
 * Discord draws these in the reader's zone and language; the relative one goes on counting. None has a weekday and no
 * time.
 */
const STAMPS = { time: 't', date: 'D', day: 'D', 'date-time': 'f', relative: 'R' } as const;

function markdownSpan(span: Span): string {
  if (typeof span === 'string') return unbrokenEnds(escapeOwn(span));
  switch (span.kind) {
    case 'instant':
      return `<t:${Math.floor(span.at / 1000)}:${STAMPS[span.style]}>`;
    case 'away':
      return `<t:${Math.floor(span.at / 1000)}:R>`;
    // In a code span nothing is read as a format, but a back tick would end it.
    case 'code':
      return `\`${span.text.replaceAll('`', '')}\``;
    case 'strong':
      return `**${unbrokenEnds(escapeOwn(span.text))}**`;
    case 'foreign':
      return unbrokenEnds(escapeForeign(span.text));
    case 'link':
      return `[${escapeOwn(span.text)}](${span.href})`;
    case 'channel':
      return `<#${digits(span.id)}>`;
    case 'group':
      return `<@&${digits(span.id)}>`;
    case 'person':
      return `<@${digits(span.id)}>`;
    default:
      return span satisfies never;
  }
}

/** Ids are digits; whatever else stands in one must not end the mention early. */
function digits(id: string): string {
  return id.replace(/\D/g, '');
}
