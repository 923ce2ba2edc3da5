import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { backupStore } from '../storage/backup.ts';

const USAGE = 'backup <file>   (of the SQLite file in STORE_URL, while the bot runs)\n';

/** Writes the store into a file that was not there before. Exit codes: 0 written and checked, 1 not, 2 bad input. */
export async function backup(args: string[]): Promise<number> {
  const [file] = parseArgs({ args, allowPositionals: true }).positionals;
  if (file === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { bytes, pending } = await backupStore(readConfig(process.env).storeUrl, file);
  process.stdout.write(
    `${file}: ${Math.ceil(bytes / 1024)} kB, checked, ${pending} answers pending. It opens with the STORE_KEY of now: keep that too.\n`,
  );
  return 0;
}
