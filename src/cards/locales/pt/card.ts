import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { preposed } from '../../spans.ts';
import type { CardWords } from '../en/card.ts';

const AIRALO_SILENT = 'A Airalo não responde no momento.';
const MANY_AT_ONCE = 'Muitos eSIMs estão sendo consultados no momento.';
const OUT_OF_STEP = 'Os dois dados podem divergir por um tempo; atualize mais tarde para ter certeza.';

/** `às 14:20`, or `em instantes` when that time has come. */
const at = (when: Span | 'now'): Line => (when === 'now' ? ['em instantes'] : preposed(when, 'às ', 'em '));
/** `a partir das 14:20`, or `agora`. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['agora'] : preposed(when, 'a partir das ', 'a partir de ');

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, counted, number, percent, list }: Figures): CardWords {
  const names = { data: 'dados', calls: 'minutos de chamadas', texts: 'SMS' } as const;
  const askAgain = (when: Span | 'now'): Line => ['Pergunte de novo ', ...from(when), '.'];
  const readable = (when: Span | 'now'): Line => [
    'A Airalo permite consultar este eSIM de novo ',
    ...from(when),
    '.',
  ];
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: 'Situação',
      ends: 'Termina',
      ended: 'Terminou',
      data: 'Dados',
      calls: 'Chamadas',
      texts: 'SMS',
    },
    statuses: {
      NOT_ACTIVE: 'Não iniciado',
      ACTIVE: 'Ativo',
      FINISHED: 'Esgotado',
      UNKNOWN: 'Não informado',
      EXPIRED: 'Expirado',
      RECYCLED: 'Recolhido',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'O plano ainda não começou. A maioria começa quando o eSIM se conecta pela primeira vez a uma rede compatível: ',
        'verifique se ele está instalado, ativado e com o roaming permitido.',
      ],
      FINISHED: ['O plano está esgotado. Talvez seja possível fazer uma recarga.'],
      UNKNOWN: [
        'A operadora não informa o consumo deste eSIM. O cliente pode vê-lo no telefone. ',
        'iPhone: Ajustes → Celular. Samsung: Configurações → Conexões → Uso de dados. ',
        'Pixel: Configurações → Rede e Internet → Chips → Uso de dados do app.',
      ],
      EXPIRED: [
        'O plano terminou e os dados não usados foram perdidos. ',
        'Talvez seja possível recarregar o mesmo eSIM; senão, será preciso um novo.',
      ],
      RECYCLED: [
        'A operadora recolheu este eSIM. Ele não pode mais ser usado nem recarregado: ',
        'será preciso um novo.',
      ],
    },
    unseenStatus: ['A Airalo informa uma situação que não conheço. Tudo é mostrado como foi informado.'],
    low: (kinds) => [
      `Resta pouco: ${list(kinds.map((kind) => names[kind]))}. Talvez seja possível fazer uma recarga.`,
    ],
    endingSoon: ['O plano termina em breve. O que sobrar até lá será perdido.'],
    activeButEmpty: [`A Airalo informa que este eSIM está ativo, mas sem dados por usar. ${OUT_OF_STEP}`],
    activeButPast: [
      `A Airalo informa que este eSIM está ativo, mas com uma data final no passado. ${OUT_OF_STEP}`,
    ],
    unlimited: 'Ilimitado',
    noAllowance: 'Nenhuma quantidade informada',
    notKnown: 'Não se sabe',
    dataNotKnown(total) {
      if (total === undefined) return 'Não se sabe';
      const amount = data({ remaining: total, total }).total;
      return `${amount} no plano; não se sabe quanto resta`;
    },
    left(kind, { remaining, total }, share) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return share === undefined
          ? `${amounts.remaining} por usar`
          : `${amounts.remaining} de ${amounts.total} por usar (${percent(share)})`;
      }
      const inUnit = (value: number) =>
        kind === 'calls' ? minutes(value) : counted(value, { other: 'SMS' });
      if (share === undefined) return `${inUnit(remaining)} por usar`;
      return `${number(remaining)} de ${inUnit(total)} por usar (${percent(share)})`;
    },
    asOf(asOf, refreshable) {
      if (refreshable === undefined) return ['Leitura: ', asOf, '.'];
      return ['Leitura: ', asOf, '; pode ser atualizada ', ...from(refreshable), '.'];
    },
    asOfRetry: (asOf, retry) => ['Leitura: ', asOf, '; nova tentativa possível ', ...from(retry), '.'],
    upstreamLag: (minutesBehind) => [
      `O próprio dado da Airalo pode ser até ${minutes(minutesBehind)} mais antigo.`,
    ],
    lastReading: [`${AIRALO_SILENT} Esta é a última leitura.`],
    thisIsTheLast: ['Esta é a última leitura.'],
    willUpdate: (because, when) => {
      const promise: Line = ['Vou atualizar isto ', ...at(when), '.'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...promise],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    willAnswer: (because, when) =>
      ({
        'rate-limited': [...readable(when), ' Vou responder aqui.'],
        'airalo-unavailable': [`${AIRALO_SILENT} Vou tentar de novo `, ...at(when), ' e responder aqui.'],
        busy: [`${MANY_AT_ONCE} Vou responder aqui `, ...at(when), '.'],
      })[because],
    askLater: (because, when) =>
      ({
        'rate-limited': readable(when),
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...askAgain(when)],
        busy: [`${MANY_AT_ONCE} `, ...askAgain(when)],
      })[because],
    notNoted: (when) => ['Não consegui anotar este pedido, então nada virá por si só. ', ...askAgain(when)],
  };
}
