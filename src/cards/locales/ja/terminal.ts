import type { TerminalWords } from '../en/terminal.ts';

/** What only the terminal says. */
export const terminalWords: TerminalWords = {
  moreCommands: 'ほかに: tell <ICCID> (更新できたら回答)、cancel <ICCID>、help、quit',
  arrived: 'お待たせした回答が届きました:',
  cancelled: 'キャンセルしました。',
  nothingToCancel: 'そのeSIMで待っているものはありません。',
};
