import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, strong } from '../../spans.ts';
import type { WatchWords } from '../en/watch.ts';

/** See the English section. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends' ? '3 dias ou menos até o fim' : `${percent(Number(wanted))} dos dados ou menos`;
  return {
    watch: 'Acompanhar',
    listTitle: 'Avisos ativos',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '3 dias antes do fim' : `Em ${percent(Number(wanted))}`),
    chooseHere: (wanted) => (wanted === 'ends' ? 'Aqui: 3 dias antes' : `Aqui em ${percent(Number(wanted))}`),
    met: (wanted) => [`Aviso pedido: restam a este eSIM ${condition(wanted)}.`],
    metHere: (wanted) => [`Restam a este eSIM ${condition(wanted)}.`],
    ended(event) {
      switch (event) {
        case 'over':
          return ['O plano deste eSIM terminou e, com ele, o aviso.'];
        case 'unknown-esim':
          return ['A Airalo não conhece mais este eSIM, por isso o aviso terminou.'];
        case 'too-old':
          return ['O aviso sobre este eSIM terminou após 90 dias. É possível criá-lo de novo.'];
        default:
          return event satisfies never;
      }
    },
    watchedFor: (personId) => ['Aviso pedido por ', mention('person', personId)],
    notInChannel: (channelId) => [
      'Não consegui escrever em ',
      mention('channel', channelId),
      ', por isso o aviso chega aqui.',
    ],
    whenToTell: ['Quando devo avisar? O aviso chega como mensagem direta.'],
    orHere: ['Os botões com “Aqui” avisam este canal, com o número abreviado.'],
    orWrite: (example) => ['Ou escreva: ', code(example)],
    whichEsim: ['Qual eSIM? Por exemplo: ', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `Avisarei quando restarem a este eSIM ${condition(wanted)}. O aviso termina sozinho: `,
      endsAt,
      '.',
    ],
    setHere: (wanted, channel, endsAt) => [
      'Avisarei em ',
      channel,
      ` quando restarem a este eSIM ${condition(wanted)}. O aviso termina sozinho: `,
      endsAt,
      '.',
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` pediu para acompanhar o eSIM ${masked}. Avisarei aqui quando restarem ${condition(wanted)}.`,
    ],
    knownHere: (wanted) => [`Este canal já receberá esse aviso: ${condition(wanted)}.`],
    known: (wanted) => [`Esse aviso já existe: ${condition(wanted)}.`],
    alreadySo: (wanted) => [`Já é assim: restam a este eSIM ${condition(wanted)}.`],
    notForUnlimited: ['Os dados deste plano são ilimitados: só o fim pode ser acompanhado.'],
    tooMany: (most) => [`Já há ${number(most)} avisos, que é o máximo. Pare um primeiro.`],
    noChannel: ['Aqui não há nenhum canal que eu possa avisar. Pergunte em um canal em que eu esteja.'],
    channelClosed: [
      'Não posso escrever neste canal, por isso nada foi criado. Convide-me ou deixe-me escrever aqui e tente de novo.',
    ],
    channelFailed: ['Não consegui escrever neste canal agora, por isso nada foi criado. Tente de novo.'],
    none: ['Nenhum eSIM é acompanhado. Toque em Acompanhar ou escreva: ', code('watch ICCID 25')],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. Próxima consulta `,
      nextLookAt,
      ...(channel ? ['. Aviso em ', channel] : []),
    ],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3 d' : percent(Number(wanted));
      return `Parar ${masked} ${short}`;
    },
    stopped: (stopped) => [stopped ? 'Parado.' : 'Esse aviso já tinha terminado.'],
    howToList: ['Todos os avisos: ', code('watches')],
    help: (command) => [
      strong('Receber um aviso depois: '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` avisa quando restam ${percent(25)} dos dados (ou 10, 5; `,
      code('ends'),
      ': três dias antes do fim); com ',
      code('channel'),
      ' depois, avisa neste canal. ',
      code(`${command} watches`),
      ' mostra todos.',
    ],
  };
}
