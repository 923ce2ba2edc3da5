import { Redis, type RedisOptions } from 'ioredis';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import { StoreError } from '../ports.ts';
import { asStoreError } from './faults.ts';

/** Before every key, so that the bot may share a database. */
export const PREFIX = 'esim-usage';

/** Together with one repetition still within the two seconds that the port allows a call. */
const CONNECT_MS = 1_500;
const COMMAND_MS = 1_500;
/**
 * A connection on which nothing comes for so long while something is asked is given up: the first call bears it, those after it fail at once
 * until there is a new one. Before the command's own end, so that its caller's next call meets it.
 */
const SILENT_MS = 1_400;
/** The pause between two tries grows to this: a Redis that is back is found within a second. */
const RECONNECT_MOST_MS = 1_000;
/** An outage is told once a minute, not with every try. */
const COMPLAIN_EVERY_MS = 60_000;

/** What most scripts say, and what those say that only have to be done. Made once: making a schema costs more than using it. */
export const count = z.number();
export const done = z.literal(1);

/** One connection for questions: it answers or fails within two seconds, and comes back by itself. */
export interface RedisConnection {
  /** For BullMQ and for pipelines; everything else goes through `ask`. */
  readonly client: Redis;
  /** Runs what asks Redis; every failure is a `StoreError`. */
  ask<T>(question: (client: Redis) => Promise<T>): Promise<T>;
  /** Runs a script, which is atomic, and checks the shape of what it returns. */
  script<T>(shape: z.ZodType<T>, lua: string, keys: string[], args: (string | number)[]): Promise<T>;
  /** At once: what is under way fails. */
  close(): Promise<void>;
}

/** Rejects with `StoreError` when nobody answers there now. */
export async function connect(storeUrl: string, log: Log): Promise<RedisConnection> {
  const client = createClient(storeUrl, log, {
    commandTimeout: COMMAND_MS,
    socketTimeout: SILENT_MS,
    maxRetriesPerRequest: 1,
    // What is asked while an answer is under way goes in one write, as the statements of SQLite do.
    enableAutoPipelining: true,
  });

  let opened = false;
  async function ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
    // At once, for a lookup asks the store several times and is to be answered without it.
    if (opened && client.status !== 'ready') throw asStoreError(new Error('not connected'));
    try {
      return await question(client);
    } catch (error) {
      throw asStoreError(error);
    }
  }
  const close = async () => {
    client.disconnect();
  };
  try {
    await ask(assertAccess);
    // From here on a lost connection fails at once; at the start the first question waits for the handshake.
    opened = true;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    client,
    ask,
    async script(shape, lua, keys, args) {
      const answer = await ask((redis) => redis.eval(lua, keys.length, ...keys, ...args));
      return shape.parse(answer);
    },
    close,
  };
}

function createClient(
  storeUrl: string,
  log: Log,
  options: Pick<
    RedisOptions,
    'commandTimeout' | 'socketTimeout' | 'maxRetriesPerRequest' | 'enableAutoPipelining'
  >,
): Redis {
  assertAddress(storeUrl);
  const client = new Redis(storeUrl, {
    ...options,
    connectTimeout: CONNECT_MS,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_MOST_MS),
  });
  let complainedAt = Number.NEGATIVE_INFINITY;
  // Without a listener an error ends the process; with an outage there is one a second.
  client.on('error', (error) => {
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    log.warn({ err: error }, 'The connection to Redis is lost; it is tried again');
  });
  return client;
}

/** An `@`, `/` or `#` of a password that is not encoded makes another host of the address, which then "does not answer". */
function assertAddress(storeUrl: string): void {
  const spoilt =
    !URL.canParse(storeUrl) ||
    new URL(storeUrl).hash !== '' ||
    storeUrl.indexOf('@') !== storeUrl.lastIndexOf('@');
  if (!spoilt) return;
  throw new StoreError(
    'STORE_UNAVAILABLE',
    'STORE_URL is not an address, or its password has characters that end it too early',
    'Percent-encode @ / # ? : and % in user and password (@ is %40, / is %2F, # is %23): redis://user:password@host:6379/0',
  );
}

/** The client goes on with what it has when a password or a database is refused; asked for by name, the refusal is an error. */
async function assertAccess(redis: Redis): Promise<void> {
  await redis.ping();
  const { username, password, db = 0 } = redis.options;
  if (password) await redis.call('AUTH', ...(username ? [username] : []), password);
  if (db > 0) await redis.select(db);
}
