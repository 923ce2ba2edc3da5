import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Engine } from '../engine.ts';
import { inTurn } from '../in-turn.ts';
import { StoreError } from '../ports.ts';
import { othersAlive } from '../presence.ts';
import { type Codec, createCodec, PLAIN } from './codec.ts';
import { createSeal, keyIdOfSealed, type Seal } from './seal.ts';
import { readRecord, type SealRecord, writeRecord } from './seal-record.ts';
import { SEAL_KIND, type Survey, sealAnew, surveyOf } from './sealed-rows.ts';

const INDEX_CONTEXT = `${SEAL_KIND} index`;
/** A key for HMAC-SHA256, as long as its output (RFC 2104). */
const INDEX_BYTES = 32;

/** A store that can be read. */
export interface Sealing {
  readonly codec: Codec;
  readonly seal: Seal;
}

/**
 * What `STORE_KEY` is needed with. `keys` are those of the setting in its order, the sealing one
 * first; none for a store in clear.
 */
export interface UnlockParts {
  readonly engine: Engine;
  readonly keys: readonly Buffer[];
  readonly clock: Clock;
  readonly log: Log;
}

/** One process at a time decides what the keys of the store are. */
export function inSealTurn<T>(
  parts: Pick<UnlockParts, 'engine' | 'clock'>,
  work: () => Promise<T>,
): Promise<T> {
  return inTurn({ gate: parts.engine.gate, clock: parts.clock }, SEAL_KIND, work);
}

/**
 * Finds out whether `STORE_KEY` fits, and makes of a store in clear a sealed one: every name and value, before anybody asks for one.
 * Throws `StoreError` with `STORE_SEALED` when a key is missing that something is sealed with.
 */
export async function unlock(parts: UnlockParts): Promise<Sealing> {
  const seal = createSeal(parts.keys);
  const known = await readRecord(parts.engine);
  // The usual start, without a turn: nothing is to be written.
  if (known && seal.keyId === undefined && known.keys.length === 0) return { codec: PLAIN, seal };
  return inSealTurn(parts, () =>
    seal.keyId === undefined ? openInClear(parts, seal) : openSealed(parts, seal, seal.keyId),
  );
}

/** Without a key nothing may be sealed: a survey proves it, unless the record says so already. */
async function openInClear({ engine }: UnlockParts, seal: Seal): Promise<Sealing> {
  const known = await readRecord(engine);
  const survey = known?.keys.length === 0 ? new Map() : await surveyOf(engine.rows);
  refuseWithout(seal, survey, known);
  await writeRecord(engine, { keys: [], named: false });
  return { codec: PLAIN, seal };
}

/**
 * The record is written before anything is sealed: a process that dies in between leaves a store
 * that says which keys it needs. `named` is set last, so that the next start goes on with the
 * names.
 */
async function openSealed(parts: UnlockParts, seal: Seal, current: string): Promise<Sealing> {
  const { engine, log } = parts;
  const known = await readRecord(engine);
  if (known?.index === undefined) await refuseBesideClear(engine);
  const missing = known?.keys.some((id) => !seal.keyIds.includes(id)) ?? true;
  const survey = missing ? await surveyOf(engine.rows) : new Map<string, number>();
  refuseWithout(seal, survey, known);
  const kept = known?.index;
  const indexKey =
    kept === undefined
      ? randomBytes(INDEX_BYTES)
      : Buffer.from(z.string().parse(seal.open(kept, INDEX_CONTEXT)), 'base64');
  const sealing = { seal, codec: createCodec(seal, indexKey) };
  const inUse = missing ? [...survey.keys()].filter((id) => id !== '') : (known?.keys ?? []);
  const now: SealRecord = {
    // Under the first key from now on: whoever drops the others can still read it.
    index: keyIdOfSealed(kept) === current ? kept : seal.close(indexKey.toString('base64'), INDEX_CONTEXT),
    keys: [...new Set([current, ...inUse])],
    named: known?.named ?? false,
  };
  if (JSON.stringify(now) !== JSON.stringify(known)) await writeRecord(engine, now);
  if (!now.named) {
    const { changed } = await sealAnew(engine.rows, sealing, { names: true });
    await engine.rows.scrub();
    await writeRecord(engine, { ...now, named: true });
    if (changed > 0)
      log.info({ changed, key: current }, 'The store is sealed: names are hashes, values encrypted');
  }
  return sealing;
}

/** A process without the key would neither see what is sealed nor seal what it writes: windows at Airalo would be missed. */
async function refuseBesideClear(engine: Engine): Promise<void> {
  const others = (await othersAlive(engine.instances, engine.presence.id)).filter(
    ({ about }) => about.sealsWith === undefined,
  );
  if (others.length === 0) return;
  throw new StoreError(
    'STORE_SEALED',
    'STORE_KEY is set here, and another process works on the store without it',
    'Stop every process that has no STORE_KEY, then start them all with it',
  );
}

/** Throws when something is sealed with a key that is not in the list. */
function refuseWithout(seal: Seal, survey: Survey, known: SealRecord | undefined): void {
  const lost = [...survey].filter(([id]) => id !== '' && !seal.keyIds.includes(id));
  const index = keyIdOfSealed(known?.index);
  const indexLost = index !== undefined && !seal.keyIds.includes(index);
  if (lost.length === 0 && !indexLost) return;
  const ids = [...new Set([...lost.map(([id]) => id), ...(indexLost ? [index] : [])])];
  const values = lost.reduce((sum, [, count]) => sum + count, 0);
  const setting = seal.keyId === undefined ? 'STORE_KEY is not set' : 'STORE_KEY does not hold it';
  throw new StoreError(
    'STORE_SEALED',
    `${values} stored values (promises, watches, names of eSIMs and the like) are sealed with the key ${ids.join(', ')}, and ${setting}`,
    `Put that key back into STORE_KEY, behind the new one (new,earlier). To give these values up for good: esim-usage-bot store-key give-up ${ids[0]}`,
  );
}
