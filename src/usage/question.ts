import { z } from 'zod';
import { shortHash } from '../domain/short-hash.ts';
import type { OutboxJob } from '../storage/ports.ts';
import { replyAddress } from './deferred-reply.ts';
import type { Question } from './platform.ts';
import { NO_VEIL, type QuestionVeil } from './question-veil.ts';

/** The outbox type of a question that is being answered. */
export const QUESTION = 'question';
/** How long an answer is tried before the person gets a last word: as long as a promise is. */
const PATIENCE_MS = 2 * 60 * 60 * 1000;

const question: z.ZodType<Question> = z.object({
  address: replyAddress,
  requestId: z.string(),
  askedAt: z.number(),
  ask: z.unknown(),
});

/** Undefined when the stored payload is not one of ours (damaged, or of a later version). */
export function readQuestionJob(job: OutboxJob, veil: QuestionVeil = NO_VEIL): Question | undefined {
  const read = question.safeParse(job.payload).data;
  return read && { ...read, ask: veil.uncover(read.ask, job.id) };
}

/** A question as it is written down. */
export function veiled(content: Question, veil: QuestionVeil, jobId: string): Question {
  return { ...content, ask: veil.cover(content.ask, jobId) };
}

/** For the operator's list of dead letters; undefined for a job of another kind. */
export function questionAbout({ type }: OutboxJob): string | undefined {
  return type === QUESTION ? 'question' : undefined;
}

/** The job of a question, due at `runAt`: whoever holds it moves that ahead. One message is one question, however often it is sent. */
export function questionJob(content: Question, runAt: number, veil: QuestionVeil = NO_VEIL): OutboxJob {
  const { address, askedAt } = content;
  const id = `question-${shortHash(address.messageKey)}`;
  return {
    id,
    type: QUESTION,
    // Apart from the same person's promised answers, which they can list and cancel.
    owner: `question ${address.asker}`,
    payload: veiled(content, veil, id),
    runAt,
    deadline: askedAt + PATIENCE_MS,
  };
}
