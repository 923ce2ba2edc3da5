import { ICCID_EXAMPLE } from '../../../domain/iccid.ts';
import type { WatchCondition } from '../../../domain/watch.ts';
import type { WatchEvent } from '../../../usage/reply.ts';
import type { Line, Span } from '../../card.ts';
import type { Figures } from '../../figures.ts';
import { code, mention, strong } from '../../spans.ts';

/** Words about watches. */
export interface WatchWords {
  /** The button on a card; at most 30 characters, as the others here. */
  readonly watch: string;
  readonly listTitle: string;
  /** `25% of its data or less`: after "told when it has". */
  condition(condition: WatchCondition): string;
  /** A button that sets one. */
  choose(condition: WatchCondition): string;
  /** The same for everybody in the channel. */
  chooseHere(condition: WatchCondition): string;
  /** What was waited for has come. */
  met(condition: WatchCondition): Line;
  /** The same to a channel. */
  metHere(condition: WatchCondition): Line;
  /** The watch has ended without it. */
  ended(event: Exclude<WatchEvent, 'met'>): Line;
  /** Above what is told to a channel. */
  watchedFor(personId: string): Line;
  /** Above what its owner is told instead of the channel. */
  notInChannel(channelId: string): Line;
  readonly whenToTell: Line;
  /** Below it, where the channel could be told. */
  readonly orHere: Line;
  /** Where there are no buttons, and for those who rather type. */
  orWrite(example: string): Line;
  readonly whichEsim: Line;
  set(condition: WatchCondition, endsAt: Span): Line;
  setHere(condition: WatchCondition, channel: Span, endsAt: Span): Line;
  /** Said in the channel when the watch is set. */
  announced(personId: string, masked: string, condition: WatchCondition): Line;
  known(condition: WatchCondition): Line;
  knownHere(condition: WatchCondition): Line;
  alreadySo(condition: WatchCondition): Line;
  readonly notForUnlimited: Line;
  tooMany(most: number): Line;
  readonly noChannel: Line;
  readonly channelClosed: Line;
  readonly channelFailed: Line;
  readonly none: Line;
  item(iccid: Span, condition: WatchCondition, nextLookAt: Span, channel?: Span): Line;
  stop(masked: string, condition: WatchCondition): string;
  stopped(stopped: boolean): Line;
  readonly howToList: Line;
  /** For the help card. */
  help(command: string): Line;
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
    chooseHere: (wanted) =>
      wanted === 'ends' ? 'Here: 3 days before' : `Here at ${percent(Number(wanted))}`,
    met: (wanted) => [`You asked to be told: this eSIM has ${condition(wanted)}.`],
    metHere: (wanted) => [`This eSIM has ${condition(wanted)}.`],
    ended(event) {
      switch (event) {
        case 'over':
          return ['The plan of this eSIM has ended, and with it the watch.'];
        case 'unknown-esim':
          return ['Airalo does not know this eSIM any more, so the watch has ended.'];
        case 'too-old':
          return ['The watch on this eSIM has ended after 90 days. It can be set again.'];
        default:
          return event satisfies never;
      }
    },
    watchedFor: (personId) => ['Watched for ', mention('person', personId)],
    notInChannel: (channelId) => [
      'I could not write in ',
      mention('channel', channelId),
      ', so this comes to you.',
    ],
    whenToTell: ['When shall I tell you? It comes as a direct message.'],
    orHere: ['The buttons with “Here” tell this channel instead, with the number shortened.'],
    orWrite: (example) => ['Or write: ', code(example)],
    whichEsim: ['Which eSIM? For example: ', code(`watch ${ICCID_EXAMPLE} 25`)],
    set: (wanted, endsAt) => [
      `I will tell you when this eSIM has ${condition(wanted)}. The watch ends by itself on `,
      endsAt,
      '.',
    ],
    setHere: (wanted, channel, endsAt) => [
      'I will tell ',
      channel,
      ` when this eSIM has ${condition(wanted)}. The watch ends by itself on `,
      endsAt,
      '.',
    ],
    announced: (personId, masked, wanted) => [
      mention('person', personId),
      ` has asked me to watch eSIM ${masked}. I will say here when it has ${condition(wanted)}.`,
    ],
    knownHere: (wanted) => [`This channel will be told that already: ${condition(wanted)}.`],
    known: (wanted) => [`You watch that already: ${condition(wanted)}.`],
    alreadySo: (wanted) => [`That is so already: this eSIM has ${condition(wanted)}.`],
    notForUnlimited: ['The data of this plan is unlimited: only its end can be watched.'],
    tooMany: (most) => [`You have ${number(most)} watches, which is the most there may be. Stop one first.`],
    noChannel: ['There is no channel here that I could tell. Ask in a channel that I am in.'],
    channelClosed: [
      'I may not write in this channel, so nothing was set. Invite me, or let me write here, and try again.',
    ],
    channelFailed: ['I could not write in this channel just now, so nothing was set. Please try again.'],
    none: ['You watch no eSIM. Press Watch on a card, or write: ', code('watch ICCID 25')],
    item: (iccid, wanted, nextLookAt, channel) => [
      iccid,
      `: ${condition(wanted)}. Next look `,
      nextLookAt,
      ...(channel ? ['. Tells ', channel] : []),
    ],
    stop: (masked, wanted) => `Stop ${masked} ${wanted === 'ends' ? '3 d' : percent(Number(wanted))}`,
    stopped: (stopped) => [stopped ? 'Stopped.' : 'That watch has ended already.'],
    howToList: ['All your watches: ', code('watches')],
    help: (command) => [
      strong('Be told later: '),
      code(`${command} watch ${ICCID_EXAMPLE} 25`),
      ` tells you when ${percent(25)} of the data is left (or 10, 5; `,
      code('ends'),
      ': three days before the end), with ',
      code('channel'),
      ' behind it this channel. ',
      code(`${command} watches`),
      ' lists them.',
    ],
  };
}
