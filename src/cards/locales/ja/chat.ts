import { maskIccid } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, copyables, instant, mention } from '../../spans.ts';
import type { ChatWords } from '../en/chat.ts';
import { EXAMPLE, ICCID_FORM } from './refusal.ts';

/** What is said outside a card. */
export function chatWords({ number }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return ['少々お待ちください…'];
      if (iccids.length > 1) return [`${number(iccids.length)}件のeSIMを確認しています…`];
      return ['eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' を確認しています…'];
    },
    tooMany: (found, most) => [
      `ICCIDが${number(found)}件見つかりました。一度に確認できるのは${number(most)}件までです。減らして送信してください。`,
    ],
    leftOut: (most, which) => [
      `一度に確認できるのは${number(most)}件です。省略したもの(もう一度送信してください): `,
      ...copyables(which),
    ],
    changed: (given) => ['表計算ソフトで変更されているため省略したもの: ', ...copyables(given)],
    nothingReadable: [`ICCIDが見つかりません。${ICCID_FORM}。`, ...EXAMPLE],
    cardTooOld: (command) => [
      'この回答は古いため操作できません。もう一度お試しください: ',
      code(`${command} ICCID`),
    ],
    notYours: ['この操作は質問した方のみができます。ご自身で質問することはできます。'],
    refreshNotBefore: (time) => ['このeSIMは', instant(time, 'time'), '以降にAiraloで再確認できます。'],
    promiseMade: (time) => [instant(time, 'time'), 'にお知らせします。'],
    promiseCancelled: ['キャンセルしました。このご質問にはもう回答しません。'],
    promiseNotCancelled: ['キャンセルできませんでした。すでに回答またはキャンセルされています。'],
    alreadyWorking: ['すでに確認しています。'],
    sharedBy: (personId) => ['共有: ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'eSIMの回答の準備ができました。',
    ],
    failure: (reference) => [
      'ボット側で問題が発生しました。1分後にもう一度お試しください。',
      ...(reference === undefined
        ? []
        : ['繰り返す場合は、この参照番号をボットの管理者にお伝えください: ', code(reference)]),
    ],
    inviteFirst: [
      'このチャンネルに参加していないため、ここで共有できません。 ',
      code('/invite'),
      ' で招待してから、もう一度押してください。',
    ],
    mayNotPost: [
      'このチャンネルに書き込む権限がありません。管理者が「チャンネルを見る」「メッセージを送信」「埋め込みリンク」を許可できます。',
    ],
    privately: ['非公開で回答します。ボタンを押すと、あなただけに表示されます。'],
    notShared: ['共有できませんでした。1分後にもう一度お試しください。'],
    notUnderstood: ['ICCIDが見つかりませんでした。'],
  };
}
