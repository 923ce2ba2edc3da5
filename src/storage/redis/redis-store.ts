import { type Clock, systemClock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Engine } from '../engine.ts';
import type { Retention } from '../ports.ts';
import { createPresence } from '../presence.ts';
import { RedisAuditLog } from './audit-log.ts';
import { RedisCallGate } from './call-gate.ts';
import { RedisCallPace } from './call-pace.ts';
import { connect, type RedisConnection } from './connection.ts';
import { redisHealth } from './health.ts';
import { RedisInstanceBook } from './instance-book.ts';
import { RedisOutbox } from './outbox.ts';
import { RedisReadingHistory } from './reading-history.ts';
import { RedisRegistry } from './registry.ts';
import { createSnapshotRecords } from './snapshot-records.ts';
import { RedisStoredRows } from './stored-rows.ts';
import { RedisWorkers } from './workers.ts';

/** The server's clock rules; our own only tells what its instants are for us. */
export interface RedisStoreParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly retention: Retention;
}

/**
 * Everything in one Redis, for any number of machines. Its clock, not theirs, rules leases and
 * windows. Throws `StoreError` with the setting to change.
 */
export async function openRedisStore(
  storeUrl: string,
  { clock, log, retention }: RedisStoreParts,
): Promise<Engine> {
  return engineOn(await connect(storeUrl, log), { clock, log, retention });
}

/**
 * The workers are announced through the presence, which asks for them: neither is called before both
 * are made.
 */
function engineOn(redis: RedisConnection, { clock, log, retention }: RedisStoreParts): Engine {
  const snapshots = createSnapshotRecords(redis, retention.snapshotMs, log);
  const workers = new RedisWorkers(redis, () => presence.announce());
  const outbox = new RedisOutbox(redis, log, workers);
  const audit = new RedisAuditLog(redis, retention.auditMs);
  const instances = new RedisInstanceBook(redis);
  let sealsWith: string | undefined;
  const presence = createPresence({
    book: instances,
    clock: systemClock,
    about: () => ({ sealsWith, workers: workers.ids() }),
    onFreed: () => workers.takeStalled(),
    onLost: () => workers.checkLeases(),
  });
  let closed: Promise<void> | undefined;
  return {
    kind: 'redis',
    instances,
    presence,
    rows: new RedisStoredRows(redis, snapshots),
    sealsWith(keyId) {
      sealsWith = keyId;
    },
    snapshots,
    gate: new RedisCallGate(redis, clock, () => presence.id),
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
        await presence.leave();
        await redis.close();
      })();
      return closed;
    },
  };
}
