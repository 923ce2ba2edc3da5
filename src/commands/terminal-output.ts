import { usageCard } from '../cards/usage-card.ts';
import { renderText, type TextOptions } from '../platforms/terminal/text.ts';
import type { Reply } from '../usage/reply.ts';

/** Columns. Wider lines are harder to read, however wide the window is. */
const WIDEST = 76;

/**
 * How cards look on this terminal: its width, colour only where it is one, the person's own locale
 * and zone. `NO_COLOR` is heeded (no-color.org).
 */
export function terminalText(): TextOptions {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const width = Math.min(process.stdout.columns ?? WIDEST, WIDEST);
  return { colour: process.stdout.isTTY && !process.env.NO_COLOR, width, locale, timeZone };
}

/** Writes the card of a reply to standard output. */
export function printReply(reply: Reply, text: TextOptions, now: number): void {
  const card = usageCard(reply, { audience: 'private', locale: text.locale, now });
  process.stdout.write(`${renderText(card, text)}\n`);
}

/** Writes `line` in the place of the last one of a terminal. */
export function rewriteLine(output: NodeJS.WriteStream, line: string): void {
  output.write(`\r\u001b[K${line}`);
}
