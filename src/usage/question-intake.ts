import { LRUCache } from 'lru-cache';
import { type Clock, endsWithin } from '../clock.ts';
import type { Log } from '../log.ts';
import { roomFor } from '../room-for.ts';
import type { Outbox, Registry } from '../storage/ports.ts';
import type { Question, QuestionHold } from './platform.ts';
import { questionJob, veiled } from './question.ts';
import { NO_VEIL, type QuestionVeil } from './question-veil.ts';

/** What taking questions in needs. */
export interface IntakeParts {
  readonly outbox: Pick<Outbox, 'enqueue' | 'postpone' | 'finish'>;
  readonly registry: Pick<Registry, 'putIfAbsent'>;
  /** Absent: a question stands as the store keeps everything. */
  readonly veil?: QuestionVeil | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Takes questions in, and says which of them this process is answering. */
export interface QuestionIntake {
  accept(question: Question, waitMs?: number): Promise<QuestionHold | undefined>;
  /** True for a question that this very process is working on: its own worker must not answer it side by side. */
  isHeld(jobId: string): boolean;
  /** True for one that this process has answered while the store could not be told so: it is not to be answered again. */
  isAnswered(jobId: string): boolean;
}

/** A question whose process died is anybody's after this. */
export const HOLD_MS = 3_000;
const RENEW_EVERY_MS = 1_000;
/** Slack sends an event again for some five minutes; a person's double press comes at once. */
const CLAIM_MS = 60 * 60 * 1000;
/** Questions that were answered in one outage. */
const MAX_UNENDED = 10_000;

/**
 * A question is a job of the outbox before it is acknowledged, due only after `HOLD_MS`. The process that took it answers at once, moves
 * that instant ahead while it works, and ends the job when the answer is shown. If it dies, the job falls due and any process's worker
 * answers. The id of the job is the guard against duplicates as well, so that a question costs no write for a claim of its own.
 *
 * A store that is slower than an acknowledgement may be does not cost the question: it is taken before it is durable, as far as is known by then.
 */
export function createQuestionIntake({
  outbox,
  registry,
  veil = NO_VEIL,
  clock,
  log,
}: IntakeParts): QuestionIntake {
  const held = new Set<string>();
  const unended = new LRUCache<string, true>(roomFor(MAX_UNENDED));

  async function accept(question: Question, waitMs?: number): Promise<QuestionHold | undefined> {
    const { address, requestId } = question;
    const job = questionJob(question, clock.now() + HOLD_MS, veil);
    // Before it is durable, so that no worker of ours finds it unheld.
    if (held.has(job.id)) return undefined;
    held.add(job.id);
    const written = outbox.enqueue(job);
    try {
      if (waitMs !== undefined && !(await endsWithin(clock, written, waitMs))) {
        log.warn({ requestId }, 'The store is slow; a question is acknowledged before it is durable');
        return holdOf(job.id, job.runAt, question, written);
      }
      if ((await written) === 'added') return holdOf(job.id, job.runAt, question, written);
      held.delete(job.id);
      return undefined;
    } catch {
      // What is out of order is the store: the guard is this process's own then.
      if (await registry.putIfAbsent('claim', address.messageKey, true, CLAIM_MS))
        return holdOf(job.id, job.runAt, question, written);
      held.delete(job.id);
      return undefined;
    }
  }

  function holdOf(
    jobId: string,
    until: number,
    accepted: Question,
    written: Promise<'added' | 'duplicate'>,
  ): QuestionHold {
    let ended = false;
    let stopRenewing: () => void = () => undefined;
    let question = accepted;
    let heldUntil = until;
    let lost = false;
    /** There is no job of ours: the store did not take it, or another process had put it there already. */
    let unkept = false;
    const settled = written.then(
      (outcome) => {
        if (outcome === 'duplicate') lost = unkept = true;
      },
      (error: unknown) => {
        unkept = true;
        log.warn({ err: error, jobId }, 'A question could not be made durable; it is answered all the same');
      },
    );
    let writing: Promise<unknown> = settled;
    renewLater();

    /** One write after the other: a payload must not be overtaken by the renewal before it. */
    function write<T>(work: () => Promise<T>): Promise<T | undefined> {
      const mine = writing.then(() => (unkept ? undefined : work()));
      writing = mine.catch(() => undefined);
      return mine;
    }

    async function extend(changed?: Question): Promise<void> {
      const wanted = clock.now() + HOLD_MS;
      const kept = await outbox.postpone(jobId, wanted, changed && veiled(changed, veil, jobId));
      if (kept) heldUntil = wanted;
      else lost = true;
    }

    function renewLater(): void {
      if (!ended) stopRenewing = clock.after(RENEW_EVERY_MS, () => void renew());
    }

    async function renew(): Promise<void> {
      if (lost || unkept) return;
      // A store that is away for a moment costs the hold only when it lasts.
      await write(() => extend()).catch((error: unknown) =>
        log.debug({ err: error, jobId }, 'A question could not be held on to'),
      );
      renewLater();
    }

    function stopHolding(): void {
      ended = true;
      stopRenewing();
    }

    function end(): void {
      stopHolding();
      held.delete(jobId);
    }

    return {
      jobId,
      async ours() {
        // Another process may have been told of it too, and have been first.
        await settled;
        if (lost || clock.now() < heldUntil) return !lost;
        // Too late to be sure: a process that slept asks before it says anything.
        await write(() => extend()).catch(() => undefined);
        return !lost;
      },
      async save(change) {
        question = { ...question, ...change };
        const changed = question;
        await write(() => extend(changed)).catch((error: unknown) =>
          log.warn({ err: error, jobId }, 'What is known of a question could not be kept'),
        );
      },
      async done() {
        stopHolding();
        await write(() => outbox.finish(jobId)).catch((error: unknown) => {
          unended.set(jobId, true);
          log.warn(
            { err: error, jobId },
            'An answered question could not be ended; another process may answer it again',
          );
        });
        // What the store seemed to refuse may have reached it all the same, however late.
        if (unkept && !lost) unended.set(jobId, true);
        end();
      },
      async handOver(notBefore) {
        stopHolding();
        const at = Math.max(clock.now(), notBefore ?? 0);
        const given = await write(() => outbox.postpone(jobId, at)).catch(() => true);
        end();
        // Without a word of the store it falls due by itself; what another process has taken is in good hands.
        return given === true || lost;
      },
    };
  }

  return { accept, isHeld: (jobId) => held.has(jobId), isAnswered: (jobId) => unended.has(jobId) };
}
