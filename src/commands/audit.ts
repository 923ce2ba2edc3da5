import { systemClock } from '../clock.ts';
import { csv, textTable } from '../ops/text-table.ts';
import { withStore } from './with-store.ts';

/** A bound on memory: more than a large team asks in the 90 days that the audit is kept. */
const MAX_ROWS = 100_000;

/**
 * Who asked, where, for which eSIM (last digits and keyed hash), with what outcome; newest first.
 * `sinceMs` is how far back to look. Prints a table unless `csv` or `json` is set; nothing at all
 * where there are no entries. Throws as `withStore` does.
 */
export async function audit(options: {
  readonly sinceMs: number;
  readonly csv: boolean;
  readonly json: boolean;
}): Promise<number> {
  return withStore(async (store) => {
    const since = systemClock.now() - options.sinceMs;
    const events = await store.audit.recent({ since, limit: MAX_ROWS });
    const rows = events.map(({ at, asker, place, iccidMasked, esimHash = '', outcome }) => ({
      at: new Date(at).toISOString(),
      asker,
      place,
      esim: iccidMasked,
      hash: esimHash,
      outcome,
    }));
    // Of the two forms for programs JSON wins.
    if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else if (rows.length > 0) process.stdout.write(options.csv ? csv(rows) : `${textTable(rows)}\n`);
    return 0;
  });
}
