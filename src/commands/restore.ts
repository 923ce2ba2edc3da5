import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { restoreStore } from '../storage/backup.ts';
import { IN_USE, unlessInUse } from './unless-in-use.ts';

const USAGE = 'restore <file>   (into the SQLite file in STORE_URL; stop the bot first)\n';

/** Puts a backup in the place of the store. Exit codes: 0 restored, 1 not, 2 bad input, 4 the store is in use. */
export async function restore(args: string[]): Promise<number> {
  const [file] = parseArgs({ args, allowPositionals: true }).positionals;
  if (file === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { storeUrl } = readConfig(process.env);
  const restored = await unlessInUse(() => restoreStore(storeUrl, file, systemClock));
  if (!restored) return IN_USE;
  const { pending, former, windowsKept } = restored;
  process.stdout.write(
    `Restored ${file}: ${pending} answers pending.\n` +
      (former === undefined ? '' : `The former store lies in ${former}.\n`) +
      (windowsKept
        ? ''
        : 'It could not be read: wait 15 minutes before you start the bot, or it may ask Airalo earlier than it may.\n'),
  );
  return 0;
}
