import { findIccids, type Iccid, readIccids } from '../domain/iccid.ts';
import { mayNameEsim } from '../domain/known-esim.ts';
import { emailIn, looksSought, readSought } from '../domain/sought.ts';
import { mayEndSentence, nearlyTopic, type Topic, topicOf } from '../domain/topic.ts';

/** A question on a topic: which eSIM it is about, if one was named, and the other words of it. */
export interface Inquiry {
  readonly topic: Topic;
  /** In the order typed, each once; empty where none was named. */
  readonly iccids: readonly Iccid[];
  /** What was typed beside the topic and the ICCIDs: a name, a model, an order code. */
  readonly words: string;
  /** Nobody said "find": the text may mean an eSIM, or nothing. */
  readonly guessed?: true;
  /** The word that was typed, where it is only nearly that of the topic. */
  readonly misspelt?: string;
}

/** What a typed text asks for. */
export type Question =
  | { readonly kind: 'lookup'; readonly iccids: readonly Iccid[] }
  | { readonly kind: 'inquiry'; readonly inquiry: Inquiry }
  /** Neither a number nor a topic: help, or an attempt at a number. */
  | { readonly kind: 'none' };

/**
 * Reads what a person typed behind the command or wrote to the bot: `8944…`, `packages 8944…`, `8944… packages`. The topic is the
 * first or the last word; a number in any other sentence is looked up. Not for a customer's message that is being checked: there only
 * the numbers count.
 */
export function readQuestion(text: string): Question {
  const iccids = findIccids(text);
  const words = text.trim().split(/\s+/u);
  const spoken = words.filter((word) => findIccids(word).length === 0);
  const said = spoken.filter((word) => /\p{L}/u.test(word));
  const topic = topicIn(words, said);
  if (topic !== undefined && topic !== 'usage') {
    const others = topicOf(words[0] ?? '') === undefined ? spoken.slice(0, -1) : spoken.slice(1);
    return { kind: 'inquiry', inquiry: { topic, iccids, words: others.join(' ') } };
  }
  if (iccids.length === 0) return topic === 'usage' ? lookupByWords(spoken.slice(1)) : { kind: 'none' };
  const [only] = said;
  const meant = only !== undefined && said.length === 1 ? nearlyTopic(only) : undefined;
  return only === undefined || meant === undefined || meant === 'usage'
    ? { kind: 'lookup', iccids }
    : { kind: 'inquiry', inquiry: { topic: meant, iccids, words: '', misspelt: only } };
}

/**
 * A word that also ends ordinary sentences counts at the end only when it stands alone beside the
 * numbers.
 */
function topicIn(words: readonly string[], said: readonly string[]): Topic | undefined {
  const [first = ''] = words;
  const leading = topicOf(first);
  if (leading !== undefined) return leading;
  const trailing = topicOf(words.at(-1) ?? '');
  if (trailing === undefined) return undefined;
  return said.length === 1 || mayEndSentence(trailing) ? trailing : undefined;
}

/** `refresh anna-trip`: the eSIM is named otherwise than by its number. */
function lookupByWords(words: readonly string[]): Question {
  const named = words.join(' ');
  return named === '' || mayNameEsim(named) || readSought(named)?.kind === 'email'
    ? { kind: 'inquiry', inquiry: { topic: 'find', iccids: [], words: named } }
    : { kind: 'none' };
}

/**
 * A text that `readQuestion` made nothing of, as the name, digits, the order or the customer of an eSIM, or as a topic misspelt; undefined
 * when it can be none.
 */
export function guessedQuestion(text: string): Inquiry | undefined {
  // Of a sentence with an e-mail in it the e-mail alone is what can be looked for.
  const words = emailIn(text) ?? text.trim();
  const [first = ''] = words.split(/\s+/u);
  const sought = readSought(words);
  if (sought && looksSought(sought)) return { topic: 'find', iccids: [], words, guessed: true };
  return mayNameEsim(words) || nearlyTopic(first) !== undefined
    ? { topic: 'find', iccids: [], words, guessed: true }
    : undefined;
}

/**
 * Whether a text without a number asks for something all the same: a topic, or a search by an e-mail, an order or digits. Not a name, which
 * may be any word of a chat.
 */
export function asksInWords(text: string): boolean {
  if (readQuestion(text).kind === 'inquiry') return true;
  const sought = readSought(text);
  return sought !== undefined && looksSought(sought);
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
