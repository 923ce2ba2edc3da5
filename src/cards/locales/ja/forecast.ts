import type { Figures } from '../../figures.ts';
import type { ForecastBasis, ForecastWords } from '../en/forecast.ts';

/** What is said of the days to come. */
export function forecastWords({ data, number }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) => `（${number(points)}回の取得による推定）。`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [from, `から1日あたり約${amount(perDayMb)}。`];
  return {
    runsOut: (forecast) => [
      ...pace(forecast),
      forecast.at,
      'ごろに使い切る見込みです',
      estimate(forecast.points),
    ],
    lasts: (forecast) => [
      ...pace(forecast),
      'このペースならプランの終了までもちます',
      estimate(forecast.points),
    ],
    reckoned: [
      '推定は、前回のチャージ以降（最長1週間）にこのボットが取得した値の間のペースの中央値によるものです。',
    ],
    between: (earliest, latest) => ['これまでのペースでは、', earliest, 'から', latest, 'の間に終わります。'],
    earliest: (at) => ['これまでで最も速いペースでは、', at, 'ごろに終わります。'],
    trend: '推移',
    none: {
      unlimited: ['プランは無制限のため、使い切ることはありません。'],
      'not-active': ['推定なし: プランは利用中ではありません。'],
      'used-up': ['推定なし: データを使い切っています。'],
      'too-few-readings': ['推定はまだできません。前回のチャージ以降、1日以上にわたる3回の取得が必要です。'],
      'no-use': ['推定なし: 取得の間に使用はありませんでした。'],
      uneven: ['推定なし: 使い方にむらがあり、ペースを決められません。'],
      'too-far-off': ['推定なし: このペースでは終わりが遠すぎて、短い期間からは判断できません。'],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `${fromDay}から${toDay}までのデータ残量: ${amount(startMb)}から${amount(nowMb)}。` +
      (endDay === undefined ? '' : `推定のペースでは${endDay}ごろに使い切ります。`),
    noPicture: ['今回は画像を作成できませんでした。'],
    pictureElsewhere: ['画像はボットとのダイレクトメッセージにあります。'],
  };
}
