import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, strong } from '../../spans.ts';
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
    chooseHere: (wanted) => (wanted === 'ends' ? 'ここに: 3日前' : `ここに: 残り${percent(Number(wanted))}`),
    met: (wanted) => [`ご希望のお知らせです：このeSIMは${condition(wanted)}です。`],
    metHere: (wanted) => [`このeSIMは${condition(wanted)}です。`],
    ended(event) {
      switch (event) {
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
    watchedFor: (personId) => ['見守りの依頼者: ', mention('person', personId)],
    notInChannel: (channelId) => [
      mention('channel', channelId),
      ' に書き込めなかったため、こちらにお送りします。',
    ],
    whenToTell: ['いつお知らせしますか？ダイレクトメッセージでお送りします。'],
    orHere: ['「ここに」のボタンは、番号を短くしてこのチャンネルにお知らせします。'],
    orWrite: (example) => ['または次のように入力してください: ', code(example)],
    whichEsim: ['どのeSIMですか？例：', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `このeSIMが${condition(wanted)}になったらお知らせします。見守りの期限：`,
      endsAt,
    ],
    setHere: (wanted, channel, endsAt) => [
      `このeSIMが${condition(wanted)}になったら `,
      channel,
      ' にお知らせします。見守りの期限：',
      endsAt,
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` さんの依頼でeSIM ${masked} を見守ります。${condition(wanted)}になったらここでお知らせします。`,
    ],
    knownHere: (wanted) => [`このチャンネルにはすでにお知らせする予定です：${condition(wanted)}。`],
    known: (wanted) => [`すでに見守っています：${condition(wanted)}。`],
    alreadySo: (wanted) => [`すでに${condition(wanted)}です。`],
    notForUnlimited: ['このプランのデータは無制限です。見守れるのは終了日だけです。'],
    tooMany: (most) => [`見守りは${number(most)}件までです。先にどれかを止めてください。`],
    noChannel: ['ここにはお知らせできるチャンネルがありません。私が参加しているチャンネルでお試しください。'],
    channelClosed: [
      'このチャンネルに書き込めないため、設定しませんでした。私を招待するか書き込みを許可して、もう一度お試しください。',
    ],
    channelFailed: ['今このチャンネルに書き込めなかったため、設定しませんでした。もう一度お試しください。'],
    none: [
      '見守り中のeSIMはありません。カードの「見守る」を押すか、次のように入力してください：',
      code('watch ICCID 25'),
    ],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. 次の確認：`,
      nextLookAt,
      ...(channel ? ['. お知らせ先: ', channel] : []),
    ],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3日' : percent(Number(wanted));
      return `${masked} ${short}を停止`;
    },
    stopped: (stopped) => [stopped ? '停止しました。' : 'この見守りはすでに終わっています。'],
    howToList: ['見守りの一覧：', code('watches')],
    help: (command) => [
      strong('あとでお知らせ: '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` はデータ残量が${percent(25)}になったらお知らせします（10、5も可。`,
      code('ends'),
      ' は終了の3日前）。うしろに ',
      code('channel'),
      ' を付けるとこのチャンネルにお知らせします。一覧は ',
      code(`${command} watches`),
      ' です。',
    ],
  };
}
