import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import type { CardWords } from '../en/card.ts';

const AIRALO_SILENT = '現在、Airaloから応答がありません。';
const MANY_AT_ONCE = '現在、多数のeSIMを確認しています。';
const OUT_OF_STEP = '両者はしばらく一致しないことがあります。後でもう一度更新してください。';

/** `14:20に`, or `まもなく` when that time has come. */
const at = (when: Span | 'now'): Line => (when === 'now' ? ['まもなく'] : [when, 'に']);
/** `14:20以降に`, or `今すぐ`. */
const from = (when: Span | 'now'): Line => (when === 'now' ? ['今すぐ'] : [when, '以降に']);

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, number, percent, list }: Figures): CardWords {
  const names = { data: 'データ', calls: '通話時間', texts: 'SMS' } as const;
  const askAgain = (when: Span | 'now'): Line => [...from(when), 'もう一度お試しください。'];
  const readable = (when: Span | 'now'): Line => ['このeSIMは', ...from(when), 'Airaloで再確認できます。'];
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: '状態',
      ends: '有効期限',
      ended: '終了',
      data: 'データ',
      calls: '通話',
      texts: 'SMS',
    },
    statuses: {
      NOT_ACTIVE: '未開始',
      ACTIVE: '利用中',
      FINISHED: '使い切り',
      UNKNOWN: '情報なし',
      EXPIRED: '期限切れ',
      RECYCLED: '回収済み',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'プランはまだ始まっていません。多くのプランは、eSIMが対応ネットワークに初めて接続したときに始まります。',
        'インストール済みか、オンになっているか、ローミングが許可されているかをご確認ください。',
      ],
      FINISHED: ['プランの残量がありません。チャージできる場合があります。'],
      UNKNOWN: [
        '通信事業者からこのeSIMの利用状況が届いていません。お客様の端末で確認できます。',
        'iPhone: 設定 → モバイル通信。Samsung: 設定 → 接続 → データ使用量。',
        'Pixel: 設定 → ネットワークとインターネット → SIM → アプリのデータ使用量。',
      ],
      EXPIRED: [
        'プランは終了し、未使用のデータは失われました。',
        '同じeSIMにチャージできる場合があります。できない場合は新しいeSIMが必要です。',
      ],
      RECYCLED: [
        '通信事業者がこのeSIMを回収しました。利用もチャージもできません。',
        '新しいeSIMが必要です。',
      ],
    },
    unseenStatus: ['Airaloから未知の状態が届きました。すべて届いたとおりに表示しています。'],
    low: (kinds) => [`残りわずか: ${list(kinds.map((kind) => names[kind]))}。チャージできる場合があります。`],
    endingSoon: ['プランはまもなく終了します。そのときの残りは失われます。'],
    activeButEmpty: [`AiraloではこのeSIMは利用中ですが、データの残りがありません。${OUT_OF_STEP}`],
    activeButPast: [`AiraloではこのeSIMは利用中ですが、終了日を過ぎています。${OUT_OF_STEP}`],
    unlimited: '無制限',
    noAllowance: '残量の情報なし',
    notKnown: '不明',
    dataNotKnown(total) {
      if (total === undefined) return '不明';
      const amount = data({ remaining: total, total }).total;
      return `プラン ${amount}、残量は不明`;
    },
    left(kind, { remaining, total }, share) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return share === undefined
          ? `残り ${amounts.remaining}`
          : `残り ${amounts.remaining} / ${amounts.total} (${percent(share)})`;
      }
      const inUnit = (value: number) => (kind === 'calls' ? minutes(value) : `${number(value)} 通`);
      if (share === undefined) return `残り ${inUnit(remaining)}`;
      return `残り ${number(remaining)} / ${inUnit(total)} (${percent(share)})`;
    },
    asOf(asOf, refreshable) {
      if (refreshable === undefined) return ['取得: ', asOf, '。'];
      return ['取得: ', asOf, '。', ...from(refreshable), '更新できます。'];
    },
    asOfRetry: (asOf, retry) => ['取得: ', asOf, '。', ...from(retry), '再試行できます。'],
    upstreamLag: (minutesBehind) => [
      `Airaloの数値自体が、さらに最大${minutes(minutesBehind)}古い場合があります。`,
    ],
    lastReading: [`${AIRALO_SILENT}これは最後に取得した数値です。`],
    thisIsTheLast: ['これは最後に取得した数値です。'],
    willUpdate: (because, when) => {
      const promise: Line = [...at(when), 'この表示を更新します。'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [AIRALO_SILENT, ...promise],
        busy: [MANY_AT_ONCE, ...promise],
      }[because];
    },
    willAnswer: (because, when) =>
      ({
        'rate-limited': [...readable(when), 'ここでお知らせします。'],
        'airalo-unavailable': [AIRALO_SILENT, ...at(when), '再試行し、ここでお知らせします。'],
        busy: [MANY_AT_ONCE, ...at(when), 'ここでお知らせします。'],
      })[because],
    askLater: (because, when) =>
      ({
        'rate-limited': readable(when),
        'airalo-unavailable': [AIRALO_SILENT, ...askAgain(when)],
        busy: [MANY_AT_ONCE, ...askAgain(when)],
      })[because],
    notNoted: (when) => ['この依頼を記録できなかったため、自動ではお知らせできません。', ...askAgain(when)],
  };
}
