import { z } from 'zod';
import { KNOWN_STATUSES } from '../domain/usage.ts';
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
  ]),
  voiceMinutes: allowance.exactOptional(),
  textMessages: allowance.exactOptional(),
  expiresAt: z.number().exactOptional(),
});

/** What comes back from a cache is checked like anything foreign: it may be damaged, or of another version. */
export const snapshotRecord: z.ZodType<Snapshot> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), reading, asOf: z.number() }),
  z.object({ kind: z.literal('unknown-esim'), asOf: z.number() }),
]);
