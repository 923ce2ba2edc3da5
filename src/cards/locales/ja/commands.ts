import type { CommandWords } from '../en/commands.ts';

/** Names of the commands. */
export const commandWords: CommandWords = {
  usageName: 'esim-利用状況',
  helpName: 'esim-ヘルプ',
  usageDescription: 'AiraloのeSIMのデータ・通話・SMSの残量を表示します',
  usageHint: '<ICCID>',
  iccidDescription: 'eSIMの番号(18〜22桁)または名前。番号が複数ならカンマで区切ってください',
  helpDescription: 'eSIMの利用状況の調べ方',
  shortcut: 'eSIMの利用状況を確認',
  shortcutDescription: 'このメッセージにあるeSIMの利用状況を表示します',
};
