import type { Line, Span } from '../../cards/card.ts';
import { type PlainTextOptions, plainLine } from '../../cards/plain-text.ts';
import { joinMarks, unbrokenEnds } from '../../cards/spans.ts';

/**
 * `&`, `<` and `>` are all that Slack's markup begins with: escaped, no mention, link or date can be made of a text.
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A zero-width space keeps `*_~` and back ticks from being read as a format. */
const INERT = '\u200b';

/**
 * A line in Slack's mrkdwn; instants become `<!date^…>` tokens with a fallback in the reader's zone (Slack's docs,
 * Formatting text for app surfaces). Foreign text is made inert. Not for `plain_text`, where nothing of it is read.
 */
export function mrkdwnLine(line: Line, options: PlainTextOptions): string {
  return joinMarks(line, (span) => mrkdwnSpan(span, options));
}

function mrkdwnSpan(span: Span, options: PlainTextOptions): string {
  if (typeof span === 'string') return unbrokenEnds(escapeMrkdwn(span));
  switch (span.kind) {
    case 'instant':
      return dateToken(span, options);
    // Slack's tokens do not count.
    case 'away':
      return escapeMrkdwn(span.text);
    // In a code span nothing is read as a format, but a back tick would end it.
    case 'code':
      return `\`${escapeMrkdwn(span.text).replaceAll('`', '')}\``;
    case 'strong':
      return `*${unbrokenEnds(escapeMrkdwn(span.text)).replaceAll('*', '')}*`;
    case 'foreign':
      return unbrokenEnds(escapeMrkdwn(span.text)).replace(/[*_~`]/g, `${INERT}$&${INERT}`);
    case 'link':
      return `<${escapeMrkdwn(span.href)}|${escapeMrkdwn(span.text).replaceAll('|', ' ')}>`;
    case 'channel':
      return `<#${safeId(span.id)}>`;
    case 'group':
      return `<!subteam^${safeId(span.id)}>`;
    case 'person':
      return `<@${safeId(span.id)}>`;
    default:
      return span satisfies never;
  }
}

/** Slack's own tokens for the styles of an instant; each is drawn in the reader's zone and clock. */
export const DATE_FORMS = {
  time: '{time}',
  // Slack has no relative form that goes on counting.
  relative: '{time}',
  date: '{date_short_pretty}',
  day: '{date_long_pretty}',
  'date-time': '{date_short_pretty} {time}',
} as const;

/** Drawn in the reader's zone; the fallback is for clients that cannot. */
function dateToken(span: Extract<Span, { kind: 'instant' }>, options: PlainTextOptions): string {
  const fallback = escapeMrkdwn(plainLine([span], options)).replaceAll('|', ' ');
  return `<!date^${Math.floor(span.at / 1000)}^${DATE_FORMS[span.style]}|${fallback}>`;
}

/** Ids come from the settings and from Slack; whatever else stands in one must not end the token early. */
function safeId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, '');
}
