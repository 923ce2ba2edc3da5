import { openEngine, type StoreParts } from './open.ts';
import { giveUp } from './sealed/give-up.ts';
import { type Rotation, rotate } from './sealed/rotation.ts';
import { type Survey, surveyOf } from './sealed/sealed-rows.ts';
import { unlock } from './sealed/unlock.ts';

type KeyParts = Pick<StoreParts, 'clock' | 'log' | 'keys'>;

/** How many values are sealed with which key, whatever `STORE_KEY` says. `''`: not sealed. */
export async function surveyKeys(storeUrl: string, parts: KeyParts): Promise<Survey> {
  const engine = await openEngine(storeUrl, parts);
  try {
    return await surveyOf(engine.rows);
  } finally {
    await engine.close();
  }
}

/** Seals everything with the first key now, beside a running bot or without one. */
export async function sealWithFirstKey(storeUrl: string, parts: KeyParts): Promise<Rotation> {
  const { clock, log, keys = [] } = parts;
  const engine = await openEngine(storeUrl, parts);
  try {
    return await rotate({ engine, clock, log }, await unlock({ engine, keys, clock, log }));
  } finally {
    await engine.close();
  }
}

/** Removes for good what a lost key has sealed; returns how many values. */
export async function giveUpKey(storeUrl: string, keyId: string, parts: KeyParts): Promise<number> {
  const engine = await openEngine(storeUrl, parts);
  try {
    return await giveUp(engine, keyId, parts.clock);
  } finally {
    await engine.close();
  }
}
