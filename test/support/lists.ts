import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { BotUnderTest } from './bot.ts';
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

/** What `lapse` goes by: the clock, and a bot that works under it. */
export interface Lapsing {
  readonly clock: ManualClock;
  readonly bot: BotUnderTest;
}

/**
 * Lets time run at about fifty times its speed until `condition` holds, in steps that wait for the store and for Airalo's stand-in to
 * answer once. So a slow machine slows the time as well, and no request or lease runs out only because the machine was busy.
 */
export function lapse<T>(
  { clock, bot }: Lapsing,
  what: string,
  condition: Parameters<typeof until<T>>[1],
  stepMs = 100,
): Promise<T> {
  return until<T>(
    what,
    async () => {
      clock.advance(stepMs);
      await Promise.all([bot.app.store.registry.get('claim', 'nobody'), fetch(bot.simulator.url)]);
      return condition();
    },
    55_000,
  );
}
