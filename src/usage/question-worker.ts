import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Consumer, JobContext, JobOutcome, Outbox, OutboxJob } from '../storage/ports.ts';
import type { Platform, PlatformName, Question } from './platform.ts';
import { QUESTION, readQuestionJob, veiled } from './question.ts';
import { HOLD_MS, type QuestionIntake } from './question-intake.ts';
import { NO_VEIL, type QuestionVeil } from './question-veil.ts';

/** What answering late needs. */
export interface QuestionWorkerParts {
  readonly outbox: Outbox;
  readonly intake: Pick<QuestionIntake, 'isHeld' | 'isAnswered'>;
  readonly platforms: ReadonlyMap<PlatformName, Platform>;
  /** The same as of the intake. */
  readonly veil?: QuestionVeil | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Each may be waiting for its turn at Airalo, as those that come at once do. */
const CONCURRENCY = 16;
/** As long as a question is held by whoever took it first. */
const VISIBILITY_MS = HOLD_MS;
/** However long a platform was away: fifteen seconds after its end the answer is there. */
const BACKOFF = { baseMs: 2_000, capMs: 12_000 };
const NO_PLATFORM_MS = 30_000;

/** Answers the questions whose process died, or could not show its answer: by whatever route is open now. */
export function startQuestionWorker({
  outbox,
  intake,
  platforms,
  veil = NO_VEIL,
  clock,
  log,
}: QuestionWorkerParts): Consumer {
  async function handle(job: OutboxJob, context: JobContext): Promise<JobOutcome> {
    const question = readQuestionJob(job, veil);
    if (!question) return { kind: 'dead', reason: 'The stored question cannot be read' };
    // Our own hold was renewed too late; whoever holds it is at it.
    if (intake.isHeld(job.id)) return { kind: 'defer', runAt: clock.now() + HOLD_MS };
    if (intake.isAnswered(job.id)) return { kind: 'done' };
    const overdue = clock.now() >= job.deadline;
    const platform = platforms.get(question.address.platform);
    if (!platform?.resume)
      return overdue
        ? { kind: 'dead', reason: `The platform ${question.address.platform} is not configured any more` }
        : { kind: 'defer', runAt: clock.now() + NO_PLATFORM_MS };
    return resume(job, question, context, platform.resume, overdue);
  }

  async function resume(
    job: OutboxJob,
    question: Question,
    context: JobContext,
    answer: NonNullable<Platform['resume']>,
    overdue: boolean,
  ): Promise<JobOutcome> {
    const { requestId } = question;
    const line = {
      requestId,
      jobId: job.id,
      attempt: context.attempt,
      latenessMs: clock.now() - question.askedAt,
    };
    const outcome = await answer(question, {
      jobId: job.id,
      attempt: context.attempt,
      signal: context.signal,
      stage: 'final',
      overdue,
      saveAddress: (address) => context.savePayload(veiled({ ...question, address }, veil, job.id)),
    });
    switch (outcome.kind) {
      case 'delivered':
        log.info({ ...line, route: outcome.route }, 'A question was answered late');
        return { kind: 'done' };
      case 'retry':
        log.warn({ ...line, error: outcome.error }, 'A question could not be answered yet');
        return overdue ? { kind: 'dead', reason: `Its deadline passed: ${outcome.error}` } : outcome;
      case 'undeliverable':
        log.error(
          { ...line, reason: outcome.reason, remedy: outcome.remedy },
          'A question has no route left',
        );
        return { kind: 'dead', reason: outcome.reason };
      default:
        return outcome satisfies never;
    }
  }

  return outbox.consume(QUESTION, handle, {
    concurrency: CONCURRENCY,
    visibilityMs: VISIBILITY_MS,
    backoff: BACKOFF,
    onError: (error, jobId) => log.error({ err: error, jobId }, 'A question met a fault; it stays queued'),
  });
}
