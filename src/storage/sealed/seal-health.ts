import type { Engine } from '../engine.ts';
import type { StoreHealth } from '../health.ts';
import { readRecord } from './seal-record.ts';
import type { Sealing } from './unlock.ts';

/**
 * The engine's health, and how far a change of `STORE_KEY` has come. A record that cannot be read
 * adds no fact: the engine's own verdict stands.
 */
export async function withSealHealth(engine: Engine, { seal }: Sealing): Promise<StoreHealth> {
  const health = await engine.health();
  if (!health.ok || seal.keyId === undefined) return health;
  const known = await readRecord(engine).catch(() => undefined);
  const earlier = known?.keys.filter((id) => id !== seal.keyId) ?? [];
  const facts = [...health.facts, `sealed with the key ${seal.keyId}`];
  if (earlier.length > 0)
    facts.push(`some values still under the key ${earlier.join(', ')}: keep it in STORE_KEY for now`);
  else if (seal.keyIds.length > 1) facts.push('nothing under the keys behind it: they can leave STORE_KEY');
  return { ...health, facts };
}
