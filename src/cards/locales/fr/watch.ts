import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, strong } from '../../spans.ts';
import type { WatchWords } from '../en/watch.ts';

/** See the English section. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends'
      ? '3 jours ou moins avant la fin'
      : `${percent(Number(wanted))} de ses données ou moins`;
  return {
    watch: 'Surveiller',
    listTitle: 'Vos surveillances',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '3 jours avant la fin' : `À ${percent(Number(wanted))}`),
    chooseHere: (wanted) => (wanted === 'ends' ? 'Ici : 3 jours avant' : `Ici à ${percent(Number(wanted))}`),
    met: (wanted) => [`Alerte demandée : il reste à cette eSIM ${condition(wanted)}.`],
    metHere: (wanted) => [`Il reste à cette eSIM ${condition(wanted)}.`],
    ended(event) {
      switch (event) {
        case 'over':
          return ['Le forfait de cette eSIM est terminé, et la surveillance avec lui.'];
        case 'unknown-esim':
          return ['Airalo ne connaît plus cette eSIM : la surveillance est terminée.'];
        case 'too-old':
          return ['La surveillance de cette eSIM a pris fin après 90 jours. Elle peut être relancée.'];
        default:
          return event satisfies never;
      }
    },
    watchedFor: (personId) => ['Surveillance demandée par ', mention('person', personId)],
    notInChannel: (channelId) => [
      'Je n’ai pas pu écrire dans ',
      mention('channel', channelId),
      ' : l’alerte vous parvient ici.',
    ],
    whenToTell: ['Quand dois-je vous prévenir ? Par message direct.'],
    orHere: ['Les boutons « Ici » préviennent plutôt ce canal, avec le numéro abrégé.'],
    orWrite: (example) => ['Ou écrivez : ', code(example)],
    whichEsim: ['Quelle eSIM ? Par exemple : ', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `Je vous préviendrai quand il restera à cette eSIM ${condition(wanted)}. La surveillance s’arrête d’elle-même : `,
      endsAt,
      '.',
    ],
    setHere: (wanted, channel, endsAt) => [
      'Je préviendrai ',
      channel,
      ` quand il restera à cette eSIM ${condition(wanted)}. La surveillance s’arrête d’elle-même : `,
      endsAt,
      '.',
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` m’a demandé de surveiller l’eSIM ${masked}. Je le dirai ici quand il lui restera ${condition(wanted)}.`,
    ],
    knownHere: (wanted) => [`Ce canal sera déjà prévenu : ${condition(wanted)}.`],
    known: (wanted) => [`Cette surveillance existe déjà : ${condition(wanted)}.`],
    alreadySo: (wanted) => [`C’est déjà le cas : il reste à cette eSIM ${condition(wanted)}.`],
    notForUnlimited: ['Les données de ce forfait sont illimitées : seule sa fin peut être surveillée.'],
    tooMany: (most) => [`Vous avez ${number(most)} surveillances, c’est le maximum. Arrêtez-en une d’abord.`],
    noChannel: ['Il n’y a ici aucun canal que je puisse prévenir. Demandez dans un canal où je suis.'],
    channelClosed: [
      'Je ne peux pas écrire dans ce canal, rien n’a été créé. Invitez-moi ou laissez-moi écrire ici, puis réessayez.',
    ],
    channelFailed: [
      'Je n’ai pas pu écrire dans ce canal à l’instant, rien n’a été créé. Veuillez réessayer.',
    ],
    none: ['Vous ne surveillez aucune eSIM. Appuyez sur Surveiller ou écrivez : ', code('watch ICCID 25')],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. Prochaine vérification `,
      nextLookAt,
      ...(channel ? ['. Alerte dans ', channel] : []),
    ],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3 j' : percent(Number(wanted));
      return `Arrêter ${masked} ${short}`;
    },
    stopped: (stopped) => [stopped ? 'Arrêtée.' : 'Cette surveillance était déjà terminée.'],
    howToList: ['Toutes vos surveillances : ', code('watches')],
    help: (command) => [
      strong('Être prévenu plus tard : '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` vous prévient quand il reste ${percent(25)} des données (ou 10, 5 ; `,
      code('ends'),
      ' : trois jours avant la fin) ; suivi de ',
      code('channel'),
      ', il prévient ce canal. ',
      code(`${command} watches`),
      ' les montre toutes.',
    ],
  };
}
