import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { preposed } from '../../spans.ts';
import type { CardWords } from '../en/card.ts';

const AIRALO_SILENT = 'Airalo no responde en este momento.';
const MANY_AT_ONCE = 'Se están consultando muchas eSIM en este momento.';
const OUT_OF_STEP = 'Ambos datos pueden no coincidir durante un rato; conviene actualizar más tarde.';

/** `a las 14:20`, or `en un momento` when that time has come. */
const at = (when: Span | 'now'): Line =>
  when === 'now' ? ['en un momento'] : preposed(when, 'a las ', 'el ');
/** `a partir de las 14:20`, or `ahora`. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['ahora'] : preposed(when, 'a partir de las ', 'a partir del ');

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, counted, number, percent, list }: Figures): CardWords {
  const names = { data: 'datos', calls: 'minutos de llamadas', texts: 'SMS' } as const;
  const askAgain = (when: Span | 'now'): Line => ['Se puede volver a preguntar ', ...from(when), '.'];
  const readable = (when: Span | 'now'): Line => [
    'Airalo permite volver a consultar esta eSIM ',
    ...from(when),
    '.',
  ];
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: 'Estado',
      ends: 'Termina',
      ended: 'Terminó',
      data: 'Datos',
      calls: 'Llamadas',
      texts: 'SMS',
    },
    statuses: {
      NOT_ACTIVE: 'Sin empezar',
      ACTIVE: 'Activa',
      FINISHED: 'Agotada',
      UNKNOWN: 'Sin información',
      EXPIRED: 'Caducada',
      RECYCLED: 'Retirada',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'El plan aún no ha empezado. La mayoría empieza cuando la eSIM se conecta por primera vez a una red compatible: ',
        'conviene comprobar que está instalada, activada y con la itinerancia permitida.',
      ],
      FINISHED: ['El plan está agotado. Quizá sea posible una recarga.'],
      UNKNOWN: [
        'El operador no informa del consumo de esta eSIM. Se puede ver en el teléfono. ',
        'iPhone: Ajustes → Datos móviles o Datos celulares. Samsung: Ajustes → Conexiones → Uso de datos. ',
        'Pixel: Ajustes → Internet y redes → SIM → Uso de datos de las aplicaciones.',
      ],
      EXPIRED: [
        'El plan ha terminado y los datos sin usar se han perdido. ',
        'Quizá sea posible recargar la misma eSIM; si no, hace falta una nueva.',
      ],
      RECYCLED: [
        'El operador ha retirado esta eSIM. Ya no se puede usar ni recargar: ',
        'hace falta una nueva.',
      ],
    },
    unseenStatus: ['Airalo informa de un estado que no conozco. Todo se muestra tal como llegó.'],
    low: (kinds) => [`Queda poco: ${list(kinds.map((kind) => names[kind]))}. Quizá sea posible una recarga.`],
    endingSoon: ['El plan termina pronto. Lo que quede entonces se perderá.'],
    activeButEmpty: [`Airalo indica que esta eSIM está activa, pero sin datos por usar. ${OUT_OF_STEP}`],
    activeButPast: [
      `Airalo indica que esta eSIM está activa, pero con una fecha de fin pasada. ${OUT_OF_STEP}`,
    ],
    unlimited: 'Ilimitado',
    noAllowance: 'Sin cantidad informada',
    notKnown: 'No se sabe',
    dataNotKnown(total) {
      if (total === undefined) return 'No se sabe';
      const amount = data({ remaining: total, total }).total;
      return `${amount} en el plan; no se sabe cuánto queda`;
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
      if (refreshable === undefined) return ['Lectura: ', asOf, '.'];
      return ['Lectura: ', asOf, '; se puede actualizar ', ...from(refreshable), '.'];
    },
    asOfRetry: (asOf, retry) => ['Lectura: ', asOf, '; se puede reintentar ', ...from(retry), '.'],
    upstreamLag: (minutesBehind) => [
      `El dato de Airalo puede tener hasta ${minutes(minutesBehind)} más de antigüedad.`,
    ],
    lastReading: [`${AIRALO_SILENT} Esta es la última lectura.`],
    thisIsTheLast: ['Esta es la última lectura.'],
    willUpdate: (because, when) => {
      const promise: Line = ['Actualizaré esto ', ...at(when), '.'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...promise],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    willAnswer: (because, when) =>
      ({
        'rate-limited': [...readable(when), ' Responderé aquí.'],
        'airalo-unavailable': [`${AIRALO_SILENT} Lo intentaré de nuevo `, ...at(when), ' y responderé aquí.'],
        busy: [`${MANY_AT_ONCE} Responderé aquí `, ...at(when), '.'],
      })[because],
    askLater: (because, when) =>
      ({
        'rate-limited': readable(when),
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...askAgain(when)],
        busy: [`${MANY_AT_ONCE} `, ...askAgain(when)],
      })[because],
    notNoted: (when) => [
      'No pude anotar esta petición, así que nada llegará por sí solo. ',
      ...askAgain(when),
    ],
  };
}
