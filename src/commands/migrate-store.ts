import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../ops/log.ts';
import { moveStore } from '../storage/move.ts';
import { IN_USE, unlessInUse } from './unless-in-use.ts';

const USAGE =
  'migrate-store --to redis://user:password@host:6379/0   (from the SQLite file in STORE_URL; stop the bot first)\n';

/** Moves a SQLite store to another engine. Exit codes: 0 moved, 2 bad input, 4 the store is in use. */
export async function migrateStore(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { to: { type: 'string', default: '' } } });
  const { storeUrl } = readConfig(process.env);
  if (
    !storeUrl.startsWith('sqlite:') ||
    !/^(rediss?:\/\/|sqlite:)./.test(values.to) ||
    values.to === storeUrl
  ) {
    process.stderr.write(USAGE);
    return 2;
  }
  const parts = { clock: systemClock, log: createLog('error') };
  const moved = await unlessInUse(() => moveStore(storeUrl, values.to, parts));
  if (!moved) return IN_USE;
  const { job, snapshot, point, window, value, audit, known } = moved;
  process.stdout.write(
    `Moved ${job} promised answers, ${snapshot} readings, ${point} points of their history, ${window} closed windows, ${value} small values, ${audit} audit entries` +
      `${known > 0 ? `; ${known} were there already` : ''}.\nNow set STORE_URL to the new store and start the bot.\n`,
  );
  return 0;
}
