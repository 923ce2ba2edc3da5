import type { AlertDeed, AlertEntry, AlertFace, AlertPerson } from '../domain/alert.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { Refusal } from './credentials.ts';

/**
 * The alert channel of one platform: one parent message for each eSIM, with a thread below it. None of the calls throws for what a
 * platform may answer. A `place` is plain JSON of the platform's own, stored unread.
 */
export interface AlertBoard {
  /** Posts the face as a new message of the channel. */
  post(face: AlertFace, sending: AlertSending): Promise<BoardResult>;
  /** Changes the parent; idempotent. */
  edit(place: unknown, face: AlertFace, handle: string): Promise<BoardResult>;
  /** Adds a line to the parent's thread. */
  tell(place: unknown, face: AlertFace, entry: AlertEntry, sending: AlertSending): Promise<BoardResult>;
  /** Says something of the bot itself, in a message of its own; `mark` is the same for the same message. */
  notify?(notice: OperatorNotice, mark: string): Promise<BoardResult>;
}

/** A service refuses a credential of the bot's, or takes it again. */
export interface OperatorNotice {
  readonly kind: 'refused' | 'taken';
  readonly refusal: Refusal;
}

/** What makes a new message recognisable. */
export interface AlertSending {
  /** What the buttons carry instead of an ICCID. */
  readonly handle: string;
  /** The same for the same message, whoever sends it and however often. */
  readonly mark: string;
  /** An earlier try, begun at this instant, may have got through: looked for before it is sent again. */
  readonly suspectedAt?: number;
}

/** How a call to the channel ended. */
export type BoardResult =
  /** Where the parent stands, with what has become known of it. */
  | { readonly kind: 'ok'; readonly place: unknown }
  /** The parent is not there any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  /** The channel cannot be written to; only the operator can mend that. */
  | { readonly kind: 'closed'; readonly reason: string; readonly remedy: string };

/** What a platform may do with a press on an alert's button. It has checked who presses. */
export interface AlertService {
  /** The `requestId` is the idempotency key: a press that is answered again after a crash does not undo what it has done. */
  press(
    handle: string,
    deed: Exclude<AlertDeed, 'show'>,
    by: AlertPerson,
    requestId: string,
  ): Promise<AlertPress>;
  /** The eSIM to look up; `gone` when the alert is too old, `no-iccid` when its number is none that can be looked up. */
  esimOf(
    handle: string,
  ): Promise<{ readonly kind: 'esim'; readonly iccid: Iccid } | { readonly kind: 'gone' | 'no-iccid' }>;
}

/** What a press came to. `changed`: the face follows by itself. */
export type AlertPress =
  | { readonly kind: 'changed' }
  /** Somebody else has it; anybody may take it from `freeAt` on. */
  | { readonly kind: 'held'; readonly by: AlertPerson; readonly at: number; readonly freeAt: number }
  | { readonly kind: 'gone' };
