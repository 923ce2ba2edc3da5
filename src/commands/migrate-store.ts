import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { moveStore } from '../storage/move.ts';
import { EXIT } from './exit-codes.ts';
import { rewriteLine } from './terminal-output.ts';
import { unlessInUse } from './unless-in-use.ts';

/** A terminal shows a new count so often, ms. */
const COUNT_EVERY_MS = 100;

/**
 * Moves a SQLite store to another engine. `EXIT.refused` while anything has it open. The old store
 * stays as it is, and a second run after a failure moves what is missing. Throws `StoreError` for
 * what either store refuses.
 */
export async function migrateStore({ to }: { readonly to: string }): Promise<number> {
  const { storeUrl } = readConfig(process.env);
  if (!storeUrl.startsWith('sqlite:') || !/^(rediss?:\/\/|sqlite:)./.test(to) || to === storeUrl) {
    process.stderr.write(
      'STORE_URL must be a SQLite file, and --to another store: redis://user:password@host:6379/0\n',
    );
    return EXIT.badInput;
  }
  const parts = { clock: systemClock, log: createLog('error'), onThing: countedOn(process.stderr) };
  const moved = await unlessInUse(() => moveStore(storeUrl, to, parts));
  if (!moved) return EXIT.refused;
  const { job, snapshot, point, window, value, audit, known } = moved;
  process.stdout.write(
    `Moved ${job} promised answers, ${snapshot} readings, ${point} points of their history, ${window} closed windows, ${value} small values, ${audit} audit entries` +
      `${known > 0 ? `; ${known} were there already` : ''}.\nNow set STORE_URL to the new store and start the bot.\n`,
  );
  return EXIT.done;
}

/** How far it is, where somebody watches; the line goes when the end is told. */
function countedOn(output: NodeJS.WriteStream): (things: number) => void {
  let countAt = 0;
  return (things) => {
    if (!output.isTTY || systemClock.now() < countAt) return;
    countAt = systemClock.now() + COUNT_EVERY_MS;
    rewriteLine(output, `${things} moved\r`);
  };
}
