import type { Figures } from '../../figures.ts';
import type { BulkWords } from '../en/bulk.ts';

/** The words about lists in Japanese. */
export function bulkWords({ number }: Figures): BulkWords {
  const next = (until: string | undefined) =>
    until === undefined ? '' : `新しい値は${until}以降に確認できます。`;
  const readable = (until: string | undefined) => (until === undefined ? '' : `${until}以降に確認できます。`);
  return {
    title: 'eSIMリスト',
    label: '確認済み',
    progress: (done, total) => `${number(total)}件中${number(done)}件`,
    minutesLeft: (minutes) => (minutes === 0 ? ['残り1分未満です。'] : [`残り約${number(minutes)}分です。`]),
    waiting: (count, until) => [
      `${number(count)}件のeSIMは、Airaloの制限により待機中です。すべて確認できるのは`,
      until,
      '以降です。',
    ],
    comesHere: ['結果はCSVファイルでここに届きます。お待ちいただく必要はありません。'],
    cancel: 'キャンセル',
    taking: ['リストを読み込んでいます…'],
    inDirectMessage: ['このリストの結果はダイレクトメッセージに届きます。'],
    finished: (count) => [`リストの${number(count)}行にお答えしました。`],
    counts: {
      read: (count) => `確認済み${number(count)}件`,
      older: (count) => `以前の値${number(count)}件`,
      unknown: (count) => `Airaloに登録なし${number(count)}件`,
      unread: (count) => `確認できず${number(count)}件`,
      invalid: (count) => `ICCIDのない行${number(count)}件`,
      repeated: (count) => `重複のため省略${number(count)}件`,
      elsewhere: (count) => `別の列のため省略${number(count)}件`,
    },
    cancelled: (done, total) => [
      `${number(total)}件中${number(done)}件でキャンセルしました。`,
      '確認済みの分は保存されています。リストをもう一度送信すると、続きから確認します。',
    ],
    unsent: [
      'リストの確認は終わりましたが、ファイルをここに送れませんでした。原因はボットの運用担当者がログで確認できます。',
      '確認済みの分は保存されていますので、後でリストをもう一度送信してください。',
    ],
    refusals: {
      spreadsheet: ['これは表計算ファイルです。CSV形式で保存して送信してください。'],
      'not-text': ['このファイルにはテキストがありません。CSVファイルを送信してください。'],
      'no-iccids': [
        'このファイルにはICCIDが見つかりません。18～22桁のICCIDの列が必要です。見出しは「ICCID」、またはなしでもかまいません。',
      ],
      'digits-lost': [
        'このファイルのICCIDは表計算ソフトで丸められており（8.94E+18、または末尾がゼロ）、最後の桁が失われています。',
        '番号を入力する前に列の書式を「文字列」にして、もう一度書き出してください。',
      ],
      'other-file': [
        'リストはCSV形式のみ読み込めます。eSIMが1件の場合は、番号をメッセージで送信してください。',
      ],
      'several-files': ['リストは1つずつ送信してください。'],
      'only-in-direct-message': [
        'リストはダイレクトメッセージで送信してください。ここではほかの人に番号が見えてしまいます。',
      ],
      'not-fetched': ['ファイルを取得できませんでした。1分後にもう一度送信してください。'],
      'one-at-a-time': ['前のリストがまだ終わっていません。完了をお待ちいただくか、キャンセルしてください。'],
      'not-stored': ['リストを保存できませんでした。1分後にもう一度送信してください。'],
    },
    tooLarge: (mostKb) => [`ファイルが大きすぎます。リストは${number(mostKb)} KBまでです。`],
    broken: (line) => [`このCSVを読み込めません。${number(line)}行目以降に誤りがあります。`],
    tooMany: (found, most) => [
      `このリストは${number(found)}行あり、上限は${number(most)}行です。分割して送信してください。`,
    ],
    tooManyCells: (most) => [
      `このファイルのセル数は${number(most)}を超えています。ICCIDの列だけを送信してください。`,
    ],
    dayUsedUp: (most, left, until) => [
      `リストで確認できるeSIMは1人1日${number(most)}件までで、残りは${number(left)}件です。次は`,
      until,
      '以降に確認できます。',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `以前の値です。Airaloの制限により待機が必要です。${next(until)}`,
        'airalo-unavailable': (until) => `以前の値です。Airaloから応答がありませんでした。${next(until)}`,
        'operator-needed': (until) => `以前の値です。ボットがAiraloに接続できません。${next(until)}`,
      },
      unread: {
        'rate-limited': (until) => `未確認です。Airaloの制限により待機が必要です。${readable(until)}`,
        'airalo-unavailable': (until) => `未確認です。Airaloから応答がありませんでした。${readable(until)}`,
        'operator-needed': (until) => `未確認です。ボットがAiraloに接続できません。${readable(until)}`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'Airaloに登録のないeSIMです。チェックディジットが一致しないため、入力に誤りがある可能性があります。'
          : 'Airaloに登録のないeSIMです。',
      declined: (detail) => `Airaloに拒否されました：${detail}`,
      noFigures: 'このeSIMの使用量はAiraloから報告されていません。',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'この行にICCIDがありません。';
          case 'not-digits':
            return 'ICCIDではありません。18～22桁の数字が必要です。';
          case 'too-short':
            return `ICCIDではありません。${number(problem.digits)}桁ですが、18～22桁が必要です。`;
          case 'too-long':
            return `ICCIDではありません。${number(problem.digits)}桁ですが、上限は22桁です。`;
          case 'several':
            return `1行に${number(problem.found)}件のICCIDがあります。1件にしてください。`;
          case 'rounded':
            return '表計算ソフトで丸められ、最後の桁が失われています。列の書式を「文字列」にして、もう一度書き出してください。';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
