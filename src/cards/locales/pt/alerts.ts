import type { Figures } from '../../figures.ts';
import type { AlertWords } from '../en/alerts.ts';

/** The words of the alert channel in Portuguese. */
export function alertWords({ counted, number, percent }: Figures): AlertWords {
  const days = (count: number) => counted(count, { one: 'dia', other: 'dias' });
  const left = (share: number | undefined) => (share === undefined ? '' : `, restam ${percent(share)}`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked}: ${percent(share)} dos dados usados`,
    endingTitle: (masked, count) => `eSIM ${masked}: termina em ${days(count)}`,
    creditTitle: (share) => `Crédito Airalo: ${percent(share)} do limite usado`,
    used: (share) => [`A Airalo avisa que ${percent(share)} dos dados foram usados.`],
    left: (share) => [`No último aviso restavam ${percent(share)}.`],
    ending: (count, warnedAt) => ['Aviso de ', warnedAt, `: o plano termina em ${days(count)}.`],
    credit: (share) => [`A Airalo avisa que ${percent(share)} do limite de crédito foi usado.`],
    topUp: ['Talvez seja possível uma recarga antes que o cliente fique sem serviço.'],
    creditNext: ['Quando o limite for atingido, a Airalo não aceita mais pedidos desta conta.'],
    labels: { package: 'Pacote', warnedAt: 'Último aviso', creditLeft: 'Crédito restante' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, ' está cuidando disto (desde: ', since, ').'],
    mutedBy: (who, until) => [
      'Silenciado por ',
      ...who,
      ': nada mais será dito aqui sobre este pacote (até: ',
      until,
      '), a menos que a Airalo volte a avisar desde o início.',
    ],
    somebodyOn: (platform) => [`Alguém no ${platform}`],
    usedEntry: (at, share, remaining) => [at, `: ${percent(share)} dos dados usados${left(remaining)}.`],
    endingEntry: (at, count) => [at, `: termina em ${days(count)}.`],
    creditEntry: (at, share, remaining) => [
      at,
      `: ${percent(share)} do limite de crédito usado`,
      remaining === undefined ? '.' : `, restam ${number(remaining)}.`,
    ],
    actions: { show: 'Ver consumo', take: 'Eu cuido disto', mute: 'Silenciar', unmute: 'Reativar' },
    held: (who, since, freeAt) => [
      ...who,
      ' está cuidando disto (desde: ',
      since,
      '). Se não devolver, você pode assumir a partir de: ',
      freeAt,
      '.',
    ],
    gone: ['Este alerta é antigo demais para agir sobre ele.'],
    credentialsRefused: (service, setting) => [
      `${service} recusa as credenciais do bot (${setting}); até isso ser corrigido, ele não pode trabalhar lá.`,
    ],
    credentialsTaken: (service, setting) => [`${service} aceita de novo as credenciais do bot (${setting}).`],
    noIccid: ['O número deste alerta não pode ser consultado na Airalo.'],
  };
}
