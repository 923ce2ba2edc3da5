import { maskIccid } from '../../../domain/iccid.ts';
import type { Figures } from '../../figures.ts';
import { code, copyables, instant, mention } from '../../spans.ts';
import type { ChatWords } from '../en/chat.ts';
import { EXAMPLE, ICCID_FORM } from './refusal.ts';

/** What is said outside a card. */
export function chatWords({ number, counted }: Figures): ChatWords {
  return {
    checking(iccids, audience) {
      const [only] = iccids;
      if (only === undefined) return ['Un instant …'];
      if (iccids.length > 1)
        return [`Vérification en cours : ${counted(iccids.length, { other: 'eSIM' })} …`];
      return ['Vérification en cours : eSIM ', audience === 'public' ? maskIccid(only) : code(only), ' …'];
    },
    tooMany: (found, most) => [
      `J’ai trouvé ${number(found)} ICCID et peux en vérifier ${number(most)} à la fois. Envoyez-en moins.`,
    ],
    leftOut: (most, which) => [
      `J’en vérifie ${number(most)} à la fois. Laissés de côté, redemandez-les : `,
      ...copyables(which),
      '.',
    ],
    changed: (given) => ['Laissés de côté, car un tableur les a modifiés : ', ...copyables(given), '.'],
    nothingReadable: [`Je n’y trouve pas d’ICCID. ${ICCID_FORM}. `, ...EXAMPLE],
    cardTooOld: (command) => [
      'Cette réponse est trop ancienne pour cela. Veuillez redemander : ',
      code(`${command} ICCID`),
    ],
    notYours: ['Seule la personne qui a posé la question peut le faire. Vous pouvez poser la vôtre.'],
    refreshNotBefore: (time) => [
      'Airalo permet de consulter à nouveau cette eSIM à partir de ',
      instant(time, 'time'),
      '.',
    ],
    promiseMade: (time) => ['Je vous préviendrai à ', instant(time, 'time'), '.'],
    promiseCancelled: ['Annulé. Je ne répondrai plus à cette question.'],
    promiseNotCancelled: ['Impossible d’annuler : la réponse a déjà été donnée ou annulée.'],
    alreadyWorking: ['Je m’en occupe déjà.'],
    sharedBy: (personId) => ['Partagé par ', mention('person', personId)],
    answerReady: (personId) => [
      ...(personId === undefined ? [] : [mention('person', personId), ' ']),
      'Votre réponse sur l’eSIM est prête.',
    ],
    failure: (reference) => [
      'Une erreur s’est produite de mon côté. Veuillez réessayer dans une minute.',
      ...(reference === undefined
        ? []
        : [' Si elle se répète, donnez cette référence à l’exploitant du bot : ', code(reference)]),
    ],
    inviteFirst: [
      'Je ne suis pas dans ce canal et ne peux donc rien y partager. Invitez-moi avec ',
      code('/invite'),
      ', puis appuyez de nouveau.',
    ],
    mayNotPost: [
      'Je n’ai pas le droit d’écrire dans ce salon. Un administrateur peut m’accorder « Voir le salon », « Envoyer des messages » et « Intégrer des liens ».',
    ],
    privately: ['Je réponds en privé : appuyez sur le bouton, vous seul verrez la réponse.'],
    notShared: ['Le partage n’a pas fonctionné. Veuillez réessayer dans une minute.'],
    notUnderstood: ['Je n’ai pas trouvé d’ICCID dans ce message.'],
  };
}
