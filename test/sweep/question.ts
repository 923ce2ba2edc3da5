/** Somebody who asks the bot; whoever is named is there. */
export type Person = 'anna' | 'ben' | 'carl' | `crowd${number}`;

/** A question as the person sees it. */
export interface Question {
  readonly person: Person;
  readonly door: string;
  readonly iccids: readonly string[];
  readonly askedAt: number;
  /** When the platform had the bot's acknowledgement; undefined when the person was told "did not respond". */
  acknowledgedAt: number | undefined;
  /** What ends it, where an answer in the usual words does not: the word of a watch, the changed message of a button. */
  isDone?(seen: readonly Seen[]): boolean;
  /** What ends it must be there as soon as a first word of any other question. */
  readonly atOnce?: true;
}

/** A message of the bot's, as one person sees it. */
export interface Seen {
  readonly id: string;
  readonly text: string;
  /** Nobody else sees it. */
  readonly isPrivate: boolean;
  /** How often it was written anew. */
  readonly forms: number;
  /** Still the platform's "is thinking …". */
  readonly thinking: boolean;
}

/** What a message says, as far as the invariants need to know. */
export type Word = 'answer' | 'promise' | 'placeholder' | 'told';

/** What can be cancelled is still to come. */
const CANCEL = /esim:cancel|"custom_id":"[^"]*:cancel:/;

/** Told apart here alone: by the button that cancels, by the dots of work under way, by figures. */
export function wordOf({ text, thinking }: Pick<Seen, 'text' | 'thinking'>): Word {
  if (thinking || text === '') return 'placeholder';
  if (CANCEL.test(text)) return 'promise';
  if (/(?:Checking|Reading)[^.]{0,60}…/.test(text)) return 'placeholder';
  if (/\d[\d.,]*\s?(?:GB|MB)\b|answered\.|Unlimited/.test(text)) return 'answer';
  return 'told';
}
