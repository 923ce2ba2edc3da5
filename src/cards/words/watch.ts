import { ICCID_EXAMPLE } from '../../domain/iccid.ts';
import { WATCHED_PERCENT, type WatchCondition } from '../../domain/watch.ts';
import type { WatchEvent } from '../../usage/reply.ts';
import type { Line, Span } from '../card.ts';
import type { Say } from '../say.ts';
import { mention } from '../spans.ts';

/** Words about watches. */
export interface WatchWords {
  /** The button on a card; at most 30 characters, as the others here. */
  readonly watch: string;
  /** First line of the list: of how many eSIMs. */
  watched(esims: number): string;
  /** First line where so many were stopped at once. */
  stoppedAll(count: number): string;
  /** First line: what is watched for; undefined where nothing is. */
  headline(condition: WatchCondition | undefined): string;
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
  /** Above the choices of when to be told; at most 30 characters. */
  readonly choice: string;
  /** Above the watches that can be stopped; at most 30 characters. */
  readonly stopOne: string;
  readonly whenToTell: string;
  /** Below it, where the channel could be told. */
  readonly orHere: Line;
  /** How to type it: where there are no buttons, and for those who rather type. `example` is a whole command. */
  orWrite(example: string): Line;
  readonly whichEsim: Line;
  /** `endsAt`: until when it is looked for. */
  set(condition: WatchCondition, endsAt: Span): Line;
  setHere(condition: WatchCondition, channel: Span, endsAt: Span): Line;
  /** Said in the channel when the watch is set. */
  announced(personId: string, masked: string, condition: WatchCondition): Line;
  /** The same watch is there already. */
  known(condition: WatchCondition): Line;
  knownHere(condition: WatchCondition): Line;
  /** It is so at this moment: there is nothing to wait for. */
  alreadySo(condition: WatchCondition): Line;
  /** A share of the data is wanted, and the plan has no measure. */
  readonly notForUnlimited: Line;
  /** Of one person, at the same time. */
  tooMany(most: number): Line;
  /** Asked for a channel, where there is none. */
  readonly noChannel: Line;
  /** Asked for a channel that the bot may not write to. */
  readonly channelClosed: Line;
  /** Asked for a channel that could not be written to this time. */
  readonly channelFailed: Line;
  readonly none: Line;
  /** So many watches are there and cannot be read. */
  unreadable(count: number): Line;
  /** Headings of their table; short. */
  readonly columns: Readonly<Record<'condition' | 'next' | 'to', string>>;
  /** The order of its rows. */
  readonly soonestFirst: string;
  /** Who is told, where no channel is. */
  readonly toYou: string;
  /** The button beside one. */
  readonly stopIt: string;
  /** An option of the menu that stops one. */
  stop(masked: string, condition: WatchCondition): string;
  /** False: it was stopped before, or has ended. */
  stopped(stopped: boolean): Line;
  readonly howToList: Line;
  /** Every watch of the person on one eSIM was stopped; 0: there was none. */
  unwatched(masked: string, count: number): Line;
  /** What was asked for cannot be watched for. */
  notThat(asked: Span): Line;
}

/** Watches. */
export function watchWords({ text, line }: Say): WatchWords {
  const about = (what: 'condition' | 'choose' | 'chooseHere', wanted: WatchCondition) =>
    wanted === 'ends'
      ? text(`watch.${what}.ends`)
      : text(`watch.${what}.percent`, { percent: WATCHED_PERCENT[wanted] / 100 });
  const condition = (wanted: WatchCondition) => about('condition', wanted);
  return {
    watch: text('watch.watch'),
    watched: (esims) => text('watch.headline.watched', { esims }),
    stoppedAll: (count) => text('watch.headline.stopped', { count }),
    headline: (wanted) =>
      wanted === undefined
        ? text('watch.headline.none')
        : text('watch.headline.set', { condition: condition(wanted) }),
    condition,
    choose: (wanted) => about('choose', wanted),
    chooseHere: (wanted) => about('chooseHere', wanted),
    met: (wanted) => line('watch.met', { condition: condition(wanted) }),
    metHere: (wanted) => line('watch.metHere', { condition: condition(wanted) }),
    ended: (event) => line(`watch.ended.${event}`),
    watchedFor: (personId) => line('watch.watchedFor', { person: mention('person', personId) }),
    notInChannel: (channelId) => line('watch.notInChannel', { channel: mention('channel', channelId) }),
    choice: text('watch.choice'),
    stopOne: text('watch.stopOne'),
    whenToTell: text('watch.whenToTell'),
    orHere: line('watch.orHere'),
    orWrite: (example) => line('watch.orWrite', { example }),
    whichEsim: line('watch.whichEsim', { example: ICCID_EXAMPLE }),
    set: (wanted, endsAt) => line('watch.set', { condition: condition(wanted), endsAt }),
    setHere: (wanted, channel, endsAt) =>
      line('watch.setHere', { channel, condition: condition(wanted), endsAt }),
    announced: (personId, masked, wanted) =>
      line('watch.announced', {
        person: mention('person', personId),
        masked,
        condition: condition(wanted),
      }),
    known: (wanted) => line('watch.known', { condition: condition(wanted) }),
    knownHere: (wanted) => line('watch.knownHere', { condition: condition(wanted) }),
    alreadySo: (wanted) => line('watch.alreadySo', { condition: condition(wanted) }),
    notForUnlimited: line('watch.notForUnlimited'),
    tooMany: (most) => line('watch.tooMany', { most }),
    noChannel: line('watch.noChannel'),
    channelClosed: line('watch.channelClosed'),
    channelFailed: line('watch.channelFailed'),
    none: line('watch.none'),
    unreadable: (count) => line('watch.unreadable', { count }),
    columns: {
      condition: text('watch.columns.condition'),
      next: text('watch.columns.next'),
      to: text('watch.columns.to'),
    },
    soonestFirst: text('watch.soonestFirst'),
    toYou: text('watch.toYou'),
    stopIt: text('watch.stopIt'),
    stop: (masked, wanted) =>
      wanted === 'ends'
        ? text('watch.stop.ends', { masked })
        : text('watch.stop.percent', { masked, percent: WATCHED_PERCENT[wanted] / 100 }),
    stopped: (stopped) => line(stopped ? 'watch.stopped' : 'watch.stopped.before'),
    howToList: line('watch.howToList'),
    unwatched: (masked, count) =>
      count === 0 ? line('watch.unwatched.none', { masked }) : line('watch.unwatched', { masked, count }),
    notThat: (asked) => line('watch.notThat', { asked }),
  };
}
