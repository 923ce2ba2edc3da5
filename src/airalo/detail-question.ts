/** The reading endpoints beside usage, as the metrics name them. */
export type DetailEndpoint =
  | 'packages'
  | 'esim'
  | 'topups'
  | 'instructions'
  | 'balance'
  | 'devices'
  | 'order'
  | 'orders'
  | 'sims'
  | 'plans';

/**
 * Something to read beside usage. It has no method and no body: whatever is asked in this way is a GET, so that nothing can be
 * ordered with it.
 */
export interface DetailQuestion<T> {
  readonly endpoint: DetailEndpoint;
  /** Where nothing is named that might be missing, a 404 is Airalo's fault; else it means that there is no such eSIM, or order. */
  readonly about: 'esim' | 'order' | 'account';
  /** Begins with `/v2/`; whatever comes from a person is encoded in it. */
  readonly path: string;
  /** `Accept-Language`, BCP 47. */
  readonly language?: string;
  /** Of the body, where it can be more than a usage body. */
  readonly largestBytes?: number;
  /** The body of a 2xx. Throws `UnreadableBodyError` and nothing else. */
  readonly parse: (text: string) => T;
}
