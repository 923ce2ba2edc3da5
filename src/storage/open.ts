import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { boundHealth } from './bounded-health.ts';
import type { Engine } from './engine.ts';
import { type Retention, type Store, StoreError } from './ports.ts';
import { DEFAULT_RETENTION } from './retention.ts';
import { PLAIN } from './sealed/codec.ts';
import { rotate } from './sealed/rotation.ts';
import { withSealHealth } from './sealed/seal-health.ts';
import { sealPorts } from './sealed/sealed-store.ts';
import { type Sealing, unlock } from './sealed/unlock.ts';
import { createSnapshotCache } from './snapshot-cache.ts';

/** What every engine is opened with. */
export interface StoreParts {
  readonly clock: Clock;
  readonly log: Log;
  /** What is not given is `DEFAULT_RETENTION`. */
  readonly retention?: Retention;
  /** `STORE_KEY`: the key to seal secrets with, then earlier ones that may still be needed to read. */
  readonly keys?: readonly Buffer[];
  /** A command beside the bot: it takes no leases that would have to end with it, and does not count as a running bot. */
  readonly visiting?: boolean;
}

/**
 * Opens what `STORE_URL` names. Rejects with `StoreError` at once when the place cannot be used, or when something in it is sealed with a
 * key that `keys` lacks.
 */
export async function openStore(storeUrl: string, parts: StoreParts): Promise<Store> {
  const { clock, log, keys = [], visiting = false } = parts;
  const engine = await openEngine(storeUrl, parts);
  try {
    const sealing = await unlock({ engine, keys, clock, log });
    engine.sealsWith(sealing.seal.keyId);
    if (!visiting) await engine.presence.join();
    return storeOf(engine, sealing, parts);
  } catch (error) {
    await engine.close().catch(() => undefined);
    throw error;
  }
}

/** The engine alone, for what works on rows as they stand. It is imported only when chosen: the embedded default loads no server's driver. */
export async function openEngine(
  storeUrl: string,
  { clock, log, retention = DEFAULT_RETENTION }: Pick<StoreParts, 'clock' | 'log' | 'retention'>,
): Promise<Engine> {
  const parts = { clock, log, retention };
  const scheme = storeUrl.slice(0, storeUrl.indexOf(':') + 1).toLowerCase();
  switch (scheme) {
    case 'sqlite:':
      return (await import('./sqlite/sqlite-store.ts')).openSqliteStore(storeUrl, parts);
    case 'redis:':
    case 'rediss:':
      return (await import('./redis/redis-store.ts')).openRedisStore(storeUrl, parts);
    default:
      throw new StoreError(
        'STORE_UNAVAILABLE',
        'STORE_URL names no engine this bot knows',
        'Set STORE_URL to sqlite:<path>, redis://… or rediss://…',
      );
  }
}

function storeOf(engine: Engine, sealing: Sealing, { clock, log }: StoreParts): Store {
  const { gate, outbox, registry, history } = engine;
  const { codec } = sealing;
  const ports = codec === PLAIN ? { gate, outbox, registry, history } : sealPorts(engine, codec, clock);
  return {
    ...ports,
    kind: engine.kind,
    snapshots: createSnapshotCache(engine.snapshots, codec, log),
    pace: engine.pace,
    audit: engine.audit,
    health: boundHealth(() => withSealHealth(engine, sealing)),
    async prune() {
      const pruned = await engine.prune();
      await rotate({ engine, clock, log }, sealing);
      return pruned;
    },
    close: () => engine.close(),
  };
}
