import type { IccidProblem } from '../domain/iccid.ts';
import type { Allowance, KnownStatus } from '../domain/usage.ts';
import type { AccessNeed } from '../usage/access.ts';
import type { Refusal, WaitReason } from '../usage/reply.ts';
import type { CardAction, Line, Span, Viewer } from './card.ts';
import { english } from './locales/en.ts';
import type { TopicWords } from './topic-words.ts';
import type { WatchWords } from './watch-words.ts';

/**
 * Every word the product says to a person. A language is what `locales` holds under its tag; numbers, units, plurals and lists come
 * from `Intl`. Instants, digits and foreign text are spans, never parts of a string.
 */
export interface Words {
  /** What the words are in, BCP 47: for `Intl` in the renderers. */
  readonly locale: string;
  readonly actions: Readonly<Record<CardAction['kind'] | 'ask-again', string>>;
  readonly card: CardWords;
  readonly refusal: RefusalWords;
  readonly chat: ChatWords;
  readonly home: HomeWords;
  readonly commands: CommandWords;
  readonly help: HelpWords;
  readonly terminal: TerminalWords;
  readonly topics: TopicWords;
  readonly watch: WatchWords;
}

/** What a plan can hold. */
export type AllowanceKind = 'data' | 'calls' | 'texts';

/** Words on a card with a figure. */
export interface CardWords {
  /** Title of everything about one eSIM. */
  esim(masked: string): string;
  readonly labels: Readonly<Record<AllowanceKind | 'iccid' | 'status' | 'ends' | 'ended', string>>;
  readonly statuses: Readonly<Record<KnownStatus, string>>;
  /** What the status means for the customer, and what to do. */
  readonly nextSteps: Readonly<Record<Exclude<KnownStatus, 'ACTIVE'>, Line>>;
  readonly unseenStatus: Line;
  low(kinds: readonly AllowanceKind[]): Line;
  readonly endingSoon: Line;
  readonly activeButEmpty: Line;
  readonly activeButPast: Line;
  readonly unlimited: string;
  readonly noAllowance: string;
  /** `1.3 GB of 5 GB left (26%)`; `percent` is 0 to 100, absent when the total is unknown: `1.3 GB left`. */
  left(kind: AllowanceKind, allowance: Allowance, percent: number | undefined): string;
  /** Without `refreshable` only the age is told; `now` stands for an instant that has come. */
  asOf(asOf: Span, refreshable?: Span | 'now'): Line;
  /** As `asOf`, after a try that failed. */
  asOfRetry(asOf: Span, retry: Span | 'now'): Line;
  upstreamLag(minutes: number): Line;
  readonly lastReading: Line;
  /** A promise on a card that shows an older reading. */
  willUpdate(because: WaitReason, at: Span | 'now'): Line;
  /** A promise where nothing is known yet. */
  willAnswer(because: WaitReason, at: Span | 'now'): Line;
  /** No promise was made. */
  askLater(because: WaitReason, at: Span | 'now'): Line;
  /** A promise was wanted and could not be stored. */
  notNoted(at: Span | 'now'): Line;
}

/** Words on a card without one. */
export interface RefusalWords {
  /** The title where no eSIM is named. */
  readonly titles: Readonly<Record<Refusal['reason'], string>>;
  /** `given` is absent in public. */
  malformed(problem: IccidProblem, given: Span | undefined): Line;
  readonly example: Line;
  unknownEsim(iccid: Span | undefined, checkDigitOff: boolean, again: Span | 'now'): readonly Line[];
  readonly operatorNeeded: readonly Line[];
  declined(detail: Span): readonly Line[];
  notAllowed(need: AccessNeed): readonly Line[];
  tooMany(until: Span): readonly Line[];
  readonly storeUnavailable: readonly Line[];
  promiseExpired(askedAt: Span): readonly Line[];
  readonly promiseCancelled: readonly Line[];
}

/** What a platform says outside a card. */
export interface ChatWords {
  /** The placeholder until the answer is there. */
  checking(iccids: readonly string[], audience: Viewer['audience']): Line;
  tooMany(found: number, most: number): Line;
  /** A message or a command without an ICCID in it. */
  readonly nothingReadable: Line;
  /** A button whose card is not remembered any more; `command` with its slash. */
  cardTooOld(command: string): Line;
  /** Somebody else's button. */
  readonly notYours: Line;
  refreshNotBefore(at: number): Line;
  promiseMade(at: number): Line;
  readonly promiseCancelled: Line;
  readonly promiseNotCancelled: Line;
  /** The same question is being answered already. */
  readonly alreadyWorking: Line;
  /** Stands beside a card that was made public. */
  sharedBy(personId: string): Line;
  /** Public, free of customer data: the asker cannot be written to, the Show button opens the answer. */
  answerReady(personId?: string): Line;
  /** Something failed on our side; `reference` is what the operator finds in the log. */
  failure(reference?: string): Line;
  /** Sharing needs the bot in the channel. */
  readonly inviteFirst: Line;
  /** Sharing needs permissions in the channel. */
  readonly mayNotPost: Line;
  /** Beside the button under a mention of the bot: the answer is private. */
  readonly privately: Line;
  /** Sharing did not work for another reason. */
  readonly notShared: Line;
  /** Introduces the help where a text was not understood. */
  readonly notUnderstood: Line;
}

/** Words of Slack's App Home. */
export interface HomeWords {
  readonly title: string;
  readonly pending: string;
  readonly nonePending: Line;
  pendingItem(masked: string, answerAt: number): Line;
  readonly recent: string;
  readonly noneRecent: Line;
  recentItem(masked: string, outcome: string, at: number): Line;
  readonly health: string;
  readonly healthy: Line;
  readonly unhealthy: Line;
  readonly help: string;
}

/** How the commands and the shortcut are named where a platform lists them. */
export interface CommandWords {
  /** Of the slash command; at most 100 characters. */
  readonly usageDescription: string;
  /** What stands after the command in Slack's list. */
  readonly usageHint: string;
  /** Of the command's one option (Discord); at most 100 characters. */
  readonly iccidDescription: string;
  readonly helpDescription: string;
  /** The shortcut on a message; at most 24 characters, since Slack cuts it there. */
  readonly shortcut: string;
  readonly shortcutDescription: string;
}

/** Words of the help. */
export interface HelpWords {
  readonly title: string;
  lines(command: string): readonly Line[];
}

/** Words that only the terminal's prompt needs. */
export interface TerminalWords {
  readonly moreCommands: string;
  readonly arrived: string;
  readonly cancelled: string;
  readonly nothingToCancel: string;
}

/** By language, or by language and region; made for the full locale asked for. */
const LANGUAGES: ReadonlyMap<string, (locale: string) => Words> = new Map([['en', english]]);

const made = new Map<string, Words>();

/** The words in `locale`, or in the nearest language there is (`pt-BR`, then `pt`), or in English. */
export function wordsFor(locale: string): Words {
  const tag = supportedTag(locale);
  const known = made.get(tag);
  if (known) return known;
  const words = languageOf(tag)(tag);
  made.set(tag, words);
  return words;
}

/** Asked for with each card, and slow to find out. Bounded, since locales come from outside. */
const tags = new Map<string, string>();
const MOST_TAGS = 500;

/** The canonical tag without extensions when its language is there; `en` otherwise. Keeps `made` small. */
function supportedTag(locale: string): string {
  const known = tags.get(locale);
  if (known !== undefined) return known;
  const tag = findTag(locale);
  if (tags.size >= MOST_TAGS) tags.clear();
  tags.set(locale, tag);
  return tag;
}

function findTag(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale.replaceAll('_', '-'));
    const tag = region === undefined ? language : `${language}-${region}`;
    return LANGUAGES.has(tag) || LANGUAGES.has(language) ? tag : 'en';
  } catch {
    return 'en';
  }
}

function languageOf(tag: string): (locale: string) => Words {
  return LANGUAGES.get(tag) ?? LANGUAGES.get(tag.split('-', 1).join()) ?? english;
}
