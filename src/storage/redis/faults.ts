import { StoreError } from '../ports.ts';

/** The first word of a server's refusal, and what the operator can do about it. */
const REFUSALS: readonly (readonly [
  start: RegExp,
  code: StoreError['code'],
  what: string,
  remedy: string,
])[] = [
  [
    /^(NOAUTH|WRONGPASS|ERR AUTH|NOPERM)/,
    'STORE_UNAVAILABLE',
    'Redis refuses the user or password',
    'Write them into STORE_URL: redis://user:password@host:6379/0',
  ],
  [
    /^READONLY/,
    'STORE_READ_ONLY',
    'This Redis is a replica and takes no writes',
    'Point STORE_URL to the primary',
  ],
  [
    /^OOM/,
    'STORE_FULL',
    'Redis has no memory left',
    'Raise maxmemory of the Redis in STORE_URL, or give the bot one of its own; the bot goes on by itself',
  ],
  [
    /^MISCONF/,
    'STORE_FULL',
    'Redis cannot write its file and takes no writes',
    'Free space on the disk of the Redis in STORE_URL; the bot goes on by itself',
  ],
];

/** What went wrong below, as the operator needs it. The URL is a secret and is not repeated. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const refusal = REFUSALS.find(([start]) => start.test(message));
  if (refusal) {
    const [, code, what, remedy] = refusal;
    return new StoreError(code, what, remedy, { cause: error });
  }
  return new StoreError(
    'STORE_UNAVAILABLE',
    'Redis does not answer',
    'Check that the Redis in STORE_URL runs and can be reached from here; the bot goes on by itself',
    { cause: error },
  );
}
