import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ManualClock } from './manual-clock.ts';
import { untilLater } from './passing-time.ts';
import type { until } from './until.ts';

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

/** Lets time run until `condition` holds, in steps of `stepMs` or longer: see `untilLater`. */
export function lapse<T>(
  { clock }: { readonly clock: ManualClock },
  what: string,
  condition: Parameters<typeof until<T>>[1],
  stepMs = 100,
): Promise<T> {
  return untilLater(clock, what, condition, stepMs);
}
