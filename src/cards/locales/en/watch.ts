import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { WatchEvent } from '../../../usage/reply.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code } from '../../spans.ts';

/** Words about watches. */
export interface WatchWords {
  /** The button on a card; at most 30 characters, as the others here. */
  readonly watch: string;
  readonly listTitle: string;
  /** `25% of its data or less`: after "told when it has". */
  condition(condition: WatchCondition): string;
  /** A button that sets one. */
  choose(condition: WatchCondition): string;
  /** What the watch has to tell. */
  told(event: WatchEvent, condition: WatchCondition): Line;
  readonly whenToTell: Line;
  readonly whichEsim: Line;
  set(condition: WatchCondition, endsAt: Span): Line;
  known(condition: WatchCondition): Line;
  alreadySo(condition: WatchCondition): Line;
  readonly notForUnlimited: Line;
  tooMany(most: number): Line;
  readonly none: Line;
  item(iccid: Span, condition: WatchCondition, nextLookAt: Span): Line;
  stop(masked: string, condition: WatchCondition): string;
  stopped(stopped: boolean): Line;
  readonly howToList: Line;
}

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
    whichEsim: ['Which eSIM? For example: ', code(`watch ${ICCID_EXAMPLE} 25`)],
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
