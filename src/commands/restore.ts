import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { restoreStore } from '../storage/backup.ts';
import { EXIT } from './exit-codes.ts';
import { unlessInUse } from './unless-in-use.ts';

/**
 * Puts a backup in the place of the SQLite store. `EXIT.refused` while anything has it open. Throws
 * `StoreError` for a backup that is damaged or of a later version; the store is as it was then.
 */
export async function restore(file: string): Promise<number> {
  const { storeUrl } = readConfig(process.env);
  const restored = await unlessInUse(() => restoreStore(storeUrl, file, systemClock));
  if (!restored) return EXIT.refused;
  const { pending, former, windowsKept } = restored;
  process.stdout.write(
    `Restored ${file}: ${pending} answers pending.\n` +
      (former === undefined ? '' : `The former store lies in ${former}.\n`) +
      (windowsKept
        ? ''
        : 'It could not be read: wait 15 minutes before you start the bot, or it may ask Airalo earlier than it may.\n'),
  );
  return EXIT.done;
}
