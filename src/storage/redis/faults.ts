import { StoreError } from '../ports.ts';

/** The first word of a server's refusal, and what the operator can do about it. */
const REFUSALS: readonly (readonly [
  start: RegExp,
  code: StoreError['code'],
  what: string,
  remedy: string,
])[] = [
  [
    /without any password configured/,
    'STORE_REFUSED',
    'STORE_URL has a password, and this Redis wants none',
    'Take it out of STORE_URL, or give the Redis the password (requirepass)',
  ],
  [
    /^(NOAUTH|ERR AUTH)/,
    'STORE_REFUSED',
    'Redis wants a password, and STORE_URL has none',
    'Write it as redis://:password@host:6379/0, with special characters of the password as %40 and the like',
  ],
  [
    /^WRONGPASS|invalid password/,
    'STORE_REFUSED',
    'Redis refuses the user or password in STORE_URL',
    'Correct them: redis://user:password@host:6379/0, with special characters of the password as %40 and the like',
  ],
  [
    /^NOPERM/,
    'STORE_REFUSED',
    'The Redis user in STORE_URL lacks a permission',
    'Give it what the bot needs: ACL SETUSER <user> on ~esim-usage* &* +@all -@dangerous +info +bgrewriteaof',
  ],
  [
    /DB index is out of range|SELECT is not allowed/,
    'STORE_REFUSED',
    'This Redis has no database of the number in STORE_URL',
    'End STORE_URL in /0, or raise "databases" of the Redis',
  ],
  [
    /^(CLUSTERDOWN|MOVED|CROSSSLOT|ASK )/,
    'STORE_REFUSED',
    'This Redis is a node of a cluster, which the bot cannot use',
    'Point STORE_URL to a single Redis, or to a primary with replicas',
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
    // NOPERM names the command or the key that is not allowed, and nothing secret.
    const named = message.startsWith('NOPERM') ? `${what}: ${message.replace(/^NOPERM /, '')}` : what;
    return new StoreError(code, named, remedy, { cause: error });
  }
  return new StoreError(
    'STORE_UNAVAILABLE',
    'Redis does not answer',
    'Check that the Redis in STORE_URL runs and can be reached from here; the bot goes on by itself',
    { cause: error },
  );
}
