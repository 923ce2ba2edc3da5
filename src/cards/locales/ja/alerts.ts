import type { Figures } from '../../figures.ts';
import type { AlertWords } from '../en/alerts.ts';

/** The words of the alert channel in Japanese. */
export function alertWords({ number, percent }: Figures): AlertWords {
  const days = (count: number) => `${number(count)}日`;
  const left = (share: number | undefined) => (share === undefined ? '' : `（残り${percent(share)}）`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked}：データの${percent(share)}を使用済み`,
    endingTitle: (masked, count) => `eSIM ${masked}：残り${days(count)}で終了`,
    creditTitle: (share) => `Airaloのクレジット：限度額の${percent(share)}を使用済み`,
    used: (share) => [`データの${percent(share)}が使用されたとAiraloから警告がありました。`],
    left: (share) => [`最新の警告の時点で残りは${percent(share)}でした。`],
    ending: (count, warnedAt) => [warnedAt, `の時点で、プランの終了まで残り${days(count)}です。`],
    credit: (share) => [`クレジット限度額の${percent(share)}が使用されたとAiraloから警告がありました。`],
    topUp: ['通信が止まる前にチャージできる場合があります。'],
    creditNext: ['限度額に達すると、このアカウントの注文はAiraloで受け付けられなくなります。'],
    labels: { package: 'パッケージ', warnedAt: '最新の警告', creditLeft: 'クレジット残高' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, 'が対応中です（開始：', since, '）。'],
    mutedBy: (who, until) => [
      ...who,
      'がミュートしました。このパッケージについては、',
      until,
      'まで、またはAiraloが改めて警告を始めるまで、ここには何も表示されません。',
    ],
    somebodyOn: (platform) => [`${platform}の担当者`],
    usedEntry: (at, share, remaining) => [at, `：データの${percent(share)}を使用済み${left(remaining)}。`],
    endingEntry: (at, count) => [at, `：残り${days(count)}で終了します。`],
    creditEntry: (at, share, remaining) => [
      at,
      `：クレジット限度額の${percent(share)}を使用済み`,
      remaining === undefined ? '。' : `（残り${number(remaining)}）。`,
    ],
    actions: { show: '使用状況を見る', take: '対応します', mute: 'ミュート', unmute: 'ミュート解除' },
    held: (who, since, freeAt) => [
      ...who,
      'が対応中です（開始：',
      since,
      '）。手放されない場合は、',
      freeAt,
      'から引き継げます。',
    ],
    gone: ['このアラートは古いため、操作できません。'],
    credentialsRefused: (service, setting) => [
      `${service}がボットの認証情報（${setting}）を受け付けません。直るまで、そこでは動作できません。`,
    ],
    credentialsTaken: (service, setting) => [
      `${service}がボットの認証情報（${setting}）を再び受け付けています。`,
    ],
    noIccid: ['このアラートの番号はAiraloで照会できません。'],
  };
}
