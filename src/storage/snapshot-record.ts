import { z } from 'zod';
import { maskIccid } from '../domain/iccid.ts';
import { KNOWN_STATUSES } from '../domain/usage.ts';
import type { Log } from '../log.ts';
import type { Snapshot } from './ports.ts';

const allowance = z.object({ remaining: z.number(), total: z.number() });

const reading = z.object({
  status: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('known'), name: z.enum(KNOWN_STATUSES) }),
    z.object({ kind: z.literal('unseen'), name: z.string() }),
  ]),
  data: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unlimited') }),
    z.object({ kind: z.literal('megabytes'), ...allowance.shape }),
    z.object({ kind: z.literal('unknown'), total: z.number().exactOptional() }),
  ]),
  voiceMinutes: allowance.exactOptional(),
  textMessages: allowance.exactOptional(),
  expiresAt: z.number().exactOptional(),
  unread: z.array(z.enum(['voice', 'texts', 'end'])).exactOptional(),
});

/** What comes back from a cache is checked like anything foreign: it may be damaged, or of another version. */
const snapshotRecord: z.ZodType<Snapshot> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), reading, asOf: z.number() }),
  z.object({ kind: z.literal('unknown-esim'), asOf: z.number() }),
]);

/** What a cache holds of an eSIM. A damaged record is removed, told of once, and counts as not there. */
export async function readSnapshot(
  stored: unknown,
  iccid: string,
  log: Log,
  remove: () => Promise<unknown>,
): Promise<Snapshot | undefined> {
  if (stored === undefined) return undefined;
  const snapshot = snapshotRecord.safeParse(stored);
  if (snapshot.success) return snapshot.data;
  // Removed at once, so it is told of once and not with every question.
  log.warn({ iccid: maskIccid(iccid) }, 'A stored reading is damaged: removed, it counts as not there');
  await remove();
  return undefined;
}
