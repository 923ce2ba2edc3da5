import { instant } from '../../spans.ts';
import type { HomeWords } from '../en/home.ts';

/** What stands on the App Home. */
export const homeWords: HomeWords = {
  title: 'eSIMの利用状況',
  pending: '回答待ち',
  nonePending: ['Airaloを待っているものはありません。'],
  pendingItem: (masked, answerAt) => [`eSIM ${masked}、予定: `, instant(answerAt, 'time')],
  recent: '最近の確認',
  noneRecent: ['まだeSIMを確認していません。'],
  outcomes: {
    fresh: 'Airaloから取得',
    cached: '前回の数値を表示',
    deferred: '後で回答',
    'unknown-esim': 'Airaloにない番号',
    declined: 'Airaloによる拒否',
    'too-many': '件数超過',
    'promise-expired': '回答なし',
    'promise-cancelled': 'キャンセル済み',
    other: '未回答',
  },
  recentItem: (masked, outcome, time) => [`eSIM ${masked}、${outcome}、`, instant(time, 'date-time')],
  health: 'ボットの状態',
  healthy: ['正常に動作しています。'],
  unhealthy: ['問題が発生しています。回答が遅れることがあります。原因は管理者がログで確認できます。'],
  help: '使い方',
};
