/**
 * What can go wrong between us and Airalo: one class for each thing a caller does differently. Messages are for the
 * log; they never hold a full ICCID, a token or a body.
 */
export abstract class AiraloError extends Error {
  /** Stable; for metrics and for callers that cannot use `instanceof`. */
  abstract readonly code: string;
}

/** Airalo lets this eSIM be read again at `retryAt` (epoch ms); undefined when it did not say when. Never retried here. */
export class RateLimitedError extends AiraloError {
  override readonly name = 'RateLimitedError';
  readonly code = 'AIRALO_RATE_LIMITED';
  readonly retryAt: number | undefined;
  constructor(retryAt: number | undefined) {
    super(
      retryAt === undefined
        ? 'Airalo refused a call for its rate limit and did not say until when'
        : `Airalo refused a call for its rate limit until ${new Date(retryAt).toISOString()}`,
    );
    this.retryAt = retryAt;
  }
}

/** The partner account has no such eSIM: mistyped, another partner's, or bought in Airalo's own shop. */
export class UnknownEsimError extends AiraloError {
  override readonly name = 'UnknownEsimError';
  readonly code = 'AIRALO_UNKNOWN_ESIM';
  constructor() {
    super('Airalo knows no such eSIM in this partner account');
  }
}

/** Its provider took the eSIM back (code 73): there is nothing more to read or to buy for it. */
export class RecycledEsimError extends AiraloError {
  override readonly name = 'RecycledEsimError';
  readonly code = 'AIRALO_RECYCLED';
  constructor() {
    super('The provider of this eSIM took it back (code 73)');
  }
}

/**
 * Airalo does not take our credentials. `everything`: only the bot's operator can mend it. `one-question`: this question alone is
 * refused with a token that serves others, or that nobody else has tried yet.
 */
export class CredentialsRefusedError extends AiraloError {
  override readonly name = 'CredentialsRefusedError';
  readonly code = 'AIRALO_CREDENTIALS_REFUSED';
  readonly concerns: 'everything' | 'one-question';
  constructor(message: string, concerns: 'everything' | 'one-question' = 'everything') {
    super(message);
    this.concerns = concerns;
  }
  readonly remedy =
    'Compare AIRALO_CLIENT_ID and AIRALO_CLIENT_SECRET with the Airalo Partner Platform (Developer, API credentials), ' +
    'and AIRALO_BASE_URL with the address given there';
}

/** Airalo's allow-list does not name the address this process calls from. Only the bot's operator can mend it. */
export class IpNotAllowedError extends AiraloError {
  override readonly name = 'IpNotAllowedError';
  readonly code = 'AIRALO_IP_NOT_ALLOWED';
  readonly remedy =
    "Put the bot's outgoing IP address on the allow-list in the Airalo Partner Platform, or ask the account manager to";
  constructor() {
    super('Airalo does not permit calls from this IP address (code 89)');
  }
}

/** What is known of a failure beside its sentence; for the log. */
interface FailureOptions extends ErrorOptions {
  /** One word for the cause: a code of the socket's, of TLS or DNS, or the kind of body that came. */
  readonly reason?: string;
}

/**
 * No answer of Airalo's to work with: 5xx, a time-out, the network, somebody who answers in Airalo's place, or too many of these in
 * a row. Later may be better.
 */
export class AiraloUnavailableError extends AiraloError {
  override readonly name = 'AiraloUnavailableError';
  readonly code = 'AIRALO_UNAVAILABLE';
  /** When asking again makes sense, epoch ms, where that is known. */
  readonly retryAt?: number;
  /** Whether `retryAt` is the server's own wish, so that this question must not be put before it. */
  readonly asked: boolean;
  /** False where the next second will be no different. */
  readonly passing: boolean;
  readonly reason?: string;
  constructor(
    message: string,
    options?: FailureOptions & {
      readonly retryAt?: number | undefined;
      readonly asked?: boolean;
      readonly passing?: boolean;
    },
  ) {
    super(message, options);
    if (options?.retryAt !== undefined) this.retryAt = options.retryAt;
    if (options?.reason !== undefined) this.reason = options.reason;
    this.asked = options?.asked === true && options.retryAt !== undefined;
    this.passing = options?.passing ?? options?.retryAt === undefined;
  }
}

/** Too many of our own questions wait for their turn at Airalo's pace: nothing was asked, and Airalo is well. */
export class TurnMissedError extends AiraloError {
  override readonly name = 'TurnMissedError';
  readonly code = 'AIRALO_TURN_MISSED';
  constructor(options?: ErrorOptions) {
    super('No turn to ask Airalo came within the time there was', options);
  }
}

/** Airalo, or somebody in its place, answered 2xx, so the call was counted, but the body is not a reading. Not retried. */
export class UnreadableBodyError extends AiraloError {
  override readonly name = 'UnreadableBodyError';
  readonly code = 'AIRALO_UNREADABLE';
  readonly answered = true;
  readonly reason?: string;
  constructor(message: string, options?: FailureOptions) {
    super(message, options);
    if (options?.reason !== undefined) this.reason = options.reason;
  }
}

/** Airalo understood the question and declined it, such as with a 422. */
export class DeclinedError extends AiraloError {
  override readonly name = 'DeclinedError';
  readonly code = 'AIRALO_DECLINED';
  readonly status: number;
  /** Airalo's own words: foreign, unescaped, bounded, ICCIDs masked. */
  readonly detail: string;
  constructor(status: number, detail: string) {
    super(`Airalo declined with status ${status}`);
    this.status = status;
    this.detail = detail;
  }
}
