import { alertAbout } from '../alerts/alert-jobs.ts';
import { bulkAbout } from '../bulk/bulk-job.ts';
import { systemClock } from '../clock.ts';
import { maskIccid } from '../domain/iccid.ts';
import { textTable } from '../ops/text-table.ts';
import type { DeadJob, Outbox } from '../storage/ports.ts';
import { readDeferredReply } from '../usage/deferred-reply.ts';
import { questionAbout } from '../usage/question.ts';
import { EXIT } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/** More than a person works through; `--json` prints no more either. */
const MAX_LISTED = 200;
/** What a dead letter that is tried again gets: time enough for a platform that is down. */
const SECOND_CHANCE_MS = 2 * 60 * 60 * 1000;

/** Dead letters, for people: what could not be delivered and why. */
export function listDeadLetters({ json }: { readonly json: boolean }): Promise<number> {
  return withStore((store) => list(store.outbox, json));
}

/** Makes a dead letter ready again. Exit code 4 where there is none of that id. */
export function retryDeadLetter(id: string): Promise<number> {
  return withStore(async ({ outbox }) =>
    said(id, await outbox.redrive(id, systemClock.now() + SECOND_CHANCE_MS), 'is tried again'),
  );
}

/** Removes a dead letter. Exit code 4 where there is none of that id. */
export function dropDeadLetter(id: string): Promise<number> {
  return withStore(async ({ outbox }) => said(id, await outbox.drop(id), 'is removed'));
}

/** The total below the table is of what is listed, not of what there is. */
async function list(outbox: Outbox, json: boolean): Promise<number> {
  const [dead, { pending, active }] = await Promise.all([outbox.dead(MAX_LISTED), outbox.depth()]);
  const rows = dead.map(rowOf);
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length > 0) process.stdout.write(`${textTable(rows)}\n`);
  if (!json)
    process.stdout.write(`${rows.length} dead letters, ${pending} answers pending, ${active} being sent\n`);
  return 0;
}

/** Neither a full ICCID nor an address. */
function rowOf(job: DeadJob) {
  const promised = readDeferredReply(job);
  return {
    id: job.id,
    esim: promised
      ? maskIccid(promised.iccid)
      : (alertAbout(job) ?? bulkAbout(job) ?? questionAbout(job) ?? '?'),
    asker: job.owner,
    attempts: String(job.attempts),
    died: new Date(job.diedAt).toISOString().slice(0, 16),
    reason: job.reason,
  };
}

/** Says so on standard output, found or not: the code tells a script. */
function said(id: string, found: boolean, what: string): number {
  process.stdout.write(found ? `${id} ${what}\n` : `There is no dead letter ${id}\n`);
  return found ? EXIT.done : EXIT.refused;
}
