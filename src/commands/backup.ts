import { readConfig } from '../config.ts';
import { backupStore } from '../storage/backup.ts';
import { EXIT } from './exit-codes.ts';

/**
 * Writes the SQLite store into a file that was not there before, while the bot runs. Throws
 * `ConfigError` for settings and `StoreError` for what the store or the disk refuses, such as a
 * file that exists.
 */
export async function backup(file: string): Promise<number> {
  const { bytes, pending } = await backupStore(readConfig(process.env).storeUrl, file);
  process.stdout.write(
    `${file}: ${Math.ceil(bytes / 1024)} kB, checked, ${pending} answers pending. It opens with the STORE_KEY of now: keep that too.\n`,
  );
  return EXIT.done;
}
