import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mentions, preposed, strong } from '../../spans.ts';
import type { TopicWords } from '../../topic-words.ts';

const at = (when: Span | 'now'): Line =>
  when === 'now' ? ['maintenant'] : preposed(when, 'à partir de ', 'à partir du ');

/** See the English section. */
export function topicWords({ number, minutes, counted, either }: Figures): TopicWords {
  const titles = {
    packages: 'Forfaits',
    esim: 'Détails',
    topups: 'Recharges',
    install: 'Installation',
    balance: 'Solde Airalo',
    devices: 'Appareils',
  } as const;
  return {
    esimTitle: (topic, masked) => `${titles[topic]} : eSIM ${masked}`,
    titles,
    buttons: { packages: 'Forfaits', esim: 'Détails', topups: 'Recharges', install: 'Installer' },
    needsIccid: (example) => ['Quelle eSIM ? Indiquez son ICCID : ', example],
    tooMany: (found, most) => [
      `J’ai trouvé ${number(found)} ICCID et je peux répondre pour ${number(most)} à la fois. Envoyez-en moins, s’il vous plaît.`,
    ],
    askAgain: (because, when) =>
      ({
        'rate-limited': [
          'Airalo permet de relire cela ',
          ...at(when),
          '. Redemandez alors, s’il vous plaît : rien n’arrivera tout seul.',
        ],
        'airalo-unavailable': [
          'Airalo ne répond pas pour le moment. Redemandez ',
          ...at(when),
          ', s’il vous plaît.',
        ],
        busy: [
          'Beaucoup de questions sont en route vers Airalo. Redemandez ',
          ...at(when),
          ', s’il vous plaît.',
        ],
      })[because],
    packages: {
      line: ({ title, isTopUp, status, left, startedAt, end }) => [
        title,
        isTopUp ? ' (recharge) : ' : ' : ',
        status,
        ...(left === undefined ? [] : [`, ${left}`]),
        ...(startedAt === undefined ? [] : [', début : ', startedAt]),
        ...(end === undefined
          ? []
          : [{ ends: ', fin : ', ended: ', terminé : ', 'used-up': ', épuisé : ' }[end.kind], end.at]),
      ],
      older: (count) => [`Et ${number(count)} plus anciens.`],
      none: ['Airalo n’a aucun forfait pour cette eSIM.'],
      nameless: 'Forfait',
    },
    esim: {
      labels: {
        package: 'Forfait',
        order: 'Commande',
        ordered: 'Date de commande',
        note: 'Note de la commande',
        brand: 'Marque',
        validity: 'Validité',
        data: 'Données',
        roaming: 'Itinérance des données',
        apn: 'APN',
        withdrawn: 'Retirée',
      },
      days: (count) => counted(count, { one: 'jour', other: 'jours' }),
      roamingOn: 'Doit être activée',
      unbranded: 'Aucune',
      sharingLink: 'Ouvrir la page de l’eSIM',
      accessCode: (given) => [', code d’accès ', given],
      notShared: ['Il n’y a pas de lien de partage pour cette eSIM.'],
      secret: ['Avec le lien et le code, on peut voir et installer cette eSIM : ne les donnez qu’au client.'],
    },
    topups: {
      line: ({ title, minutes: calls, messages, netPrice, price }) => [
        title,
        ...(calls === undefined ? [] : [`, ${minutes(calls)}`]),
        ...(messages === undefined ? [] : [`, ${counted(messages, { one: 'message', other: 'messages' })}`]),
        ...(netPrice === undefined ? [] : [` ; votre prix : ${netPrice}`]),
        ...(price === undefined ? [] : [` ; prix conseillé : ${price}`]),
      ],
      more: (count) => [`Et ${number(count)} autres.`],
      none: ['Airalo ne propose aucune recharge pour cette eSIM.'],
      pricesHidden: ['Les prix ne sont montrés qu’aux personnes autorisées à lire le solde.'],
      noBuying: [
        'Je montre seulement ce qui existe ; une recharge se commande dans votre boutique ou sur Airalo Partner Platform.',
      ],
    },
    install: {
      qrCode: 'Ouvrir le code QR',
      appleLink: 'Installer directement sur un iPhone (iOS 17.4 ou plus récent)',
      activationCode: (given) => ['Code d’activation : ', given],
      systems: { ios: 'iPhone et iPad', android: 'Android' },
      byQrCode: 'avec le code QR',
      byHand: 'à la main',
      network: 'après l’installation',
      none: ['Airalo n’a pas d’instructions d’installation pour cette eSIM.'],
      otherLanguages: (example) => ['Dans la langue du client : ', example],
      secret: ['Cela suffit pour installer l’eSIM : ne l’envoyez qu’au client.'],
    },
    balance: {
      account: 'Disponible',
      none: ['Airalo n’indique aucun compte avec un solde.'],
      needsGroup: (groupIds) => [
        'Pour lire le solde, il faut ',
        ...either(mentions('group', groupIds, 'd’autres')),
        '. Adressez-vous à un administrateur.',
      ],
      notSetUp: (setting) => [
        'Personne ne peut encore lire le solde ici. Le responsable du bot peut indiquer qui avec ',
        setting,
        '.',
      ],
      checkFailed: [
        'Je n’ai pas pu vérifier si vous pouvez lire le solde. Réessayez dans une minute, s’il vous plaît.',
      ],
    },
    devices: {
      askModel: (example) => ['Quel téléphone ou quelle tablette ? Indiquez le modèle : ', example],
      found: (count, asked) => [
        `La liste d’Airalo contient ${counted(count, { one: 'appareil', other: 'appareils' })} pour `,
        asked,
        ' :',
      ],
      none: (asked) => [
        'La liste d’Airalo ne contient aucun appareil pour ',
        asked,
        '. Vérifiez l’orthographe ; un appareil absent de la liste n’accepte probablement pas d’eSIM.',
      ],
      more: (count) => [`Et ${number(count)} autres. Indiquez une plus grande partie du nom.`],
      caveat: [
        'Le même modèle peut être vendu sans eSIM dans certains pays, et un téléphone verrouillé n’accepte pas celle d’un autre opérateur.',
      ],
    },
    help: (command) => [
      [
        strong('En savoir plus sur une eSIM : '),
        'mettez ',
        ...either([[code('packages')], [code('esim')], [code('topups')], [code('install')]]),
        ' devant le numéro, par exemple ',
        code(`${command} packages ${ICCID_EXAMPLE}`),
        '.',
      ],
      [
        strong('Et aussi : '),
        code('/esim-devices iPhone 13'),
        ' dit si un téléphone accepte les eSIM, ',
        code('/esim-balance'),
        ' montre le crédit Airalo restant.',
      ],
    ],
  };
}
