import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../ops/log.ts';
import { createSeal } from '../storage/sealed/seal.ts';
import { giveUpKey, sealWithFirstKey, surveyKeys } from '../storage/store-key.ts';
import { IN_USE, unlessInUse } from './unless-in-use.ts';

const USAGE = 'store-key status | store-key reseal | store-key give-up <key id>\n';

/**
 * What is sealed with which key, and the end of a change of `STORE_KEY`. Exit codes: 0 done, 1 values need a key that is not there, or a
 * key behind the first is still needed, 2 bad input, 4 the store is in use.
 */
export async function storeKey(args: string[]): Promise<number> {
  const [verb, keyId = ''] = parseArgs({ args, allowPositionals: true }).positionals;
  const { storeUrl, storeKeys: keys } = readConfig(process.env);
  const parts = { clock: systemClock, log: createLog('error'), keys };
  if (verb === 'status') return status(await surveyKeys(storeUrl, parts), createSeal(keys).keyIds);
  if (verb === 'reseal') {
    const { changed, unreadable, complete } = await sealWithFirstKey(storeUrl, parts);
    process.stdout.write(
      `${changed} values sealed anew, ${unreadable} cannot be opened. ` +
        (complete
          ? 'The keys behind the first of STORE_KEY can be removed.\n'
          : 'The keys behind the first of STORE_KEY are still needed: is every bot started with the new one in front?\n'),
    );
    return complete ? 0 : 1;
  }
  if (verb === 'give-up' && /^[0-9a-f]{8}$/.test(keyId)) {
    const removed = await unlessInUse(() => giveUpKey(storeUrl, keyId, parts));
    if (removed === undefined) return IN_USE;
    process.stdout.write(`${removed} values that were sealed with the key ${keyId} are removed\n`);
    return 0;
  }
  process.stderr.write(USAGE);
  return 2;
}

function status(survey: ReadonlyMap<string, number>, held: readonly string[]): number {
  let missing = 0;
  for (const [id, count] of survey) {
    const known = id === '' || held.includes(id);
    if (!known) missing += count;
    const place = held.indexOf(id) + 1;
    const what =
      id === '' ? 'not sealed' : known ? `key ${id}, number ${place} of STORE_KEY` : `key ${id}, MISSING`;
    process.stdout.write(`${count} values: ${what}\n`);
  }
  if (survey.size === 0) process.stdout.write('The store holds no values yet\n');
  return missing > 0 ? 1 : 0;
}
