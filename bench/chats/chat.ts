import type { ShownAnswer } from '../shown.ts';

/** A command that was sent, and how long the chat waited for its acknowledgement. */
export interface Asked {
  readonly iccid: string;
  /** By which its answer is found. */
  readonly questionId: string;
  readonly ackMs: number;
}

/** The bot lets a person ask for 60 different eSIMs in ten minutes, and a channel for 300. */
export const ASKERS_OF_A_CHANNEL = 20;
/** So many of different eSIMs does each of a crowd ask for. */
export const ESIMS_OF_AN_ASKER = 10;

/** An imitated chat in the bench's process, with one process of one contender before it. */
export interface Chat {
  /** The settings that lead the contender here. */
  readonly env: Readonly<Record<string, string>>;
  /** Where a fresh process takes commands; a chat that is called by the contender need not know. */
  contenderAt(port: number): void;
  /**
   * Sends a command and resolves with its acknowledgement. `asker`: the number of who asks, of the one person of all scenarios when absent;
   * `ASKERS_OF_A_CHANNEL` of them sit together.
   */
  ask(iccid: string, asker?: number): Promise<Asked>;
  /** Every answer as the person sees it now, oldest first. */
  answers(): ShownAnswer[];
  /** What a command got as its answer, once there is something. */
  answerTo(asked: Asked): ShownAnswer | undefined;
  close(): Promise<void>;
}
