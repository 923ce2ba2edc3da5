import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { csv, textTable } from '../ops/text-table.ts';
import { withStore } from './with-store.ts';

const MOST_ROWS = 100_000;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };
const USAGE = 'audit [--since 7d|12h] [--csv | --json]\n';

/** Who asked, where, for which eSIM (last digits and keyed hash), with what outcome; newest first. */
export async function audit(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      since: { type: 'string', default: '7d' },
      csv: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const sinceMs = durationOf(values.since);
  if (sinceMs === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withStore(async (store) => {
    const since = systemClock.now() - sinceMs;
    const events = await store.audit.recent({ since, limit: MOST_ROWS });
    const rows = events.map(({ at, asker, place, iccidMasked, esimHash = '', outcome }) => ({
      at: new Date(at).toISOString(),
      asker,
      place,
      esim: iccidMasked,
      hash: esimHash,
      outcome,
    }));
    if (values.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    else if (rows.length > 0) process.stdout.write(values.csv ? csv(rows) : `${textTable(rows)}\n`);
    return 0;
  });
}

function durationOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (UNITS[unit] ?? 0);
}
