import type { TerminalWords } from '../en/terminal.ts';

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'Außerdem: tell <ICCID> (Antwort bei neuem Stand), cancel <ICCID>, help, quit',
  arrived: 'Eine zugesagte Antwort ist da:',
  cancelled: 'Abgebrochen.',
  nothingToCancel: 'Für diese eSIM wartet nichts.',
};
