import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Engine } from '../engine.ts';
import { othersAlive } from '../presence.ts';
import { readRecord, writeRecord } from './seal-record.ts';
import { sealAnew } from './sealed-rows.ts';
import { inSealTurn, type Sealing } from './unlock.ts';

/** A round that changed nothing is the last; others write beside it, so there may be some. */
const MAX_ROUNDS = 5;

/**
 * How far a change of `STORE_KEY` has come. Told by `store-key reseal`; each pruning makes one too,
 * and logs it.
 */
export interface Rotation {
  /** Values sealed anew now. */
  readonly changed: number;
  /** Values that no key opens. */
  readonly unreadable: number;
  /** Whether the keys behind the first may be dropped. */
  readonly complete: boolean;
}

/**
 * Seals anew, with the first key, what an earlier one has sealed. Costs one look when there is nothing to do. May be interrupted: the next
 * call goes on.
 * Complete only when nothing was left over, nothing is unreadable, and every living instance seals
 * with the first key. Throws `StoreError` on an outage.
 */
export async function rotate(
  parts: { readonly engine: Engine; readonly clock: Clock; readonly log: Log },
  sealing: Sealing,
): Promise<Rotation> {
  const { engine, log } = parts;
  const current = sealing.seal.keyId;
  const before = await readRecord(engine);
  if (current === undefined || !before || onlyUnder(current, before.keys))
    return { changed: 0, unreadable: 0, complete: true };
  let changed = 0;
  let round = { changed: 0, unreadable: 0 };
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
    round = await sealAnew(engine.rows, sealing, { names: false });
    changed += round.changed;
    if (round.changed === 0) break;
  }
  const complete =
    round.changed === 0 && round.unreadable === 0 && (await everybodySealsWith(engine, current));
  if (complete) await retireOthers(parts, current);
  if (complete || changed > 0)
    log.info(
      { changed, unreadable: round.unreadable, key: current },
      complete
        ? 'Every stored value is sealed with the first key of STORE_KEY: the keys behind it can be removed'
        : 'Stored values are sealed anew; the keys behind the first of STORE_KEY are still needed',
    );
  return { changed, unreadable: round.unreadable, complete };
}

async function retireOthers(
  parts: { readonly engine: Engine; readonly clock: Clock },
  current: string,
): Promise<void> {
  await inSealTurn(parts, async () => {
    const now = await readRecord(parts.engine);
    if (now) await writeRecord(parts.engine, { ...now, keys: [current] });
  });
}

/** In a rolling restart the others may still seal with the earlier key. */
async function everybodySealsWith(engine: Engine, current: string): Promise<boolean> {
  return (await othersAlive(engine.instances, engine.presence.id)).every(
    ({ about }) => about.sealsWith === current,
  );
}

function onlyUnder(current: string, keys: readonly string[]): boolean {
  return keys.length === 1 && keys[0] === current;
}
