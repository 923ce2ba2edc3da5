import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import type { Retention, Store } from '../ports.ts';
import { RedisAuditLog } from './audit-log.ts';
import { RedisCallGate } from './call-gate.ts';
import { RedisCallPace } from './call-pace.ts';
import { connect } from './connection.ts';
import { redisHealth } from './health.ts';
import { RedisOutbox } from './outbox.ts';
import { RedisReadingHistory } from './reading-history.ts';
import { RedisRegistry } from './registry.ts';
import { openSnapshotCache } from './snapshot-cache.ts';

/** The server's clock rules; our own only tells what its instants are for us. */
export interface RedisStoreParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: Retention;
}

/** Everything in one Redis, for any number of machines. Its clock, not theirs, rules leases and windows. */
export async function openRedisStore(
  storeUrl: string,
  { clock, log, retention }: RedisStoreParts,
): Promise<Store> {
  const redis = await connect(storeUrl, log);
  // A client of its own: the cache's adapter is made for another client library than BullMQ.
  const snapshots = await openSnapshotCache(storeUrl, retention.snapshotMs, log);
  const outbox = new RedisOutbox(redis, storeUrl, log);
  const audit = new RedisAuditLog(redis, retention.auditMs);
  let closed: Promise<void> | undefined;
  return {
    kind: 'redis',
    snapshots,
    gate: new RedisCallGate(redis, clock),
    pace: new RedisCallPace(redis, clock),
    outbox,
    registry: new RedisRegistry(redis),
    audit,
    history: new RedisReadingHistory(redis, retention.historyMs),
    health: () => redisHealth(redis),
    prune: async () => (await outbox.prune(retention.doneJobMs, retention.deadJobMs)) + (await audit.prune()),
    close() {
      closed ??= (async () => {
        // First those who write, then what they write to.
        await outbox.close();
        await snapshots.close().catch(() => undefined);
        await redis.close();
      })();
      return closed;
    },
  };
}
