import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code } from '../../spans.ts';
import type { WatchWords } from '../en/watch.ts';

/** See the English section. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends' ? '終了まで3日以内' : `データ残量${percent(Number(wanted))}以下`;
  return {
    watch: '見守る',
    listTitle: '見守り中のeSIM',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '終了の3日前' : `残り${percent(Number(wanted))}`),
    told(event, wanted) {
      switch (event) {
        case 'met':
          return [`ご希望のお知らせです：このeSIMは${condition(wanted)}です。`];
        case 'over':
          return ['このeSIMのプランは終了しました。見守りも終わります。'];
        case 'unknown-esim':
          return ['このeSIMはAiraloに登録がなくなったため、見守りを終わります。'];
        case 'too-old':
          return ['このeSIMの見守りは90日で終わりました。もう一度設定できます。'];
        default:
          return event satisfies never;
      }
    },
    whenToTell: ['いつお知らせしますか？ダイレクトメッセージでお送りします。'],
    whichEsim: ['どのeSIMですか？例：', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `このeSIMが${condition(wanted)}になったらお知らせします。見守りの期限：`,
      endsAt,
    ],
    known: (wanted) => [`すでに見守っています：${condition(wanted)}。`],
    alreadySo: (wanted) => [`すでに${condition(wanted)}です。`],
    notForUnlimited: ['このプランのデータは無制限です。見守れるのは終了日だけです。'],
    tooMany: (most) => [`見守りは${number(most)}件までです。先にどれかを止めてください。`],
    none: [
      '見守り中のeSIMはありません。カードの「見守る」を押すか、次のように入力してください：',
      code('watch ICCID 25'),
    ],
    item: (iccid, wanted, nextLookAt) => [iccid, `: ${condition(wanted)}. 次の確認：`, nextLookAt],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3日' : percent(Number(wanted));
      return `${masked} ${short}を停止`;
    },
    stopped: (stopped) => [stopped ? '停止しました。' : 'この見守りはすでに終わっています。'],
    howToList: ['見守りの一覧：', code('watches')],
  };
}
