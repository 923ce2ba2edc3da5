import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, strong } from '../../spans.ts';
import type { FindWords } from '../en/find.ts';

/** See the English section. */
export function findWords({ number }: Figures): FindWords {
  return {
    title: 'eSIMを探す',
    several: (count, asked) => ['「', asked, `」に当てはまるeSIMが${number(count)}件あります。どれですか?`],
    askedAt: (when) => ['最後の照会: ', when],
    more: (count) => [`ほかに${number(count)}件あります。桁数か名前の文字を増やしてください。`],
    none: (asked) => ['「', asked, '」に当てはまるeSIMは見つかりません。'],
    whatIsFound: [
      '番号の末尾4桁以上(ご自身が照会したもの、またはチームが名前を付けたもの)、チームが付けた名前、詳細を表示したことのある注文のコードで探せます。',
    ],
    named: (name, before) => [
      'このeSIMの名前を「',
      name,
      '」にしました。',
      ...(before === undefined ? [] : ['以前の名前は「', before, '」でした。']),
    ],
    forEverybody: ['チームの全員がこの名前で探せます。'],
    taken: (name, masked) => [
      '「',
      name,
      `」は別のeSIM(${masked})の名前です。別の名前にするか、先にそちらの名前を外してください。`,
    ],
    full: (most) => [
      `名前はすでに${number(most)}件あります。先に1件外してください: `,
      code('name ICCID remove'),
    ],
    is: (name) => ['名前は「', name, '」です。外すには: ', code('name ICCID remove')],
    nameless: ['このeSIMに名前はありません。'],
    removed: ['名前を外しました。'],
    noName: [
      '名前は1〜40文字の文字と数字で、間に空白・ハイフン・アンダースコアを使えます。数字だけの名前やコマンドと同じ名前は使えません。',
    ],
    howToName: ['名前を付けるには: ', code(`name ${ICCID_EXAMPLE} anna-trip`)],
    notNow: ['現在、名前を読み取れません。変更は行われていません。1分ほどしてからもう一度お試しください。'],
    help: (command) => [
      strong('もう一度探す: '),
      code(`${command} name ${ICCID_EXAMPLE} anna-trip`),
      ' で名前を付けると、次からは ',
      code(`${command} anna-trip`),
      '、末尾の桁、注文コードで探せます。',
    ],
  };
}
