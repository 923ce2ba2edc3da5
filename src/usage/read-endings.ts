import {
  AiraloError,
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  RecycledEsimError,
  TurnMissedError,
  UnknownEsimError,
  UnreadableBodyError,
} from '../airalo/errors.ts';
import type { OperatorCause, WaitReason } from './reply.ts';

/**
 * What a call that brought no value means for the next one. `closes`: Airalo must not be asked this before `until`; else it was not
 * counted, and may be asked again. All instants are epoch ms.
 */
export type Ending =
  | { readonly kind: 'unknown-esim' | 'recycled' }
  | { readonly kind: 'wait'; readonly because: WaitReason; readonly until: number; readonly closes: boolean }
  /** `everything`: nobody need try for a while. `one-question`: this one alone, until `until`. */
  | {
      readonly kind: 'operator-needed';
      readonly cause: OperatorCause;
      readonly concerns: 'everything' | 'one-question';
      readonly until: number;
    }
  | { readonly kind: 'declined'; readonly detail: string };

/** How long a kind of question waits where Airalo does not say it. */
export interface EndingRules {
  /** The bot's own window; 0 where there is none. */
  readonly windowMs: number;
  /** For a 429 that does not say until when. */
  readonly waitMs: number;
}

/** Where a failure names no instant of its own. */
const UNAVAILABLE_RETRY_MS = 30_000;
/** A refusal that only the operator can mend is not tried again for every question. */
export const OPERATOR_RETRY_MS = 30_000;
const LONE_REFUSAL_MS = 60_000;
/** Our own queue moves on within that. */
const TURN_RETRY_MS = 5_000;
/** What somebody in Airalo's place may ask for, who knows nothing of this eSIM. */
const MAX_ASKED_MS = 15 * 60_000;

/** Errors that are none of Airalo's are not normal life: thrown on. */
export function endingOf(error: unknown, now: number, { windowMs, waitMs }: EndingRules): Ending {
  if (error instanceof UnknownEsimError) return { kind: 'unknown-esim' };
  if (error instanceof RecycledEsimError) return { kind: 'recycled' };
  if (error instanceof RateLimitedError)
    return { kind: 'wait', because: 'rate-limited', until: error.retryAt ?? now + waitMs, closes: true };
  if (error instanceof UnreadableBodyError) {
    // Somebody has answered 2xx, so the call may have been counted.
    const until = now + Math.max(windowMs, UNAVAILABLE_RETRY_MS);
    return { kind: 'wait', because: 'airalo-unavailable', until, closes: true };
  }
  if (error instanceof TurnMissedError)
    return { kind: 'wait', because: 'busy', until: now + TURN_RETRY_MS, closes: false };
  if (error instanceof DeclinedError) return { kind: 'declined', detail: error.detail };
  if (error instanceof CredentialsRefusedError) {
    const { concerns } = error;
    const until = now + (concerns === 'everything' ? OPERATOR_RETRY_MS : LONE_REFUSAL_MS);
    return { kind: 'operator-needed', cause: 'credentials-refused', concerns, until };
  }
  if (error instanceof IpNotAllowedError)
    return {
      kind: 'operator-needed',
      cause: 'ip-not-allowed',
      concerns: 'everything',
      until: now + OPERATOR_RETRY_MS,
    };
  if (error instanceof AiraloUnavailableError) {
    const retryAt = error.retryAt ?? now + UNAVAILABLE_RETRY_MS;
    const until = error.asked ? Math.min(retryAt, now + MAX_ASKED_MS) : retryAt;
    return { kind: 'wait', because: 'airalo-unavailable', until, closes: error.asked };
  }
  if (error instanceof AiraloError)
    return {
      kind: 'wait',
      because: 'airalo-unavailable',
      until: now + UNAVAILABLE_RETRY_MS,
      closes: false,
    };
  throw error;
}
