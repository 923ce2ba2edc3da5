import type { Figures } from '../../figures.ts';
import type { ForecastBasis, ForecastWords } from '../en/forecast.ts';

/** What is said of the days to come. */
export function forecastWords({ data, counted }: Figures): ForecastWords {
  const amount = (mb: number) => data({ remaining: mb, total: mb }).remaining;
  const estimate = (points: number) =>
    ` (estimativa a partir de ${counted(points, { one: 'leitura', other: 'leituras' })}).`;
  const pace = ({ perDayMb, from }: ForecastBasis) => [`Cerca de ${amount(perDayMb)} por dia desde `, from];
  return {
    runsOut: (forecast) => [
      ...pace(forecast),
      '; devem acabar por volta de ',
      forecast.at,
      estimate(forecast.points),
    ],
    lasts: (forecast) => [
      ...pace(forecast),
      '; nesse ritmo, duram até o fim do plano',
      estimate(forecast.points),
    ],
    reckoned: [
      'A estimativa usa o ritmo mediano entre as leituras do próprio bot desde a última recarga, de no máximo uma semana atrás.',
    ],
    between: (earliest, latest) => [
      ' Conforme os ritmos observados, o fim fica entre ',
      earliest,
      ' e ',
      latest,
      '.',
    ],
    earliest: (at) => [' No ritmo mais alto observado, o fim chega por volta de ', at, '.'],
    trend: 'Tendência',
    none: {
      unlimited: ['O plano é ilimitado: não há nada que acabe.'],
      'not-active': ['Sem estimativa: o plano não está em uso.'],
      'used-up': ['Sem estimativa: os dados acabaram.'],
      'too-few-readings': [
        'Ainda sem estimativa: são necessárias três leituras ao longo de um dia ou mais desde a última recarga.',
      ],
      'no-use': ['Sem estimativa: nada foi usado entre as leituras.'],
      uneven: ['Sem estimativa: o uso foi irregular demais para indicar um ritmo.'],
      'too-far-off': [
        'Sem estimativa: nesse ritmo, o fim está longe demais para ser previsto a partir de tão pouco tempo.',
      ],
    },
    pictureAlt: ({ fromDay, toDay, startMb, nowMb, endDay }) =>
      `Dados restantes entre ${fromDay} e ${toDay}: de ${amount(startMb)} para ${amount(nowMb)}.` +
      (endDay === undefined ? '' : ` No ritmo estimado, acabam por volta de ${endDay}.`),
    noPicture: ['Não foi possível criar a imagem desta vez.'],
    pictureElsewhere: ['A imagem está na mensagem direta com o bot.'],
  };
}
