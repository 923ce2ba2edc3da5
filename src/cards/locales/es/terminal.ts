import type { TerminalWords } from '../en/terminal.ts';

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'También: tell <ICCID> (avisar cuando se actualice), cancel <ICCID>, help, quit',
  arrived: 'Ha llegado una respuesta prometida:',
  cancelled: 'Cancelado.',
  nothingToCancel: 'Nada está esperando para esa eSIM.',
};
