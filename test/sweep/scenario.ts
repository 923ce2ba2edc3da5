import type { Question } from './question.ts';
import type { Side } from './side.ts';
import type { World, WorldKind } from './world.ts';

/** What happens in a row before and while a call fails. */
export interface Scenario {
  readonly name: string;
  readonly kind: WorldKind;
  /** The bot is not started yet when the faults begin. */
  readonly fromStart?: true;
  /** What must have happened before: a card with buttons, a promise. Its calls do not fail. */
  prepare?(stage: Stage): Promise<void>;
  /** What happens. Every call from here on is one that may fail. */
  act(stage: Stage): Promise<readonly Question[]>;
  /** The process is told to stop while it works. */
  readonly stops?: true;
  /** How long it takes when nothing fails, in milliseconds; 5 s unless said otherwise. */
  readonly lastsMs?: number;
  /**
   * The question that shows at the end that the bot is back, where a command with an ICCID would not; asked so long after, in milliseconds. It
   * is answered when it `isDone`.
   */
  readonly next?: { readonly afterMs: number; ask(stage: Stage): Question };
  /** What must be true at the end besides what is true of every row: one line for each breach. */
  check?(stage: Stage): string[];
}

export interface Stage {
  readonly world: World;
  /** The side that the scenario is about. */
  readonly side: Side;
  /** eSIMs whose window is open. */
  readonly iccids: readonly string[];
  /** An eSIM that Airalo will not let be read for its window. */
  readonly usedUp: string;
  /** Of the bot's HTTP server. */
  readonly httpUrl: string;
}
