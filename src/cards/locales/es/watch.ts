import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, strong } from '../../spans.ts';
import type { WatchWords } from '../en/watch.ts';

/** See the English section. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends' ? '3 días o menos hasta su fin' : `el ${percent(Number(wanted))} de sus datos o menos`;
  return {
    watch: 'Vigilar',
    listTitle: 'Avisos pendientes',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '3 días antes del fin' : `Al ${percent(Number(wanted))}`),
    chooseHere: (wanted) => (wanted === 'ends' ? 'Aquí: 3 días antes' : `Aquí al ${percent(Number(wanted))}`),
    met: (wanted) => [`Aviso pedido: a esta eSIM le queda ${condition(wanted)}.`],
    metHere: (wanted) => [`A esta eSIM le queda ${condition(wanted)}.`],
    ended(event) {
      switch (event) {
        case 'over':
          return ['El plan de esta eSIM ha terminado y, con él, el aviso.'];
        case 'unknown-esim':
          return ['Airalo ya no conoce esta eSIM, así que el aviso ha terminado.'];
        case 'too-old':
          return ['El aviso sobre esta eSIM ha terminado tras 90 días. Se puede volver a crear.'];
        default:
          return event satisfies never;
      }
    },
    watchedFor: (personId) => ['Aviso pedido por ', mention('person', personId)],
    notInChannel: (channelId) => [
      'No pude escribir en ',
      mention('channel', channelId),
      ', por eso el aviso llega aquí.',
    ],
    whenToTell: ['¿Cuándo debo avisar? El aviso llega como mensaje directo.'],
    orHere: ['Los botones con «Aquí» avisan en este canal, con el número abreviado.'],
    orWrite: (example) => ['O escriba: ', code(example)],
    whichEsim: ['¿Qué eSIM? Por ejemplo: ', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `Avisaré cuando a esta eSIM le quede ${condition(wanted)}. El aviso termina por sí solo: `,
      endsAt,
      '.',
    ],
    setHere: (wanted, channel, endsAt) => [
      'Avisaré en ',
      channel,
      ` cuando a esta eSIM le quede ${condition(wanted)}. El aviso termina por sí solo: `,
      endsAt,
      '.',
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` ha pedido vigilar la eSIM ${masked}. Avisaré aquí cuando le quede ${condition(wanted)}.`,
    ],
    knownHere: (wanted) => [`Este canal ya recibirá ese aviso: ${condition(wanted)}.`],
    known: (wanted) => [`Ese aviso ya existe: ${condition(wanted)}.`],
    alreadySo: (wanted) => [`Ya es así: a esta eSIM le queda ${condition(wanted)}.`],
    notForUnlimited: ['Los datos de este plan son ilimitados: solo se puede vigilar su fin.'],
    tooMany: (most) => [`Ya hay ${number(most)} avisos, que es el máximo. Detenga uno primero.`],
    noChannel: ['Aquí no hay ningún canal en el que pueda avisar. Pregunte en un canal en el que yo esté.'],
    channelClosed: [
      'No puedo escribir en este canal, así que no se creó nada. Invíteme o permítame escribir aquí y vuelva a intentarlo.',
    ],
    channelFailed: [
      'Ahora no he podido escribir en este canal, así que no se creó nada. Vuelva a intentarlo.',
    ],
    none: ['No se vigila ninguna eSIM. Pulse Vigilar en una tarjeta o escriba: ', code('watch ICCID 25')],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. Próxima consulta `,
      nextLookAt,
      ...(channel ? ['. Aviso en ', channel] : []),
    ],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3 d' : percent(Number(wanted));
      return `Detener ${masked} ${short}`;
    },
    stopped: (stopped) => [stopped ? 'Detenido.' : 'Ese aviso ya había terminado.'],
    howToList: ['Todos los avisos: ', code('watches')],
    help: (command) => [
      strong('Recibir un aviso más tarde: '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` avisa cuando queda el ${percent(25)} de los datos (o 10, 5; `,
      code('ends'),
      ': tres días antes del fin); con ',
      code('channel'),
      ' detrás, avisa en este canal. ',
      code(`${command} watches`),
      ' los muestra todos.',
    ],
  };
}
