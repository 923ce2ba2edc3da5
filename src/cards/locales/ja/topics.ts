import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line => (when === 'now' ? ['今'] : [when, '以降に']);

/** See the English section. */
export function topicWords({ number, minutes, either }: Figures): TopicWords {
  const titles = {
    packages: 'パッケージ',
    esim: '詳細',
    topups: 'チャージ',
    install: 'インストール',
    balance: 'Airaloの残高',
    devices: '対応機種',
  } as const;
  return {
    esimTitle: (topic, masked) => `eSIM ${masked}の${titles[topic]}`,
    titles,
    buttons: { packages: 'パッケージ', esim: '詳細', topups: 'チャージ', install: 'インストール' },
    needsIccid: (example) => ['どのeSIMですか？ICCIDを付けてください：', example],
    tooMany: (found, most) => [
      `ICCIDが${number(found)}件見つかりました。一度にお答えできるのは${number(most)}件までです。数を減らしてお送りください。`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'Airaloには',
          ...at(when),
          '再び照会できます。その時にもう一度お尋ねください。自動ではお知らせしません。',
        ],
        'airalo-unavailable': ['Airaloが応答していません。', ...at(when), 'もう一度お尋ねください。'],
        busy: ['Airaloへの照会が混み合っています。', ...at(when), 'もう一度お尋ねください。'],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? '（チャージ）：' : '：',
        status,
        ...(left === undefined ? [] : [`、${left}`]),
        ...(startedAt === undefined ? [] : ['、開始 ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: '、終了予定 ', ended: '、終了 ', 'used-up': '、使い切り ' }[end.kind], end.at]),
      ],
      older: (count) => [`ほかに古いものが${number(count)}件あります。`],
      none: ['このeSIMのパッケージはAiraloにありません。'],
      nameless: 'パッケージ',
    },
    esim: {
      labels: {
        package: 'パッケージ',
        order: '注文',
        ordered: '注文日',
        note: '注文のメモ',
        brand: 'ブランド',
        validity: '有効期間',
        data: 'データ',
        roaming: 'データローミング',
        apn: 'APN',
        withdrawn: '回収日',
      },
      days: (count) => `${number(count)}日`,
      roamingOn: 'オンにする必要があります',
      unbranded: 'なし',
      sharingLink: 'eSIMのページを開く',
      accessCode: (given) => ['、アクセスコード ', given],
      notShared: ['このeSIMの共有リンクはありません。'],
      secret: [
        'リンクとコードがあればこのeSIMを表示・インストールできます。お客様ご本人だけにお渡しください。',
      ],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`、${minutes(calls)}`]),
        ...(messages === undefined ? [] : [`、${`SMS ${number(messages)}件`}`]),
        ...(netPrice === undefined ? [] : [`、仕入れ価格 ${netPrice}`]),
        ...(price === undefined ? [] : [`、推奨価格 ${price}`]),
      ],
      more: (count) => [`ほかに${number(count)}件あります。`],
      none: ['このeSIMで利用できるチャージはありません。'],
      pricesHidden: ['価格は、残高を確認できる人だけに表示されます。'],
      noBuying: [
        'ここでは表示だけを行います。チャージの注文は、自社のショップまたはAiralo Partner Platformで行ってください。',
      ],
    },
    install: {
      qrCode: 'QRコードを開く',
      appleLink: 'iPhoneに直接インストール（iOS 17.4以降）',
      activationCode: (given) => ['アクティベーションコード：', given],
      systems: { ios: 'iPhone・iPad', android: 'Android' },
      byQrCode: 'QRコードで',
      byHand: '手動で',
      network: 'インストール後',
      none: ['このeSIMのインストール手順はAiraloにありません。'],
      otherLanguages: (example) => ['お客様の言語で：', example],
      secret: ['これがあればeSIMをインストールできます。お客様ご本人だけにお送りください。'],
    },
    balance: {
      account: '利用可能',
      none: ['残高のある口座はAiraloにありません。'],
      needsGroup: (groupIds) => [
        '残高の確認には',
        ...either(mentions('group', groupIds, 'その他')),
        'が必要です。管理者にお問い合わせください。',
      ],
      notSetUp: (setting) => [
        'ここではまだ誰も残高を確認できません。ボットの運用担当者が',
        setting,
        'で許可する人を設定できます。',
      ],
      checkFailed: ['残高を確認する権限があるか確認できませんでした。1分後にもう一度お試しください。'],
    },
    devices: {
      askModel: (example) => ['どのスマートフォンまたはタブレットですか？機種名を付けてください：', example],
      found: (count, asked) => [`Airaloの一覧に${number(count)}機種あります：`, asked],
      none: (asked) => [
        'Airaloの一覧に該当する機種がありません：',
        asked,
        '。表記をご確認ください。一覧にない機種は、おそらくeSIMに対応していません。',
      ],
      more: (count) => [`ほかに${number(count)}機種あります。機種名を詳しく入力してください。`],
      caveat: ['同じ機種でも国によってはeSIMがなく、SIMロックされた端末では他社のeSIMを使えません。'],
    },
    help: (command) => [
      [
        strong('eSIMの詳しい情報：'),
        '番号の前に',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        'を付けます。例：',
        code(`${command} packages ${ICCID_EXAMPLE}`),
      ],
      [
        strong('そのほか：'),
        code('/esim-devices iPhone 13'),
        'で機種のeSIM対応を、',
        code('/esim-balance'),
        'でAiraloの残高を確認できます。',
      ],
    ],
  };
}
