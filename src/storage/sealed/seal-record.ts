import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { SEAL_KIND } from './sealed-rows.ts';

const RECORD = 'record';
/** Longer than anything that is sealed. */
const FOR_EVER_MS = 100 * 365 * 24 * 60 * 60 * 1000;

const record = z.object({
  /** The secret of the names, as base64, sealed. Absent while nothing is sealed. */
  index: z.unknown().optional(),
  /** Every key that something may be sealed with. */
  keys: z.array(z.string()),
  /** No name stands in clear any more. */
  named: z.boolean(),
});
/**
 * What the store knows of its own sealing. It stands in the registry under a kind that the sealing
 * leaves alone: it is read before any key is known to fit.
 */
export type SealRecord = z.infer<typeof record>;

/** Undefined for anything else. */
export function sealRecordOf(stored: unknown): SealRecord | undefined {
  return record.safeParse(stored).data;
}

/** Undefined in a store that has never been opened by a version that keeps one. */
export async function readRecord(engine: Engine): Promise<SealRecord | undefined> {
  return sealRecordOf(await engine.registry.get(SEAL_KIND, RECORD));
}

export async function writeRecord(engine: Engine, it: SealRecord): Promise<void> {
  await engine.registry.put(SEAL_KIND, RECORD, it, FOR_EVER_MS);
}
