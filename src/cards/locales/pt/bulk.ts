import type { Figures } from '../../figures.ts';
import type { BulkWords } from '../en/bulk.ts';

/** The words about lists in Portuguese. */
export function bulkWords({ number, counted }: Figures): BulkWords {
  const rows = (count: number) => counted(count, { one: 'linha', other: 'linhas' });
  const next = (until: string | undefined) =>
    until === undefined ? '' : `; uma nova é possível a partir de ${until}`;
  const readable = (until: string | undefined) =>
    until === undefined ? '' : `; a leitura é possível a partir de ${until}`;
  return {
    title: 'Lista de eSIMs',
    label: 'Lidos',
    progress: (done, total) => `${number(done)} de ${number(total)}`,
    minutesLeft: (minutes) =>
      minutes === 0 ? ['Falta menos de um minuto.'] : [`Faltam cerca de ${number(minutes)} min.`],
    waiting: (count, until) => [
      `A Airalo pede para aguardar por ${counted(count, { one: 'eSIM', other: 'eSIMs' })}; todos poderão ser lidos às `,
      until,
      '.',
    ],
    comesHere: ['A resposta chega aqui como CSV. Não é preciso esperar.'],
    cancel: 'Cancelar',
    taking: ['Lendo a sua lista…'],
    inDirectMessage: ['A resposta a essa lista chega na nossa mensagem direta.'],
    finished: (count) => [
      `A sua lista: ${counted(count, { one: 'linha respondida', other: 'linhas respondidas' })}.`,
    ],
    counts: {
      read: (count) => counted(count, { one: 'lido', other: 'lidos' }),
      older: (count) => `${number(count)} com uma leitura anterior`,
      unknown: (count) => counted(count, { one: 'desconhecido da Airalo', other: 'desconhecidos da Airalo' }),
      unread: (count) => `${number(count)} sem leitura`,
      invalid: (count) => `${rows(count)} sem ICCID`,
      repeated: (count) => counted(count, { one: 'repetição omitida', other: 'repetições omitidas' }),
      elsewhere: (count) =>
        counted(count, { one: 'ICCID de outra coluna omitido', other: 'ICCIDs de outra coluna omitidos' }),
    },
    cancelled: (done, total) => [
      `Cancelada após ${number(done)} de ${number(total)}. `,
      'O que foi lido é mantido: envie a lista novamente para continuar a partir daí.',
    ],
    unsent: [
      'A sua lista foi lida, mas o arquivo não pôde ser enviado para cá. O operador do bot pode ver o motivo no log; ',
      'o que foi lido é mantido, portanto envie a lista novamente mais tarde.',
    ],
    refusals: {
      spreadsheet: ['Isso é uma planilha. Salve-a como CSV e envie esse arquivo, por favor.'],
      'not-text': ['Esse arquivo não contém texto. Envie um CSV, por favor.'],
      'no-iccids': [
        'Não encontrei nenhum ICCID nesse arquivo. Ele precisa de uma coluna com eles: de 18 a 22 dígitos cada, com o cabeçalho ICCID ou sem cabeçalho.',
      ],
      'digits-lost': [
        'Uma planilha arredondou os ICCIDs desse arquivo (8,94E+18, ou zeros no final): os últimos dígitos se perderam. ',
        'Formate a coluna como texto antes de inserir os números e exporte-a novamente, por favor.',
      ],
      'other-file': ['Só consigo ler listas em CSV. Para um único eSIM, escreva-me o número dele.'],
      'several-files': ['Envie uma lista de cada vez, por favor.'],
      'only-in-direct-message': [
        'Envie-me a lista por mensagem direta, por favor: aqui outras pessoas veriam os números.',
      ],
      'not-fetched': ['Não consegui obter esse arquivo. Envie-o novamente daqui a um minuto, por favor.'],
      'one-at-a-time': ['A sua última lista ainda não terminou. Aguarde por ela ou cancele-a, por favor.'],
      'not-stored': ['Não consegui guardar essa lista. Envie-a novamente daqui a um minuto, por favor.'],
    },
    tooLarge: (mostKb) => [`Esse arquivo é grande demais: uma lista pode ter ${number(mostKb)} KB.`],
    broken: (line) => [`Não consigo ler esse CSV: há um erro a partir da linha ${number(line)}.`],
    tooMany: (found, most) => [
      `Essa lista tem ${number(found)} linhas e pode ter ${number(most)}. Envie-a em partes, por favor.`,
    ],
    tooManyCells: (most) => [
      `Esse arquivo tem mais de ${number(most)} células. Envie só a coluna dos ICCIDs, por favor.`,
    ],
    dayUsedUp: (most, left, until) => [
      `Cada pessoa pode consultar ${number(most)} eSIMs de listas por dia, e ainda lhe restam ${number(left)}. Mais a partir de `,
      until,
      '.',
    ],
    notes: {
      older: {
        'rate-limited': (until) => `Leitura anterior: a Airalo pede para aguardar${next(until)}.`,
        'airalo-unavailable': (until) => `Leitura anterior: a Airalo não respondeu${next(until)}.`,
        'operator-needed': (until) => `Leitura anterior: o bot não consegue acessar a Airalo${next(until)}.`,
      },
      unread: {
        'rate-limited': (until) => `Não lido: a Airalo pede para aguardar${readable(until)}.`,
        'airalo-unavailable': (until) => `Não lido: a Airalo não respondeu${readable(until)}.`,
        'operator-needed': (until) => `Não lido: o bot não consegue acessar a Airalo${readable(until)}.`,
      },
      unknown: (checkDigitOff) =>
        checkDigitOff
          ? 'A Airalo não conhece este eSIM. O dígito verificador não confere: um dígito pode estar errado.'
          : 'A Airalo não conhece este eSIM.',
      declined: (detail) => `A Airalo recusou: ${detail}`,
      noFigures: 'A Airalo não informa o consumo deste eSIM.',
      invalid(problem) {
        switch (problem.kind) {
          case 'empty':
            return 'Nenhum ICCID nesta linha.';
          case 'not-digits':
            return 'Não é um ICCID: são necessários de 18 a 22 dígitos.';
          case 'too-short':
            return `Não é um ICCID: tem ${number(problem.digits)} dígitos e são necessários de 18 a 22.`;
          case 'too-long':
            return `Não é um ICCID: tem ${number(problem.digits)} dígitos e o máximo é 22.`;
          case 'several':
            return `${number(problem.found)} ICCIDs em uma linha: é esperado um.`;
          case 'rounded':
            return 'Arredondado por uma planilha: os últimos dígitos se perderam. Formate a coluna como texto e exporte-a novamente.';
          default:
            return problem satisfies never;
        }
      },
    },
  };
}
