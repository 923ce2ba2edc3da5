import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { inTurn } from '../storage/in-turn.ts';
import type { CallGate, Outbox, Registry } from '../storage/ports.ts';
import { createBulkAllowance } from './bulk-allowance.ts';

/** Takes rows of somebody's day for a list that is answered at once; the instant (epoch ms) until which there are none left, or undefined. */
export type RowCount = (by: { readonly asker: string }, rows: number) => Promise<number | undefined>;

const DAY_MS = 24 * 60 * 60_000;

/** The same count as of lists that are sent as files. Throws `StoreError` on an outage. */
export function createRowCount(
  parts: {
    readonly registry: Registry;
    readonly outbox: Outbox;
    readonly gate: CallGate;
    readonly clock: Clock;
  },
  mostRows: number,
): RowCount {
  const { registry, outbox, clock } = parts;
  const allowance = createBulkAllowance(registry, outbox, clock, mostRows);
  return ({ asker }, rows) =>
    // The place is given back at once: several lists of a key may run, and none is counted over another.
    inTurn(parts, `rows:${asker}`, async () => {
      // No job of the outbox, and another each time: a job is counted once.
      const jobId = `at-once-${randomUUID()}`;
      const refusal = await allowance.take(asker, jobId, rows);
      if (!refusal) return void (await allowance.leave(asker, jobId));
      return refusal.kind === 'day-used-up' ? refusal.until : clock.now() + DAY_MS;
    });
}
