import type { Person, Question, Seen } from './question.ts';

/** The doors that lead to a question about eSIMs. */
export type Door = 'command' | 'direct message' | 'mention' | 'message command';
export type Button = 'promise' | 'cancel' | 'share' | 'csv' | 'topups' | 'reply';

/** One messaging service in the world of a row: its people, and what they see. */
export interface Side {
  readonly name: 'Slack socket' | 'Slack HTTP' | 'Discord';
  /** Another channel of the agents', as it is named in a command. */
  readonly elsewhere: string;
  /** Settings that lead the bot here, through the proxies. */
  readonly env: Readonly<Record<string, string>>;
  /** The bot keeps a socket open to it. */
  readonly hasSocket: boolean;
  setBotUrl(url: string): void;
  /** The bot's socket is open, as this side sees it. */
  isConnected(): boolean;
  readonly ask: Readonly<Record<Door, (person: Person, iccids: readonly string[]) => Question>>;
  /** Presses a button of the newest message the person has. */
  press(person: Person, button: Button, iccids: readonly string[]): Question;
  /** A command with other words than ICCIDs: `watch …`. */
  say(person: Person, words: string, iccids: readonly string[]): Question;
  sendList(person: Person, bytes: Uint8Array, iccids: readonly string[]): Question;
  /** By the form that the command opens. */
  sendListByForm?(person: Person, bytes: Uint8Array, iccids: readonly string[]): Question;
  /** A workflow of the person's comes to the step that checks an eSIM. */
  runStep?(person: Person, iccid: string): Question;
  /** How the workflows went that came to it. */
  stepEnds?(): string[];
  openHome?(person: Person): Question;
  homeOf?(person: Person): string;
  seenBy(person: Person): Seen[];
  /** Every form of every message that everybody sees. */
  publicTexts(): string[];
  alerts(): Seen[];
  /** What must stand in no log. */
  secrets(): string[];
  /** The service asks the bot to connect anew, as it does now and then. */
  recycle(): void;
  close(): Promise<void>;
}
