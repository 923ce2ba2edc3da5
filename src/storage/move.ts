import type { Clock } from '../clock.ts';
import type { Log } from '../ops/log.ts';
import { openStore } from './open.ts';
import type { Store } from './ports.ts';
import type { StoredThing } from './sqlite/export.ts';

/** How many of each kind were moved; `known`: jobs that stood in the target already. */
export type Moved = Record<StoredThing['kind'] | 'known', number>;

/**
 * Copies a SQLite store into another one, which may hold something already. The source stays as it is; running it again
 * after a failure moves what is missing and doubles only the audit. Undefined when a bot is at work on the source.
 */
export async function moveStore(
  from: string,
  to: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Moved | undefined> {
  const { exportSqlite, isInUse } = await import('./sqlite/export.ts');
  if (await isInUse(from, clock.now())) return undefined;
  const target = await openStore(to, { clock, log });
  const moved: Moved = { window: 0, snapshot: 0, value: 0, audit: 0, point: 0, job: 0, known: 0 };
  try {
    for await (const thing of exportSqlite(from, clock.now(), log)) {
      const added = await put(target, thing, clock.now());
      moved[added ? thing.kind : 'known']++;
    }
    return moved;
  } finally {
    await target.close();
  }
}

async function put(target: Store, thing: StoredThing, now: number): Promise<boolean> {
  switch (thing.kind) {
    case 'window': {
      const { key, openAt } = thing;
      const decision = await target.gate.tryAcquire(key, Math.max(1, openAt - now));
      return decision.state === 'leader' && target.gate.settle(key, decision.token, openAt);
    }
    case 'snapshot':
      await target.snapshots.put(thing.iccid, thing.snapshot);
      return true;
    case 'value':
      await target.registry.put(thing.of, thing.key, thing.value, Math.max(1, thing.endsAt - now));
      return true;
    case 'audit':
      await target.audit.append(thing.event);
      return true;
    case 'point':
      await target.history.append(thing.iccid, thing.point);
      return true;
    case 'job':
      return (await target.outbox.enqueue(thing.job)) === 'added';
    default:
      return thing satisfies never;
  }
}
