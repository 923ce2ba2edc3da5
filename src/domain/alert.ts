/** What Airalo warns of: the share of the data that is used, or the days until the plan ends. */
export type AlertLevel =
  | { readonly kind: 'used'; readonly percent: number }
  | { readonly kind: 'ending'; readonly days: number };

/** A warning of Airalo's, as it came in by webhook. It names no time of its own. */
export type AlertEvent = LowDataEvent | CreditEvent;

/** About one eSIM. */
interface LowDataEvent {
  readonly kind: 'low-data';
  /** Digits as Airalo wrote them, 15 to 22: its own example has 17, which no lookup takes. */
  readonly iccid: string;
  /** A slug of Airalo's: foreign text. */
  readonly packageName: string;
  readonly level: AlertLevel;
  /** Share left, 0 to 100. */
  readonly remainingPercent?: number;
}

/** About the partner account. */
interface CreditEvent {
  readonly kind: 'credit';
  /** Share of the credit limit that is used. */
  readonly percent: number;
  /** What is left, in the account's currency, which Airalo does not name. */
  readonly remaining?: number;
}

/** A person of one platform: their id means nothing on another. */
export interface AlertPerson {
  readonly platform: string;
  readonly personId: string;
}

/** What the parent message of one eSIM (or of the account) shows now. The ICCID in it is masked: channels are public. */
export interface AlertFace {
  readonly about: { readonly kind: 'esim'; readonly masked: string } | { readonly kind: 'credit' };
  readonly packageName?: string;
  readonly used?: { readonly percent: number; readonly at: number };
  readonly ending?: { readonly days: number; readonly at: number };
  readonly remainingPercent?: number;
  /** Credit left. */
  readonly remaining?: number;
  /** When the newest warning came in. */
  readonly latestAt: number;
  readonly claim?: AlertPerson & { readonly at: number };
  readonly mute?: AlertPerson & { readonly until: number };
}

/** One warning, as a line in the parent's thread. `id` is unique and the same after a restart. */
export interface AlertEntry {
  readonly id: string;
  readonly at: number;
  readonly event: AlertEvent;
}

/** What the buttons of a face do. `take` by the person who has it gives it back. */
export const ALERT_DEEDS = ['show', 'take', 'mute', 'unmute'] as const;
/** See `ALERT_DEEDS`. */
export type AlertDeed = (typeof ALERT_DEEDS)[number];
