import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open.ts';
import { StoreError } from './ports.ts';
import { readRecord, type SealRecord, sealRecordOf, writeRecord } from './sealed/seal-record.ts';
import { SEAL_KIND } from './sealed/sealed-rows.ts';
import type { StoredThing } from './sqlite/export.ts';

/** How many of each kind were moved; `known`: jobs that stood in the target already. */
export type Moved = Record<StoredThing['kind'] | 'known', number>;

interface MoveParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each thing that has come over, with how many there are by now. */
  readonly onThing?: (things: number) => void;
}

/**
 * Copies a SQLite store into another one, which may hold something already, as it stands: what is sealed stays sealed. The source stays
 * as it is; running it again after a failure moves what is missing and doubles only the audit. Throws `StoreError` when the source is in
 * use.
 */
export async function moveStore(
  from: string,
  to: string,
  { clock, log, onThing }: MoveParts,
): Promise<Moved> {
  const { exportSqlite, refuseInUse } = await import('./sqlite/export.ts');
  await refuseInUse(from);
  const target = await openEngine(to, { clock, log });
  const moved: Moved = { window: 0, snapshot: 0, value: 0, audit: 0, point: 0, job: 0, known: 0 };
  let things = 0;
  try {
    for await (const thing of exportSqlite(from, clock.now(), log)) {
      if (thing.kind === 'value' && thing.of === SEAL_KIND) {
        await joinSeals(target, sealRecordOf(thing.value));
        continue;
      }
      const added = await put(target, thing, clock.now());
      moved[added ? thing.kind : 'known']++;
      onThing?.(++things);
    }
    return moved;
  } finally {
    await target.close();
  }
}

async function put(target: Engine, thing: StoredThing, now: number): Promise<boolean> {
  switch (thing.kind) {
    case 'window': {
      const { key, openAt } = thing;
      // Through the front door: a window that the target has already closed for longer stays closed.
      const decision = await target.gate.tryAcquire(key, Math.max(1, openAt - now));
      return decision.state === 'leader' && target.gate.settle(key, decision.token, openAt);
    }
    case 'snapshot':
      await target.snapshots.put(thing.name, thing.record);
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

/** The next start of the bot seals whichever of the two was in clear. */
async function joinSeals(target: Engine, ours: SealRecord | undefined): Promise<void> {
  const theirs = await readRecord(target);
  if (ours?.index === undefined && theirs?.index === undefined) return;
  const [index, other] = ours?.index === undefined ? [theirs?.index] : [ours.index, theirs?.index];
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(index))
    throw new StoreError(
      'STORE_SEALED',
      'Both stores are sealed, each with a secret of its own: the names of one cannot be found in the other',
      'Move into an empty store',
    );
  const keys = [...new Set([...(ours?.keys ?? []), ...(theirs?.keys ?? [])])];
  await writeRecord(target, { index, keys, named: false });
}
