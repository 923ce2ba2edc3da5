import type { WatchCondition } from '../../domain/watch.ts';
import type { Figures } from '../figures.ts';
import { code } from '../spans.ts';
import type { WatchWords } from '../watch-words.ts';

/** Watches. */
export function watchWords({ number, percent }: Figures): WatchWords {
  const condition = (wanted: WatchCondition) =>
    wanted === 'ends' ? '3 days or less until its end' : `${percent(Number(wanted))} of its data or less`;
  return {
    watch: 'Watch',
    listTitle: 'Your watches',
    condition,
    choose: (wanted) => (wanted === 'ends' ? '3 days before the end' : `At ${percent(Number(wanted))}`),
    told(event, wanted) {
      switch (event) {
        case 'met':
          return [`You asked to be told: this eSIM has ${condition(wanted)}.`];
        case 'over':
          return ['The plan of this eSIM has ended, and with it your watch.'];
        case 'unknown-esim':
          return ['Airalo does not know this eSIM any more, so your watch has ended.'];
        case 'too-old':
          return ['Your watch on this eSIM has ended after 90 days. You can set it again.'];
        default:
          return event satisfies never;
      }
    },
    whenToTell: ['When shall I tell you? It comes as a direct message.'],
    whichEsim: ['Which eSIM? For example: ', code('watch 8910000000001000019 25')],
    set: (wanted, endsAt) => [
      `I will tell you when this eSIM has ${condition(wanted)}. The watch ends by itself on `,
      endsAt,
      '.',
    ],
    known: (wanted) => [`You watch that already: ${condition(wanted)}.`],
    alreadySo: (wanted) => [`That is so already: this eSIM has ${condition(wanted)}.`],
    notForUnlimited: ['The data of this plan is unlimited: only its end can be watched.'],
    tooMany: (most) => [`You have ${number(most)} watches, which is the most there may be. Stop one first.`],
    none: ['You watch no eSIM. Press Watch on a card, or write: ', code('watch ICCID 25')],
    item: (iccid, wanted, nextLookAt) => [iccid, `: ${condition(wanted)}. Next look `, nextLookAt],
    stop: (masked, wanted) => `Stop ${masked} ${wanted === 'ends' ? '3 d' : percent(Number(wanted))}`,
    stopped: (stopped) => [stopped ? 'Stopped.' : 'That watch has ended already.'],
    howToList: ['All your watches: ', code('watches')],
  };
}
