import type { Figures } from '../../figures.ts';
import type { AlertWords } from '../en/alerts.ts';

/** The words of the alert channel in French. */
export function alertWords({ counted, number, percent }: Figures): AlertWords {
  const days = (count: number) => counted(count, { one: 'jour', other: 'jours' });
  const left = (share: number | undefined) => (share === undefined ? '' : `, il reste ${percent(share)}`);
  return {
    usedTitle: (masked, share) => `eSIM ${masked} : ${percent(share)} des données utilisées`,
    endingTitle: (masked, count) => `eSIM ${masked} : se termine dans ${days(count)}`,
    creditTitle: (share) => `Crédit Airalo : ${percent(share)} du plafond utilisés`,
    used: (share) => [`Airalo signale que ${percent(share)} des données sont utilisées.`],
    left: (share) => [`Au dernier avertissement, il restait ${percent(share)}.`],
    ending: (count, warnedAt) => [
      'Avertissement du ',
      warnedAt,
      ` : le forfait se termine dans ${days(count)}.`,
    ],
    credit: (share) => [`Airalo signale que ${percent(share)} du plafond de crédit sont utilisés.`],
    topUp: ['Une recharge est peut-être possible avant que le client ne soit coupé.'],
    creditNext: ['Une fois le plafond atteint, Airalo n’accepte plus de commandes de ce compte.'],
    labels: { package: 'Forfait', warnedAt: 'Dernier avertissement', creditLeft: 'Crédit restant' },
    amount: (value) => number(value),
    takenBy: (who, since) => [...who, ' s’en occupe (depuis : ', since, ').'],
    mutedBy: (who, until) => [
      'Mis en sourdine par ',
      ...who,
      ' : plus rien ne sera dit ici sur ce forfait (jusqu’au : ',
      until,
      '), sauf si Airalo recommence à avertir.',
    ],
    somebodyOn: (platform) => [`Quelqu’un sur ${platform}`],
    usedEntry: (at, share, remaining) => [
      at,
      ` : ${percent(share)} des données utilisées${left(remaining)}.`,
    ],
    endingEntry: (at, count) => [at, ` : se termine dans ${days(count)}.`],
    creditEntry: (at, share, remaining) => [
      at,
      ` : ${percent(share)} du plafond de crédit utilisés`,
      remaining === undefined ? '.' : `, il reste ${number(remaining)}.`,
    ],
    actions: {
      show: 'Voir la consommation',
      take: 'Je m’en occupe',
      mute: 'Mettre en sourdine',
      unmute: 'Réactiver',
    },
    held: (who, since, freeAt) => [
      ...who,
      ' s’en occupe (depuis : ',
      since,
      '). Sans restitution, vous pourrez prendre le relais à partir de : ',
      freeAt,
      '.',
    ],
    gone: ['Cette alerte est trop ancienne pour agir dessus.'],
    credentialsRefused: (service, setting) => [
      `${service} refuse les identifiants du bot (${setting}) ; tant que ce n’est pas corrigé, il ne peut pas y travailler.`,
    ],
    credentialsTaken: (service, setting) => [
      `${service} accepte de nouveau les identifiants du bot (${setting}).`,
    ],
    noIccid: ['Le numéro de cette alerte ne peut pas être consulté chez Airalo.'],
  };
}
