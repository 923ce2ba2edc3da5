/** The reseller's server has not answered a question. Messages are for the log: they hold no query, no body, no address. */
export class LookupFailedError extends Error {
  override readonly name = 'LookupFailedError';
  readonly code = 'CUSTOMER_LOOKUP_FAILED';
  /** One word: a code of the socket's, or a status. */
  readonly reason: string;
  /** `server`: it is away, and comes back by itself. `agreement`: it answers otherwise than agreed, or refuses us. */
  readonly lies: 'server' | 'agreement';
  /** Before this instant (epoch ms) it wishes not to be asked. */
  readonly retryAt: number | undefined;
  /** Of an answer other than 200. */
  readonly status: number | undefined;
  constructor(
    lies: 'server' | 'agreement',
    reason: string,
    {
      retryAt,
      status,
      ...options
    }: ErrorOptions & { readonly retryAt?: number | undefined; readonly status?: number } = {},
  ) {
    super(`The server of CUSTOMER_LOOKUP_URL has not answered a question: ${reason}`, options);
    this.lies = lies;
    this.reason = reason;
    this.retryAt = retryAt;
    this.status = status;
  }
}
