import type { Log } from '../../ops/log.ts';
import { type Retention, type Store, StoreError } from '../ports.ts';
import { RedisAuditLog } from './audit-log.ts';
import { RedisCallGate } from './call-gate.ts';
import { RedisCallPace } from './call-pace.ts';
import { connect, PREFIX, type RedisConnection } from './connection.ts';
import { RedisOutbox } from './outbox.ts';
import { RedisReadingHistory } from './reading-history.ts';
import { RedisRegistry } from './registry.ts';
import { openSnapshotCache } from './snapshot-cache.ts';

/** No clock: the server's rules. */
export interface RedisStoreParts {
  readonly log: Log;
  readonly retention: Retention;
}

/** Everything in one Redis, for any number of machines. Its clock, not theirs, rules leases and windows. */
export async function openRedisStore(storeUrl: string, { log, retention }: RedisStoreParts): Promise<Store> {
  const redis = await connect(storeUrl, log);
  const snapshots = await openSnapshotCache(storeUrl, retention.snapshotMs, log);
  const outbox = new RedisOutbox(redis, storeUrl, log);
  const audit = new RedisAuditLog(redis, retention.auditMs);
  let closed: Promise<void> | undefined;
  return {
    kind: 'redis',
    snapshots,
    gate: new RedisCallGate(redis),
    pace: new RedisCallPace(redis),
    outbox,
    registry: new RedisRegistry(redis),
    audit,
    history: new RedisReadingHistory(redis, retention.historyMs),
    health: () => healthOf(redis),
    prune: async () => (await outbox.prune(retention.doneJobMs, retention.deadJobMs)) + (await audit.prune()),
    close() {
      closed ??= (async () => {
        await outbox.close();
        await snapshots.close().catch(() => undefined);
        await redis.close();
      })();
      return closed;
    },
  };
}

async function healthOf(redis: RedisConnection): Promise<{ ok: boolean; warnings: readonly string[] }> {
  try {
    await redis.ask((client) => client.set(`${PREFIX}:heartbeat`, Date.now()));
    const facts = await redis.ask((client) => client.info());
    return { ok: true, warnings: warningsOf(facts) };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { ok: false, warnings: [`${error.message}. ${error.remedy}`] };
  }
}

/** What makes a Redis lose promises although it runs: measured, a snapshot-only one killed kept none of 200. */
function warningsOf(facts: string): string[] {
  const fact = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(facts)?.[1];
  const warnings: string[] = [];
  if (fact('aof_enabled') !== '1')
    warnings.push('Redis keeps no append-only file: its crash loses promised answers. Set appendonly yes');
  const policy = fact('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction')
    warnings.push(`Redis evicts keys (${policy}), promised answers too. Set maxmemory-policy noeviction`);
  return warnings;
}
