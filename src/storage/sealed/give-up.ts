import type { Clock } from '../../clock.ts';
import type { Engine, StoredRow } from '../engine.ts';
import { StoreError } from '../ports.ts';
import { othersAlive } from '../presence.ts';
import { isHashed } from './codec.ts';
import { keyIdOfSealed } from './seal.ts';
import { readRecord, writeRecord } from './seal-record.ts';
import { inSealTurn } from './unlock.ts';

/**
 * Removes for good what is sealed with a key that is lost. When the names went with it, so do windows, lists and readings: refused while a
 * window is still shut, since Airalo would be asked too early. Returns how many values are gone. Throws `StoreError`.
 */
export async function giveUp(engine: Engine, keyId: string, clock: Clock): Promise<number> {
  if ((await othersAlive(engine.instances, engine.presence.id)).length > 0)
    throw new StoreError(
      'STORE_IN_USE',
      'A bot is working on the store',
      'Stop it, and run the command again',
    );
  return inSealTurn({ engine, clock }, async () => {
    const record = await readRecord(engine);
    const namesLost = keyIdOfSealed(record?.index) === keyId;
    if (namesLost) await refuseWhileShut(engine, clock);
    let removed = 0;
    for await (const page of engine.rows.pages(['registry', 'snapshot', 'outbox', 'gate', 'history'])) {
      const lost = page.filter((row) => isLost(row, keyId, namesLost));
      await engine.rows.remove(lost.filter(({ place }) => place !== 'outbox'));
      for (const { place, name } of lost)
        if (place === 'outbox' && !(await engine.outbox.cancel(name))) await engine.outbox.drop(name);
      removed += lost.filter(({ value }) => value !== undefined).length;
    }
    if (record) {
      const keys = record.keys.filter((id) => id !== keyId);
      await writeRecord(engine, namesLost ? { keys, named: false } : { ...record, keys });
    }
    return removed;
  });
}

function isLost({ place, name, value }: StoredRow, keyId: string, namesLost: boolean): boolean {
  if (keyIdOfSealed(value) === keyId) return true;
  return namesLost && place !== 'outbox' && isHashed(name);
}

/** Names that stand in clear are not lost, and neither are their windows. */
async function refuseWhileShut(engine: Engine, clock: Clock): Promise<void> {
  let until = 0;
  for await (const page of engine.rows.pages(['gate']))
    for (const { name, openAt = 0 } of page) if (isHashed(name)) until = Math.max(until, openAt);
  if (until <= clock.now()) return;
  throw new StoreError(
    'STORE_SEALED',
    'With this key the times are lost at which Airalo may be asked again, and some are still to come',
    `Leave the bot stopped, and run the command again after ${new Date(until).toISOString()}`,
  );
}
