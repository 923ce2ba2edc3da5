import type { TerminalWords } from '../en/terminal.ts';

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'Também: tell <ICCID> (avisar quando atualizar), cancel <ICCID>, help, quit',
  arrived: 'Chegou uma resposta prometida:',
  cancelled: 'Cancelado.',
  nothingToCancel: 'Nada está esperando por esse eSIM.',
};
