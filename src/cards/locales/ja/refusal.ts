import { ICCID_EXAMPLE, type IccidProblem } from '../../../domain/iccid.ts';
import type { AccessNeed } from '../../../usage/access.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions } from '../../spans.ts';
import type { RefusalWords } from '../en/refusal.ts';

/** Said wherever a number was expected. */
export const ICCID_FORM = 'ICCIDは18〜22桁の数字で、通常は89で始まります';
/** An ICCID nobody has: the demo's first. */
export const EXAMPLE: Line = ['例: ', code(ICCID_EXAMPLE)];

/** `14:20以降に`, or `今すぐ` when that time has come. */
const from = (when: Span | 'now'): Line => (when === 'now' ? ['今すぐ'] : [when, '以降に']);

/** What stands on a card without a figure. */
export function refusalWords(figures: Figures): RefusalWords {
  return {
    titles: {
      'malformed-iccid': 'どのeSIMですか',
      'unknown-esim': '不明なeSIM',
      'operator-needed': '利用できません',
      declined: 'Airaloによる拒否',
      'not-allowed': '権限がありません',
      'too-many': 'eSIMが多すぎます',
      'store-unavailable': '利用できません',
      'promise-expired': '回答なし',
      'promise-cancelled': 'キャンセル済み',
    },
    malformed: (problem, given) => whatIsWrong(problem, given, figures),
    example: EXAMPLE,
    unknownEsim: (iccid, checkDigitOff, again) => [
      iccid === undefined ? ['このeSIMはAiraloにありません。'] : ['このeSIMはAiraloにありません: ', iccid],
      checkDigitOff
        ? ['チェックディジットが一致しません。入力ミスの可能性があります。すべての桁をご確認ください。']
        : ['すべての桁と、このeSIMが自社のAiraloパートナーアカウントで注文されたものかをご確認ください。'],
      ['同じ番号は', ...from(again), '再確認できます。'],
    ],
    operatorNeeded: [
      ['ボットがAiraloに接続できません。認証情報の確認が必要です。対処方法は管理者が確認できます。'],
      ['後ほどもう一度お試しください。ご質問に問題はありません。'],
    ],
    declined: (detail) => [
      ['Airaloは質問を受け付けましたが、拒否しました。理由:'],
      [detail],
      ['解決しない場合は、Airaloのパートナーサポートにお問い合わせください。'],
    ],
    notAllowed: (need) => [whatIsNeeded(need, figures)],
    tooMany: (until) => [
      ['短時間に非常に多くのeSIMが確認されました。', ...from(until), '続けてください。'],
      ['すでに確認したeSIMは、引き続き確認できます。'],
    ],
    storeUnavailable: [
      ['現在、ボットが自身の記録を読み込めません。数分後にもう一度お試しください。'],
      ['続く場合は、管理者にお知らせください。'],
    ],
    promiseExpired: (askedAt) => [
      [askedAt, 'のご質問にAiraloから回答がなく、再試行を終了しました。もう一度お試しください。'],
    ],
    promiseCancelled: [['キャンセルしました。このご質問にはもう回答しません。']],
  };
}

function whatIsWrong(problem: IccidProblem, given: Span | undefined, { number }: Figures): Line {
  switch (problem.kind) {
    case 'empty':
      return [`eSIMのICCIDを入力してください。${ICCID_FORM}。`];
    case 'not-digits':
      return given === undefined
        ? [`ICCIDが見つかりません。${ICCID_FORM}。`]
        : ['次の入力にICCIDが見つかりません: ', given, ` ${ICCID_FORM}。`];
    case 'rounded':
      return [
        '表計算ソフトで番号が丸められています。列の書式を文字列にして、ICCIDをコピーし直してください。',
      ];
    case 'too-short':
    case 'too-long':
      return [
        `この番号は${number(problem.digits)}桁です。ICCIDは18〜22桁です。`,
        ...(given === undefined ? [] : ['入力: ', given]),
      ];
    case 'several':
      return [`ICCIDが${number(problem.found)}件見つかりました。1件だけ入力してください。`];
    default:
      return problem satisfies never;
  }
}

function whatIsNeeded(need: AccessNeed, { either }: Figures): Line {
  switch (need.kind) {
    case 'full-member':
      return ['ここでeSIMを確認できるのは正式なメンバーのみです。ゲストや他の組織の方は利用できません。'];
    case 'space':
      return ['このワークスペースまたはサーバーでは、eSIMの確認は許可されていません。'];
    case 'channel':
      return [
        'eSIMを確認できる場所: ',
        ...either(mentions('channel', need.channelIds, 'その他')),
        '。そちらでお試しください。',
      ];
    case 'group':
      return need.groupIds.length === 0
        ? ['eSIMを確認できるのは、ボットの設定で指定された方のみです。管理者にお問い合わせください。']
        : [
            'eSIMの確認に必要な権限: ',
            ...either(mentions('group', need.groupIds, 'その他')),
            '。管理者にお問い合わせください。',
          ];
    case 'steward':
      return [
        'eSIMを確認できる人をボットの管理者が指定するまで、このサーバーを管理する方のみが利用できます。',
      ];
    case 'check-failed':
      if (need.because === 'credentials-refused')
        return [
          'eSIMを確認する権限があるかを調べられませんでした。ボット自身の認証情報がここで受け付けられていません。対処方法は管理者が確認できます。',
        ];
      return ['eSIMを確認する権限があるかを調べられませんでした。1分後にもう一度お試しください。'];
    default:
      return need satisfies never;
  }
}
