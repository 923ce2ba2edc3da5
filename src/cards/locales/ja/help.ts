import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import { code, strong } from '../../spans.ts';
import type { HelpWords } from '../en/help.ts';
import { actionWords } from './actions.ts';

/** How to ask. */
export const helpWords: HelpWords = {
  title: 'eSIMの利用状況',
  lines: (command, shortcut) => [
    [
      strong('質問: '),
      code(`${command} ${ICCID_EXAMPLE}`),
      ' 番号をダイレクトメッセージで送ることもできます。',
    ],
    ['カンマまたは改行で区切ると、一度に10件まで確認できます。'],
    ['eSIMの番号を含むメッセージでは、メニューの ', strong(shortcut), ' をお使いください。'],
    [
      'チャンネルでは、回答は質問した方だけに表示されます。 ',
      strong(actionWords.share),
      ' を押すと、番号を下4桁に短縮して全員に表示します。',
    ],
    [
      'Airaloでは、各eSIMを約15分ごとに確認できます。その間は前回の数値を取得時刻とともに表示し、',
      '新しい数値を取得でき次第、自動で回答します。',
    ],
  ],
};
