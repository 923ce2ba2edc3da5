import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, preposed, strong } from '../../spans.ts';
import type { WatchWords } from '../en/watch.ts';

/** See the English section. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends'
      ? '3 Tage oder weniger bis zum Ende'
      : `${percent(Number(wanted))} der Daten oder weniger`;
  return {
    watch: 'Beobachten',
    listTitle: 'Beobachtete eSIMs',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '3 Tage vor dem Ende' : `Bei ${percent(Number(wanted))}`),
    chooseHere: (wanted) =>
      wanted === 'ends' ? 'Hier: 3 Tage vorher' : `Hier bei ${percent(Number(wanted))}`,
    met: (wanted) => [`Gewünschte Nachricht: Diese eSIM hat noch ${condition(wanted)}.`],
    metHere: (wanted) => [`Diese eSIM hat noch ${condition(wanted)}.`],
    ended(event) {
      switch (event) {
        case 'over':
          return ['Der Tarif dieser eSIM ist beendet, damit auch die Beobachtung.'];
        case 'unknown-esim':
          return ['Airalo kennt diese eSIM nicht mehr, daher ist die Beobachtung beendet.'];
        case 'too-old':
          return ['Die Beobachtung dieser eSIM ist nach 90 Tagen beendet. Sie lässt sich neu einrichten.'];
        default:
          return event satisfies never;
      }
    },
    watchedFor: (personId) => ['Beobachtet für ', mention('person', personId)],
    notInChannel: (channelId) => [
      'In ',
      mention('channel', channelId),
      ' war kein Schreiben möglich, daher kommt die Nachricht hierher.',
    ],
    whenToTell: ['Wann soll eine Nachricht kommen? Sie kommt als Direktnachricht.'],
    orHere: ['Die Knöpfe mit „Hier“ melden es stattdessen diesem Kanal, mit gekürzter Nummer.'],
    orWrite: (example) => ['Oder schreiben: ', code(example)],
    whichEsim: ['Welche eSIM? Zum Beispiel: ', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `Es kommt eine Nachricht, sobald diese eSIM noch ${condition(wanted)} hat. Die Beobachtung endet von selbst `,
      ...preposed(endsAt, 'um ', 'am '),
      '.',
    ],
    setHere: (wanted, channel, endsAt) => [
      'Es kommt eine Nachricht in ',
      channel,
      `, sobald diese eSIM noch ${condition(wanted)} hat. Die Beobachtung endet von selbst `,
      ...preposed(endsAt, 'um ', 'am '),
      '.',
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` lässt die eSIM ${masked} beobachten. Hier kommt eine Nachricht, sobald sie noch ${condition(wanted)} hat.`,
    ],
    knownHere: (wanted) => [`Dieser Kanal bekommt das schon gemeldet: ${condition(wanted)}.`],
    known: (wanted) => [`Das wird schon beobachtet: ${condition(wanted)}.`],
    alreadySo: (wanted) => [`Das ist schon so: Diese eSIM hat noch ${condition(wanted)}.`],
    notForUnlimited: ['Die Daten dieses Tarifs sind unbegrenzt: Nur sein Ende lässt sich beobachten.'],
    tooMany: (most) => [
      `Es gibt schon ${number(most)} Beobachtungen, mehr sind nicht möglich. Bitte zuerst eine beenden.`,
    ],
    noChannel: [
      'Hier gibt es keinen Kanal, dem ich es melden könnte. Bitte in einem Kanal fragen, in dem ich bin.',
    ],
    channelClosed: [
      'In diesem Kanal darf ich nicht schreiben, daher wurde nichts eingerichtet. Bitte mich einladen oder hier schreiben lassen und es noch einmal versuchen.',
    ],
    channelFailed: [
      'In diesen Kanal ließ sich gerade nicht schreiben, daher wurde nichts eingerichtet. Bitte noch einmal versuchen.',
    ],
    none: [
      'Keine eSIM wird beobachtet. Auf einer Karte „Beobachten“ drücken oder schreiben: ',
      code('watch ICCID 25'),
    ],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. Nächster Blick `,
      nextLookAt,
      ...(channel ? ['. Nachricht in ', channel] : []),
    ],
    stop(masked, wanted) {
      const short = wanted === 'ends' ? '3 T' : percent(Number(wanted));
      return `${masked} ${short} beenden`;
    },
    stopped: (stopped) => [stopped ? 'Beendet.' : 'Diese Beobachtung war schon beendet.'],
    howToList: ['Alle Beobachtungen: ', code('watches')],
    help: (command) => [
      strong('Später Bescheid bekommen: '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` meldet sich, wenn noch ${percent(25)} der Daten da sind (oder 10, 5; `,
      code('ends'),
      ': drei Tage vor dem Ende), mit ',
      code('channel'),
      ' dahinter in diesem Kanal. ',
      code(`${command} watches`),
      ' zeigt alle.',
    ],
  };
}
