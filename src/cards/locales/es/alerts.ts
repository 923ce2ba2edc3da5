import type { Figures } from '../../figures.ts';
import type { AlertWords } from '../en/alerts.ts';

/** The words of the alert channel in Spanish. */
export function alertWords({ counted, number, percent }: Figures): AlertWords {
  const days = (count: number) => counted(count, { one: 'día', other: 'días' });
  const left = (share: number | undefined) => (share === undefined ? '' : `, queda el ${percent(share)}`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked}: ${percent(share)} de los datos consumidos`,
    endingTitle: (masked, count) => `eSIM ${masked}: termina en ${days(count)}`,
    creditTitle: (share) => `Crédito de Airalo: ${percent(share)} del límite usado`,
    used: (share) => [`Airalo avisa de que se ha consumido el ${percent(share)} de los datos.`],
    left: (share) => [`En el último aviso quedaba el ${percent(share)}.`],
    ending: (count, warnedAt) => ['Aviso de ', warnedAt, `: el plan termina en ${days(count)}.`],
    credit: (share) => [`Airalo avisa de que se ha usado el ${percent(share)} del límite de crédito.`],
    topUp: ['Quizá sea posible una recarga antes de que el cliente se quede sin servicio.'],
    creditNext: ['Cuando se alcance el límite, Airalo no aceptará más pedidos de esta cuenta.'],
    labels: { package: 'Paquete', warnedAt: 'Último aviso', creditLeft: 'Crédito restante' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, ' se ocupa de esto (desde: ', since, ').'],
    mutedBy: (who, until) => [
      'Silenciado por ',
      ...who,
      ': aquí no se dirá nada más sobre este paquete (hasta: ',
      until,
      '), salvo que Airalo empiece a avisar de nuevo.',
    ],
    somebodyOn: (platform) => [`Alguien en ${platform}`],
    usedEntry: (at, share, remaining) => [
      at,
      `: ${percent(share)} de los datos consumidos${left(remaining)}.`,
    ],
    endingEntry: (at, count) => [at, `: termina en ${days(count)}.`],
    creditEntry: (at, share, remaining) => [
      at,
      `: ${percent(share)} del límite de crédito usado`,
      remaining === undefined ? '.' : `, quedan ${number(remaining)}.`,
    ],
    actions: { show: 'Ver consumo', take: 'Me ocupo yo', mute: 'Silenciar', unmute: 'No silenciar' },
    held: (who, since, freeAt) => [
      ...who,
      ' se ocupa de esto (desde: ',
      since,
      '). Si no lo devuelve, se puede asumir a partir de: ',
      freeAt,
      '.',
    ],
    gone: ['Este aviso es demasiado antiguo para actuar sobre él.'],
    credentialsRefused: (service, setting) => [
      `${service} rechaza las credenciales del bot (${setting}); hasta que se corrija, no puede trabajar allí.`,
    ],
    credentialsTaken: (service, setting) => [
      `${service} vuelve a aceptar las credenciales del bot (${setting}).`,
    ],
    noIccid: ['El número de este aviso no se puede consultar en Airalo.'],
  };
}
