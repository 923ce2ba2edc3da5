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

/** Airalo does not take our credentials. Only the bot's operator can mend it. */
export class CredentialsRefusedError extends AiraloError {
  override readonly name = 'CredentialsRefusedError';
  readonly code = 'AIRALO_CREDENTIALS_REFUSED';
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

/** No answer to work with: 5xx, a time-out, the network, or too many of these in a row. Later may be better. */
export class AiraloUnavailableError extends AiraloError {
  override readonly name = 'AiraloUnavailableError';
  readonly code = 'AIRALO_UNAVAILABLE';
  /** When asking again makes sense, epoch ms, where that is known. */
  readonly retryAt?: number;
  constructor(message: string, options?: ErrorOptions & { readonly retryAt?: number | undefined }) {
    super(message, options);
    if (options?.retryAt !== undefined) this.retryAt = options.retryAt;
  }
}

/** Airalo answered 2xx, so the call was counted, but the body is not a reading. Not retried. */
export class UnreadableBodyError extends AiraloError {
  override readonly name = 'UnreadableBodyError';
  readonly code = 'AIRALO_UNREADABLE';
  readonly answered = true;
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
