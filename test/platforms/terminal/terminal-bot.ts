import { PassThrough } from 'node:stream';
import { createTerminalPlatform, type TerminalPlatform } from '../../../src/platforms/terminal/terminal.ts';
import type { TextOptions } from '../../../src/platforms/terminal/text.ts';
import { type BotUnderTest, startBot } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { untilLater } from '../../support/passing-time.ts';

export interface TerminalBot {
  readonly bot: BotUnderTest;
  readonly clock: ManualClock;
  /** Types a line. */
  type(line: string): void;
  /** Ends the input, as a pipe does. */
  endInput(): void;
  /** All that was written. */
  output(): string;
  readonly ended: boolean;
  soon(what: string, condition: () => boolean | Promise<boolean>): Promise<unknown>;
  close(): Promise<void>;
}

/** The whole bot with a terminal whose keyboard and screen are streams. */
export async function startTerminalBot(
  changes: Partial<Pick<TextOptions, 'locale' | 'width'>> = {},
): Promise<TerminalBot> {
  const clock = new ManualClock();
  const input = new PassThrough();
  const screen = new PassThrough();
  let written = '';
  screen.on('data', (chunk: Buffer) => {
    written += chunk.toString();
  });
  let terminal: TerminalPlatform | undefined;
  const text = { colour: false, width: 200, locale: 'en', timeZone: 'UTC', ...changes };
  const bot = await startBot({
    clock,
    morePlatforms: (parts) => {
      terminal = createTerminalPlatform(parts, { input, output: screen, interactive: false, text });
      return [terminal];
    },
  });
  let ended = false;
  const conversation = terminal?.converse().finally(() => {
    ended = true;
  });
  const soon = (what: string, condition: () => boolean | Promise<boolean>) =>
    untilLater(clock, what, condition);
  return {
    bot,
    clock,
    type: (line) => input.write(`${line}\n`),
    endInput: () => input.end(),
    output: () => written,
    get ended() {
      return ended;
    },
    soon,
    async close() {
      input.end();
      await clock.during(bot.stop());
      await soon('the end of the conversation', () => ended);
      await conversation;
    },
  };
}
