import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { createSeal } from '../storage/sealed/seal.ts';
import { giveUpKey, sealWithFirstKey, surveyKeys } from '../storage/store-key.ts';
import { EXIT } from './exit-codes.ts';
import { unlessInUse } from './unless-in-use.ts';

/** Counts the stored values by the key they are sealed with. `EXIT.failed` when `STORE_KEY` lacks one of the keys. */
export async function keyStatus(): Promise<number> {
  const { storeUrl, parts } = settings();
  const held = createSeal(parts.keys).keyIds;
  const survey = await surveyKeys(storeUrl, parts);
  for (const [id, count] of survey) process.stdout.write(`${count} values: ${wordsFor(id, held)}\n`);
  if (survey.size === 0) process.stdout.write('The store holds no values yet\n');
  return [...survey.keys()].every((id) => id === '' || held.includes(id)) ? EXIT.done : EXIT.failed;
}

/** Seals everything with the first key now. `EXIT.failed` when the others are needed all the same. */
export async function reseal(): Promise<number> {
  const { storeUrl, parts } = settings();
  const { changed, unreadable, complete } = await sealWithFirstKey(storeUrl, parts);
  process.stdout.write(
    `${changed} values sealed anew, ${unreadable} cannot be opened. ` +
      (complete
        ? 'The keys behind the first of STORE_KEY can be removed.\n'
        : 'The keys behind the first of STORE_KEY are still needed: is every bot started with the new one in front?\n'),
  );
  return complete ? EXIT.done : EXIT.failed;
}

/** Removes for good what a lost key has sealed. `EXIT.refused` while a bot works on the store. */
export async function giveUp(keyId: string): Promise<number> {
  const { storeUrl, parts } = settings();
  const removed = await unlessInUse(() => giveUpKey(storeUrl, keyId, parts));
  if (removed === undefined) return EXIT.refused;
  process.stdout.write(`${removed} values that were sealed with the key ${keyId} are removed\n`);
  return EXIT.done;
}

/** Only errors are logged: the commands speak for themselves on standard output. */
function settings() {
  const { storeUrl, storeKeys: keys } = readConfig(process.env);
  return { storeUrl, parts: { clock: systemClock, log: createLog('error'), keys } };
}

/** An id is a hash of its key and no secret. */
function wordsFor(id: string, held: readonly string[]): string {
  if (id === '') return 'not sealed';
  const place = held.indexOf(id) + 1;
  return place > 0 ? `key ${id}, number ${place} of STORE_KEY` : `key ${id}, MISSING in STORE_KEY`;
}
