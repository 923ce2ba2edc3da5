import { z } from 'zod';
import type { BulkRow } from '../domain/bulk.ts';
import type { IccidProblem } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import type { OutboxJob } from '../storage/ports.ts';
import { replyAddress } from '../usage/deferred-reply.ts';
import { DELIMITERS } from './csv-table.ts';

/** The outbox type of a list. */
export const BULK = 'bulk';
/** How long an eSIM whose gate is closed is waited for. */
const WAIT_MS = 30 * 60_000;
/** Time for a list that others hold up: with it, slowness alone never leaves a row unread. */
const PER_ROW_MS = 1_000;
/** How long the file is tried to be brought after that. */
const SENDING_MS = 60 * 60_000;

/**
 * What is stored is read again by another process, of another version perhaps: everything is
 * checked.
 */
const problem: z.ZodType<IccidProblem> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['empty', 'not-digits', 'rounded']) }),
  z.object({ kind: z.literal(['too-short', 'too-long']), digits: z.number() }),
  z.object({ kind: z.literal('several'), found: z.number() }),
]);
const row: z.ZodType<BulkRow> = z.union([
  z.object({ iccid: z.string() }),
  z.object({ given: z.string(), problem }),
]);

/** Why a row stayed without a new reading. */
const because = z.enum(['rate-limited', 'airalo-unavailable', 'operator-needed']);
const end = z.discriminatedUnion('kind', [
  /** Its reading, or that Airalo does not know it, stands in the cache. */
  z.object({ kind: z.literal('learnt') }),
  /** The reading in the cache is an older one; absent `until`: it is not known when a newer can be had. */
  z.object({ kind: z.literal('older'), because, until: z.number().optional() }),
  z.object({ kind: z.literal('unread'), because, until: z.number().optional() }),
  z.object({ kind: z.literal('declined'), detail: z.string() }),
]);
/** How an eSIM of a list has ended. */
export type RowEnd = z.infer<typeof end>;

const payload = z.object({
  address: replyAddress,
  requestId: z.string(),
  locale: z.string(),
  rows: z.array(row).readonly(),
  repeated: z.number(),
  /** Absent in lists of an earlier version. */
  elsewhere: z.number().default(0),
  /** The one of the file that was sent: the answer opens in the same program in the same way. */
  delimiter: z.enum(DELIMITERS),
  /** Epoch ms. A reading that was good enough then stays so while the list is worked on. */
  askedAt: z.number(),
  /** Epoch ms; see `giveUpAtOf`. */
  giveUpAt: z.number(),
  /** By ICCID. The readings themselves are in the cache: a payload is written every few seconds, and stays small so. */
  ends: z.record(z.string(), end),
  /** By ICCID: not to be asked for before. */
  waits: z.record(z.string(), z.number()),
});

/** A list with what has become of it so far: all that another process needs to go on with it. Holds the address's secrets. */
export type BulkWork = z.infer<typeof payload>;

/** Undefined when the stored payload is not one of ours (damaged, or of a later version). */
export function readBulkWork(job: OutboxJob): BulkWork | undefined {
  return payload.safeParse(job.payload).data;
}

/** For the operator's list of dead letters; undefined for a job of another kind. Names no eSIM. */
export function bulkAbout(job: OutboxJob): string | undefined {
  const work = job.type === BULK ? readBulkWork(job) : undefined;
  return work && `list of ${work.rows.length}`;
}

/** What a list is made of, before it has an end. */
export type NewBulk = Pick<
  BulkWork,
  'address' | 'requestId' | 'locale' | 'rows' | 'repeated' | 'elsewhere' | 'delimiter'
>;

/** The job of a list. One message is one list, however often the platform sends it. */
export function bulkJob(list: NewBulk, askedAt: number): OutboxJob {
  const giveUpAt = giveUpAtOf(list.rows.length, askedAt);
  const content: BulkWork = { ...list, askedAt, giveUpAt, ends: {}, waits: {} };
  return {
    id: bulkId(list.address.messageKey),
    type: BULK,
    owner: list.address.asker,
    payload: content,
    runAt: askedAt,
    deadline: giveUpAt + SENDING_MS,
  };
}

/**
 * When what is not read yet ends with what is known of it. Half an hour, and a second for each row:
 * epoch ms.
 */
export function giveUpAtOf(rows: number, askedAt: number): number {
  return askedAt + WAIT_MS + rows * PER_ROW_MS;
}

/** Outbox ids may hold neither colons nor dots, which message keys may. */
function bulkId(messageKey: string): string {
  return `list-${shortHash(messageKey)}`;
}
