import type { TerminalWords } from '../en/terminal.ts';

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'Aussi : tell <ICCID> (réponse dès la mise à jour), cancel <ICCID>, help, quit',
  arrived: 'Une réponse promise est arrivée :',
  cancelled: 'Annulé.',
  nothingToCancel: 'Rien n’est en attente pour cette eSIM.',
};
