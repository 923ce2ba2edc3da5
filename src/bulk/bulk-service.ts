import { wordsFor } from '../cards/words.ts';
import type { Clock } from '../clock.ts';
import { BULK_LIMITS, type BulkFace, type BulkRefusal } from '../domain/bulk.ts';
import type { Log } from '../log.ts';
import type { Outbox, Registry } from '../storage/ports.ts';
import type { BulkService, BulkUpload, NamedFile, PickedFile } from '../usage/bulk-board.ts';
import type { BulkAllowance } from './bulk-allowance.ts';
import { iccidsOf } from './bulk-answer.ts';
import { bulkJob, readBulkWork } from './bulk-job.ts';
import { readCsv } from './csv-rows.ts';
import { repliesCsv } from './replies-csv.ts';

/** What taking lists needs. */
export interface BulkDeskParts {
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly allowance: BulkAllowance;
  readonly clock: Clock;
  readonly log: Log;
}

/** A word for the process that is working on a list. */
export const CANCELLED = 'bulk-cancelled';
/** Longer than any list lives, like a person's place. */
const CANCELLED_MS = 3 * 60 * 60_000;
/** File names that are taken for lists, whatever type the platform says. */
const NAMES = /\.(csv|tsv|txt)$/iu;
const TYPES = /^text\/(csv|tab-separated-values|plain)\b/iu;
/**
 * Refused by name with a word on how to save as CSV: the person learns more than from "not a text".
 */
const SPREADSHEET = /\.(xlsx?|xlsm|xlsb|ods|numbers)$/iu;

/** Takes lists and cancels them; the work is the worker's. */
export function createBulkService(parts: BulkDeskParts): BulkService {
  const { outbox, registry, allowance, clock, log } = parts;

  /**
   * Undefined when the list is taken: from then on it survives a crash. A refusal says why;
   * `not-stored` is an outage of the store, with the place given back.
   */
  async function start(upload: BulkUpload): Promise<BulkRefusal | undefined> {
    const { bytes, address, requestId, locale } = upload;
    const read = await readCsv(bytes);
    if (read.kind === 'no-list') return refused(read.problem, requestId);
    const { rows, repeated, elsewhere, delimiter } = read;
    const job = bulkJob({ address, requestId, locale, rows, repeated, elsewhere, delimiter }, clock.now());
    const esims = iccidsOf(rows).length;
    try {
      // The place first: a job that is enqueued would be worked on already.
      const refusal = await allowance.take(address.asker, job.id, esims);
      if (refusal) return refused(refusal, requestId);
      await outbox.enqueue(job);
    } catch (error) {
      log.error({ err: error, requestId }, 'A list could not be made durable');
      await allowance.leave(address.asker, job.id).catch(() => undefined);
      return { kind: 'not-stored' };
    }
    log.info({ requestId, jobId: job.id, rows: rows.length, esims, repeated, elsewhere }, 'List taken');
    return undefined;
  }

  function refused(refusal: BulkRefusal, requestId: string): BulkRefusal {
    log.info({ requestId, refusal: refusal.kind }, 'List refused');
    return refusal;
  }

  /** One that is being worked on ends itself when it reads the word; one that waits is ended here. */
  async function cancel(jobId: string, asker: string): Promise<BulkFace | undefined> {
    const job = await outbox.find(jobId);
    const work = job && readBulkWork(job);
    if (!work || job.owner !== asker) return undefined;
    // The word before the try to end it: a worker that takes the job in between finds it.
    await registry.put(CANCELLED, jobId, true, CANCELLED_MS);
    if (!(await outbox.cancel(jobId))) return undefined;
    await allowance.leave(asker, jobId);
    log.info({ requestId: work.requestId, jobId }, 'List cancelled');
    const total = work.rows.length;
    const done = total - iccidsOf(work.rows).length + Object.keys(work.ends).length;
    return { kind: 'cancelled', total, done };
  }

  const csvOf: BulkService['csvOf'] = (iccids, replies, locale) =>
    repliesCsv(iccids, replies, wordsFor(locale), clock.now());

  return { mostBytes: BULK_LIMITS.bytes, pick, start, cancel, csvOf };
}

/** By the name, since a platform guesses the type from it; the content is looked at later. */
function pick<File extends NamedFile>(files: readonly File[]): PickedFile<File> {
  const lists = files.filter(
    ({ name, contentType }) => NAMES.test(name) || (TYPES.test(contentType) && !SPREADSHEET.test(name)),
  );
  const [file] = lists;
  if (file && lists.length === 1) return { kind: 'list', file };
  if (file) return { kind: 'none', refusal: { kind: 'several-files' } };
  const spreadsheet = files.some(({ name }) => SPREADSHEET.test(name));
  return { kind: 'none', refusal: { kind: spreadsheet ? 'spreadsheet' : 'other-file' } };
}
