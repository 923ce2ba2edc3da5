import type { ActionWords } from '../en/actions.ts';

/** What the buttons say. */
export const actionWords: ActionWords = {
  refresh: '更新',
  'ask-again': 'もう一度確認',
  'tell-when-fresh': '更新できたら知らせる',
  cancel: 'キャンセル',
  share: 'ここで共有',
  show: '表示',
};
