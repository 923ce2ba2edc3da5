import { type StoreHealth, type StoreWarning, unusable } from '../health.ts';
import { StoreError } from '../ports.ts';
import { PREFIX, type RedisConnection } from './connection.ts';

/**
 * Writes a heartbeat, then reads what the server says of itself. `ok: false` with the remedy when
 * the write fails; warnings are for what works now and loses promises later.
 */
export async function redisHealth(redis: RedisConnection): Promise<StoreHealth> {
  try {
    await redis.ask((client) => client.set(`${PREFIX}:heartbeat`, Date.now()));
    return judge(await redis.ask((client) => client.info()).catch(hidden));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return unusable(error);
  }
}

/** A server that takes writes and does not let itself be looked into is in order. */
function hidden(error: unknown): undefined {
  if (error instanceof StoreError && error.code === 'STORE_REFUSED') return undefined;
  throw error;
}

/** What makes a Redis lose promises although it runs: measured, a snapshot-only one killed kept none of 200. */
function judge(info: string | undefined): StoreHealth {
  if (info === undefined)
    return { ok: true, facts: ['Redis, whose settings this user may not see'], warnings: [] };
  const fact = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const warnings: StoreWarning[] = [];
  const facts = [`Redis ${fact('redis_version') ?? 'of an unknown version'}`];
  if (fact('aof_enabled') === '1') facts.push('append-only file on');
  else
    warnings.push({
      what: 'Redis keeps no append-only file: its crash loses promised answers',
      remedy: 'Set appendonly yes',
    });
  // Managed servers may hide it: then nothing is claimed.
  const policy = fact('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    warnings.push({
      what: `Redis evicts keys (${policy}), promised answers too`,
      remedy: 'Set maxmemory-policy noeviction',
    });
  return { ok: true, facts, warnings };
}
