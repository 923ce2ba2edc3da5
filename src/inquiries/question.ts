import { findIccids, type Iccid, readIccids } from '../domain/iccid.ts';
import { mayNameEsim } from '../domain/known-esim.ts';
import { type Topic, topicOf } from '../domain/topic.ts';

/** A question on a topic: which eSIM it is about, if one was named, and the other words of it. */
export interface Inquiry {
  readonly topic: Topic;
  readonly iccids: readonly Iccid[];
  /** What was typed beside the topic and the ICCIDs: a name, a model, an order code. */
  readonly words: string;
  /** Nobody said "find": the text may mean an eSIM, or nothing. */
  readonly guessed?: true;
}

/** What a typed text asks for. */
export type Question =
  | { readonly kind: 'lookup'; readonly iccids: readonly Iccid[] }
  | { readonly kind: 'inquiry'; readonly inquiry: Inquiry }
  /** Neither a number nor a topic: help, or an attempt at a number. */
  | { readonly kind: 'none' };

/**
 * Reads what a person typed behind the command or wrote to the bot: `8944…`, `packages 8944…`, `8944… packages`. The topic is the
 * first or the last word. Not for a customer's message that is being checked: there only the numbers count.
 */
export function readQuestion(text: string): Question {
  const iccids = findIccids(text);
  const words = text.trim().split(/\s+/u);
  const [first = ''] = words;
  const topic = topicOf(first) ?? topicOf(words.at(-1) ?? '');
  if (topic !== undefined && topic !== 'usage') {
    const others = topicOf(first) === undefined ? words.slice(0, -1) : words.slice(1);
    const spoken = others.filter((word) => findIccids(word).length === 0).join(' ');
    return { kind: 'inquiry', inquiry: { topic, iccids, words: spoken } };
  }
  return iccids.length === 0 ? { kind: 'none' } : { kind: 'lookup', iccids };
}

/** A text that `readQuestion` made nothing of, as the name, the last digits or the order code of an eSIM; undefined when it can be none. */
export function guessedQuestion(text: string): Inquiry | undefined {
  const words = text.trim();
  return mayNameEsim(words) ? { topic: 'find', iccids: [], words, guessed: true } : undefined;
}

/** What a message says. */
export interface MessageText {
  /** What its author wrote. */
  readonly typed: string;
  /** What it brings along: a forwarded message, a ticket bot's attachments or embeds, the preview of a link. */
  readonly carried: string;
}

/** What a person asks with a message of their own. */
export type Asked =
  /** In their own words, with the numbers that the message brings along. */
  | { readonly kind: 'typed'; readonly text: string }
  /** They only passed something on: the numbers in it count, its words are not theirs. */
  | { readonly kind: 'passed-on'; readonly text: string };

/** See `Asked`. */
export function askedWith({ typed, carried }: MessageText): Asked {
  if (typed.trim() === '') return { kind: carried === '' ? 'typed' : 'passed-on', text: carried };
  const own = new Set<string>(readIccids(typed).iccids);
  const { iccids, changed } = readIccids(carried);
  const more = [...iccids.filter((iccid) => !own.has(iccid)), ...changed];
  return { kind: 'typed', text: more.length === 0 ? typed : `${typed}\n${more.join('\n')}` };
}
