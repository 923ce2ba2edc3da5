import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
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
  accept(question: Question): Promise<QuestionHold | undefined>;
  /** True for a question that this very process is working on: its own worker must not answer it side by side. */
  isHeld(jobId: string): boolean;
}

/** A question whose process died is anybody's after this. */
export const HOLD_MS = 3_000;
const RENEW_EVERY_MS = 1_000;
/** Slack sends an event again for some five minutes; a person's double press comes at once. */
const CLAIM_MS = 60 * 60 * 1000;
/** See `deadlineSignal`: an abort without a reason makes an exception with a stack. */
const ENDED = 'the question has ended';

/**
 * A question is a job of the outbox before it is acknowledged, due only after `HOLD_MS`. The process that took it answers at once, moves
 * that instant ahead while it works, and ends the job when the answer is shown. If it dies, the job falls due and any process's worker
 * answers. The id of the job is the guard against duplicates as well, so that a question costs no write for a claim of its own.
 */
export function createQuestionIntake({
  outbox,
  registry,
  veil = NO_VEIL,
  clock,
  log,
}: IntakeParts): QuestionIntake {
  const held = new Set<string>();

  async function accept(question: Question): Promise<QuestionHold | undefined> {
    const { address, requestId } = question;
    const job = questionJob(question, clock.now() + HOLD_MS, veil);
    try {
      // Before it is durable, so that no worker of ours finds it unheld.
      if (held.has(job.id)) return undefined;
      held.add(job.id);
      if ((await outbox.enqueue(job)) === 'duplicate') {
        held.delete(job.id);
        return undefined;
      }
      return holdOf(job.id, job.runAt, question);
    } catch (error) {
      held.delete(job.id);
      log.warn(
        { err: error, requestId },
        'A question could not be made durable; it is answered all the same',
      );
      // What is out of order is the store: the guard is this process's own then.
      if (!(await registry.putIfAbsent('claim', address.messageKey, true, CLAIM_MS))) return undefined;
      return { jobId: job.id, durable: false, ours: async () => true, ...UNKEPT };
    }
  }

  function holdOf(jobId: string, until: number, accepted: Question): QuestionHold {
    const over = new AbortController();
    let question = accepted;
    let heldUntil = until;
    let lost = false;
    let writing: Promise<unknown> = Promise.resolve();
    void renew();

    /** One write after the other: a payload must not be overtaken by the renewal before it. */
    function write<T>(work: () => Promise<T>): Promise<T> {
      const mine = writing.then(work);
      writing = mine.catch(() => undefined);
      return mine;
    }

    async function extend(changed?: Question): Promise<void> {
      const wanted = clock.now() + HOLD_MS;
      const kept = await outbox.postpone(jobId, wanted, changed && veiled(changed, veil, jobId));
      if (kept) heldUntil = wanted;
      else lost = true;
    }

    async function renew(): Promise<void> {
      while (await clock.sleep(RENEW_EVERY_MS, over.signal).then(yes, no)) {
        if (lost) return;
        // A store that is away for a moment costs the hold only when it lasts.
        await write(() => extend()).catch((error: unknown) =>
          log.debug({ err: error, jobId }, 'A question could not be held on to'),
        );
      }
    }

    function end(): void {
      over.abort(ENDED);
      held.delete(jobId);
    }

    return {
      jobId,
      durable: true,
      async ours() {
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
        over.abort(ENDED);
        await write(() => outbox.finish(jobId)).catch((error: unknown) =>
          log.warn(
            { err: error, jobId },
            'An answered question could not be ended; it may be answered again',
          ),
        );
        end();
      },
      async handOver(notBefore) {
        over.abort(ENDED);
        const at = Math.max(clock.now(), notBefore ?? 0);
        const given = await write(() => outbox.postpone(jobId, at)).catch(() => true);
        end();
        // Without a word of the store it falls due by itself; what another process has taken is in good hands.
        return given || lost;
      },
    };
  }

  return { accept, isHeld: (jobId) => held.has(jobId) };
}

const UNKEPT = {
  save: async () => undefined,
  done: async () => undefined,
  handOver: async () => false,
};
const yes = () => true;
const no = () => false;
