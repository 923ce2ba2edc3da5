import type { TellingForecast } from '../domain/forecast.ts';
import type { Iccid, IccidProblem } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { WatchCondition } from '../domain/watch.ts';
import type { AccessNeed } from './access.ts';

/**
 * What a person is told. A value, never an exception: every renderer handles each kind, and the compiler says so
 * when one is missing. All instants are epoch ms. Plain JSON.
 */
export type Reply = FreshReply | CachedReply | DeferredReply | RefusedReply | WatchedReply;

/** The reading that a reply holds, of whatever age; undefined where nothing is known. */
export function readingIn(reply: Reply): LastReading | undefined {
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
      return reply;
    case 'deferred':
    case 'refused':
      return reply.previous;
    case 'watched':
      return reply.last;
    default:
      return reply satisfies never;
  }
}

/** The newest reading there is, and when it was taken; shown with its age. */
export interface LastReading {
  readonly reading: UsageReading;
  readonly asOf: number;
}

/** Read from Airalo for this question. */
export interface FreshReply {
  readonly kind: 'fresh';
  readonly iccid: Iccid;
  readonly reading: UsageReading;
  readonly asOf: number;
  readonly refreshableAt: number;
  /** Only when the readings before this one carry it. */
  readonly forecast?: TellingForecast;
}

/** The last reading. `airalo-unavailable`: a newer one was due and could not be had. */
export interface CachedReply {
  readonly kind: 'cached';
  readonly iccid: Iccid;
  readonly reading: UsageReading;
  readonly asOf: number;
  readonly refreshableAt: number;
  /** Only when the readings before this one carry it. */
  readonly forecast?: TellingForecast;
  readonly because: 'within-window' | 'airalo-unavailable';
}

/** No reading now; `previous` is the last one, when there is one. */
export interface DeferredReply {
  readonly kind: 'deferred';
  readonly iccid: Iccid;
  readonly because: WaitReason;
  readonly refreshableAt: number;
  readonly previous?: LastReading;
  /** Reckoned from `previous`. */
  readonly forecast?: TellingForecast;
  readonly promise: ReplyPromise;
}

/**
 * `rate-limited`: Airalo asks to wait for this eSIM. `airalo-unavailable`: it is down, slow or unreadable.
 * `busy`: more questions than Airalo's company-wide pace lets through at once.
 */
export type WaitReason = 'rate-limited' | 'airalo-unavailable' | 'busy';

/** Whether an answer is owed, and when. */
export type ReplyPromise =
  /** Durable: the answer arrives by itself about `answerAt`, whatever happens to the process. */
  | { readonly kind: 'queued'; readonly jobId: string; readonly answerAt: number }
  /** Nothing was promised. `not-durable`: the store could not take the job; the person is told to ask again. */
  | { readonly kind: 'none'; readonly why: 'not-asked-for' | 'not-durable' };

/** What a watch has to tell, unasked. */
export interface WatchedReply {
  readonly kind: 'watched';
  readonly iccid: Iccid;
  readonly condition: WatchCondition;
  readonly event: WatchEvent;
  /** The last reading there is. */
  readonly last?: LastReading;
}

/**
 * `met`: what was waited for. The others end the watch without it: `over`, it cannot be met any more; `unknown-esim`, Airalo does
 * not know the eSIM (any longer); `too-old`, the watch has reached its own end.
 */
export type WatchEvent = 'met' | 'over' | 'unknown-esim' | 'too-old';

/** No new figure, and none is coming: why. */
export interface RefusedReply {
  readonly kind: 'refused';
  /** Absent when no ICCID could be read. */
  readonly iccid?: Iccid;
  readonly refusal: Refusal;
  /** The last reading, where there is one and the refusal is not about who asks. */
  readonly previous?: LastReading;
}

/** What only the bot's operator can mend: our credentials, or the caller's address not on Airalo's allow-list. */
export type OperatorCause = 'credentials-refused' | 'ip-not-allowed';

/** Each has words and a test of its own. */
export type Refusal =
  | { readonly reason: 'malformed-iccid'; readonly given: string; readonly problem: IccidProblem }
  /** With a `previous` reading Airalo has said so for the first time, and is not believed yet. */
  | { readonly reason: 'unknown-esim'; readonly checkDigitOff: boolean; readonly refreshableAt: number }
  | { readonly reason: 'operator-needed'; readonly cause: OperatorCause }
  /** Airalo understood and declined; `detail` is its own text, foreign and unescaped. */
  | { readonly reason: 'declined'; readonly detail: string }
  | { readonly reason: 'not-allowed'; readonly need: AccessNeed }
  /** More different eSIMs than a person or a channel may ask for in a while. */
  | { readonly reason: 'too-many'; readonly until: number }
  | { readonly reason: 'store-unavailable' }
  /** The last word on a promise whose deadline passed. */
  | { readonly reason: 'promise-expired'; readonly askedAt: number }
  | { readonly reason: 'promise-cancelled' };
