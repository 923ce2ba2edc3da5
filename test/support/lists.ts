import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ManualClock } from './manual-clock.ts';
import { until } from './until.ts';

/** A file of one column. */
export function listOf(iccids: readonly string[], heading = 'iccid'): Buffer {
  return Buffer.from(`${[heading, ...iccids].join('\n')}\n`);
}

export type Row = Readonly<Record<string, string>>;

/** An answered list, by column; the ICCIDs as a spreadsheet shows them. */
export function rowsOf(csv: Uint8Array | undefined): Row[] {
  const text = Buffer.from(csv ?? []).toString('utf8');
  const rows = z
    .array(z.record(z.string(), z.string()))
    .parse(parse(text, { bom: true, columns: true, relax_quotes: true }));
  return rows.map((row) => ({ ...row, iccid: (row.iccid ?? '').replace(/^="(.*)"$/, '$1') }));
}

/**
 * Lets time run at about fifty times its speed until `condition` holds: slow against the time-outs of real requests, fast enough for
 * a list of 500.
 */
export function lapse<T>(
  clock: ManualClock,
  what: string,
  condition: Parameters<typeof until<T>>[1],
  stepMs = 100,
): Promise<T> {
  return until<T>(
    what,
    () => {
      clock.advance(stepMs);
      return condition();
    },
    50_000,
  );
}
