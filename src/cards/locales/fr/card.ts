import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { preposed } from '../../spans.ts';
import type { CardWords } from '../en/card.ts';

const AIRALO_SILENT = 'Airalo ne répond pas pour le moment.';
const MANY_AT_ONCE = 'De nombreuses eSIM sont en cours de vérification.';
const OUT_OF_STEP = 'Les deux peuvent diverger un moment ; actualisez plus tard pour en être sûr.';

/** `à 14:20`, or `dans un instant` when that time has come. */
const at = (when: Span | 'now'): Line => (when === 'now' ? ['dans un instant'] : preposed(when, 'à ', 'le '));
/** `à partir de 14:20`, or `dès maintenant`. */
const from = (when: Span | 'now'): Line =>
  when === 'now' ? ['dès maintenant'] : preposed(when, 'à partir de ', 'à partir du ');

/** What stands on a card about a reading or a wait. */
export function cardWords({ data, minutes, counted, number, percent, list }: Figures): CardWords {
  const names = { data: 'données', calls: 'minutes d’appel', texts: 'SMS' } as const;
  const askAgain = (when: Span | 'now'): Line => ['Veuillez redemander ', ...from(when), '.'];
  const readable = (when: Span | 'now'): Line => [
    'Airalo permet de consulter à nouveau cette eSIM ',
    ...from(when),
    '.',
  ];
  return {
    esim: (masked) => `eSIM ${masked}`,
    labels: {
      iccid: 'ICCID',
      status: 'Statut',
      ends: 'Fin',
      ended: 'Terminé',
      data: 'Données',
      calls: 'Appels',
      texts: 'SMS',
    },
    statuses: {
      NOT_ACTIVE: 'Pas encore commencé',
      ACTIVE: 'Actif',
      FINISHED: 'Épuisé',
      UNKNOWN: 'Non communiqué',
      EXPIRED: 'Expiré',
      RECYCLED: 'Retiré',
    },
    nextSteps: {
      NOT_ACTIVE: [
        'Le forfait n’a pas encore commencé. La plupart commencent à la première connexion de l’eSIM à un réseau compatible : ',
        'vérifiez qu’elle est installée, activée et autorisée en itinérance.',
      ],
      FINISHED: ['Le forfait est épuisé. Une recharge est peut-être possible.'],
      UNKNOWN: [
        'L’opérateur ne communique pas la consommation de cette eSIM. Le client peut la lire sur le téléphone. ',
        'iPhone : Réglages → Données cellulaires. Samsung : Paramètres → Connexions → Utilisation des données. ',
        'Pixel : Paramètres → Réseau et Internet → Cartes SIM.',
      ],
      EXPIRED: [
        'Le forfait est terminé et les données restantes sont perdues. ',
        'Une recharge de la même eSIM est peut-être possible ; sinon il en faut une nouvelle.',
      ],
      RECYCLED: [
        'L’opérateur a retiré cette eSIM. Elle ne peut plus être utilisée ni rechargée : ',
        'il en faut une nouvelle.',
      ],
    },
    unseenStatus: ['Airalo indique un statut que je ne connais pas. Tout est affiché tel quel.'],
    low: (kinds) => [
      `Bientôt épuisé : ${list(kinds.map((kind) => names[kind]))}. Une recharge est peut-être possible.`,
    ],
    endingSoon: ['Le forfait se termine bientôt. Ce qui restera alors sera perdu.'],
    activeButEmpty: [`Airalo indique que cette eSIM est active, mais sans données restantes. ${OUT_OF_STEP}`],
    activeButPast: [
      `Airalo indique que cette eSIM est active, mais avec une date de fin passée. ${OUT_OF_STEP}`,
    ],
    unlimited: 'Illimité',
    noAllowance: 'Aucun volume communiqué',
    notKnown: 'Inconnu',
    dataNotKnown(total) {
      if (total === undefined) return 'Inconnu';
      const amount = data({ remaining: total, total }).total;
      return `${amount} dans le forfait, reste inconnu`;
    },
    left(kind, { remaining, total }, share) {
      if (kind === 'data') {
        const amounts = data({ remaining, total });
        return share === undefined
          ? `reste ${amounts.remaining}`
          : `reste ${amounts.remaining} sur ${amounts.total} (${percent(share)})`;
      }
      const inUnit = (value: number) =>
        kind === 'calls' ? minutes(value) : counted(value, { other: 'SMS' });
      if (share === undefined) return `reste ${inUnit(remaining)}`;
      return `reste ${number(remaining)} sur ${inUnit(total)} (${percent(share)})`;
    },
    asOf(asOf, refreshable) {
      if (refreshable === undefined) return ['Relevé : ', asOf, '.'];
      return ['Relevé : ', asOf, ' ; actualisation possible ', ...from(refreshable), '.'];
    },
    asOfRetry: (asOf, retry) => ['Relevé : ', asOf, ' ; nouvel essai possible ', ...from(retry), '.'],
    upstreamLag: (minutesBehind) => [
      `Le chiffre d’Airalo peut lui-même dater de ${minutes(minutesBehind)} de plus.`,
    ],
    lastReading: [`${AIRALO_SILENT} Voici le dernier relevé.`],
    thisIsTheLast: ['Voici le dernier relevé.'],
    willUpdate: (because, when) => {
      const promise: Line = ['Je mettrai ceci à jour ', ...at(when), '.'];
      return {
        'rate-limited': promise,
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...promise],
        busy: [`${MANY_AT_ONCE} `, ...promise],
      }[because];
    },
    willAnswer: (because, when) =>
      ({
        'rate-limited': [...readable(when), ' Je répondrai ici.'],
        'airalo-unavailable': [`${AIRALO_SILENT} Je réessaierai `, ...at(when), ' et répondrai ici.'],
        busy: [`${MANY_AT_ONCE} Je répondrai ici `, ...at(when), '.'],
      })[because],
    askLater: (because, when) =>
      ({
        'rate-limited': readable(when),
        'airalo-unavailable': [`${AIRALO_SILENT} `, ...askAgain(when)],
        busy: [`${MANY_AT_ONCE} `, ...askAgain(when)],
      })[because],
    notNoted: (when) => [
      'Je n’ai pas pu noter cette demande, rien ne viendra donc tout seul. ',
      ...askAgain(when),
    ],
  };
}
