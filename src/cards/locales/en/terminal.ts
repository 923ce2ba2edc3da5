/** Words that only the terminal's prompt needs. */
export interface TerminalWords {
  readonly moreCommands: string;
  readonly arrived: string;
  readonly cancelled: string;
  readonly nothingToCancel: string;
}

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'Also: tell <ICCID> (answer when fresh), cancel <ICCID>, help, quit',
  arrived: 'A promised answer has come:',
  cancelled: 'Cancelled.',
  nothingToCancel: 'Nothing is waiting for that eSIM.',
};
