import type { WatchCondition } from '../domain/watch.ts';
import type { WatchEvent } from '../usage/reply.ts';
import type { Line, Span } from './card.ts';

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
