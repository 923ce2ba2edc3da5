import type { Say } from '../say.ts';

/** Words that only the terminal's prompt needs. */
export interface TerminalWords {
  /** Below the help: what only the prompt understands. */
  readonly moreCommands: string;
  /** Above an answer that comes by itself. */
  readonly arrived: string;
  readonly cancelled: string;
  readonly nothingToCancel: string;
  /** Above an answer about a watch: what a terminal can keep of it. */
  readonly watchesHere: string;
}

/** What only the terminal says. */
export function terminalWords({ text }: Say): TerminalWords {
  return {
    moreCommands: text('terminal.moreCommands'),
    arrived: text('terminal.arrived'),
    cancelled: text('terminal.cancelled'),
    nothingToCancel: text('terminal.nothingToCancel'),
    watchesHere: text('terminal.watchesHere'),
  };
}
