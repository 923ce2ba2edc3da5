import { plainLine, plainText } from '../../cards/plain-text.ts';
import { stepOutputs } from '../../cards/step-outputs.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { parseIccid } from '../../domain/iccid.ts';
import type { Log } from '../../log.ts';
import { type AccessDecision, type AccessPolicy, decideAccess } from '../../usage/access.ts';
import type {
  DeliveryContext,
  DeliveryOutcome,
  Question,
  QuestionHold,
  ResumeContext,
  UsageService,
} from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { type Reader, readerOf } from '../chat/seam.ts';
import type { AccessControl } from './asker.ts';
import { isPersonId, readStepAddress, type Step, stepAddress, stepAsker } from './step-address.ts';
import { createStepCompletion } from './step-completion.ts';
import type { SlackClient } from './web.ts';

/** What the step is made from. */
export interface WorkflowStepParts {
  readonly client: SlackClient;
  readonly access: Pick<AccessControl, 'decide' | 'person'>;
  readonly policy: AccessPolicy;
  readonly usageService: UsageService;
  /** Of an answer that nobody in particular asked for, BCP 47. */
  readonly locale: string;
  /** How long an acknowledgement may wait for the store, ms. */
  readonly durableWithinMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** For the audit, and for the limit of all workflows together. */
const PLACE = 'workflow';
/** Who asks is looked up this often before the workflow is told that it could not be. */
const MOST_CHECKS = 5;
/** A later answer ends the step, or another process does. */
const NOTHING_OWED: DeliveryOutcome = { kind: 'delivered', route: 'none needed' };

/**
 * "Check an eSIM" in Slack's Workflow Builder. No chat: it asks the usage service, and ends the step with the reply.
 * What must wait stays open in Slack until the promised answer ends it.
 */
export function createWorkflowStep(parts: WorkflowStepParts) {
  const { access, policy, usageService, clock, log } = parts;
  const complete = createStepCompletion(parts);

  /** Makes the question durable; undefined for an execution that is known already. */
  function accept(one: Step, iccid: unknown): Promise<QuestionHold | undefined> {
    return usageService.accept(
      {
        address: stepAddress(one),
        requestId: one.executionId,
        askedAt: clock.now(),
        ask: { text: typeof iccid === 'string' ? iccid : '' },
      },
      parts.durableWithinMs,
    );
  }

  /** Answers what was accepted and acknowledged; what cannot be said now is left to whoever works off questions. */
  async function answer(one: Step, iccid: unknown, hold: QuestionHold): Promise<void> {
    const text = typeof iccid === 'string' ? iccid : '';
    const outcome = await outcomeOf(one, text, 0, () => hold.ours());
    if (outcome.kind === 'delivered') return hold.done();
    const error = outcome.kind === 'retry' ? outcome.error : outcome.reason;
    const later = await hold.handOver(outcome.kind === 'retry' ? outcome.notBefore : undefined);
    const line = { requestId: one.executionId, error };
    if (later) log.warn(line, 'A workflow step could not be ended at once; it is tried again');
    else log.error(line, 'A workflow step could not be ended at all');
  }

  /** See `Platform.resume`. */
  async function resume(one: Step, { ask }: Question, context: ResumeContext): Promise<DeliveryOutcome> {
    if (context.overdue)
      return complete(one, { kind: 'error', error: failureFor(one, await readerFor(one)) });
    return outcomeOf(one, textOf(ask), context.attempt, async () => true);
  }

  async function outcomeOf(
    one: Step,
    text: string,
    attempt: number,
    isOurs: () => Promise<boolean>,
  ): Promise<DeliveryOutcome> {
    const reply = await replyTo(one, text, attempt);
    if (reply === 'check-again') return { kind: 'retry', error: 'could not check who asks' };
    if (reply.kind === 'deferred' && reply.promise.kind === 'queued') return NOTHING_OWED;
    if (!(await isOurs())) return { kind: 'retry', error: 'the question is not ours any more' };
    return end(one, reply);
  }

  /** Access first, as everywhere: whoever may not ask learns nothing of the eSIM. */
  async function replyTo(one: Step, text: string, attempt: number): Promise<Reply | 'check-again'> {
    const decision = await decide(one);
    if (decision.kind === 'refused') {
      const { need } = decision;
      if (need.kind === 'check-failed' && attempt < MOST_CHECKS) return 'check-again';
      log.info(
        { requestId: one.executionId, asker: stepAsker(one), need: need.kind },
        'Refused: not allowed',
      );
      return { kind: 'refused', refusal: { reason: 'not-allowed', need } };
    }
    const parsed = parseIccid(text);
    if (parsed.kind === 'malformed') {
      const { given, problem } = parsed;
      return { kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } };
    }
    return usageService.lookup({
      iccid: parsed.iccid,
      address: stepAddress(one),
      asker: stepAsker(one),
      requestId: one.executionId,
      place: PLACE,
    });
  }

  /**
   * As in a direct message, since a workflow has no channel. Slack does not say who started a workflow, and whoever builds one may name
   * anybody: so the one who is named can only narrow it, and where people or channels are listed no workflow is let in.
   */
  async function decide({ teamId, userId }: Step): Promise<AccessDecision> {
    const anybody = decideAccess(policy, {
      userId: '',
      standing: userId === undefined || isPersonId(userId) ? 'member' : 'outsider',
      groupIds: [],
      steward: false,
    });
    if (userId === undefined || anybody.kind === 'refused') return anybody;
    return access.decide({ teamId, userId, channelId: '', inDirectMessage: true });
  }

  /** See `Platform.deliver`. A later time is told to nobody: the step simply stays open. */
  async function deliver(one: Step, reply: Reply, { stage }: DeliveryContext): Promise<DeliveryOutcome> {
    return stage === 'interim' ? NOTHING_OWED : end(one, reply);
  }

  async function end(one: Step, reply: Reply): Promise<DeliveryOutcome> {
    const reader = await readerFor(one);
    const now = clock.now();
    if (reply.kind === 'fresh' || reply.kind === 'cached') {
      const language = one.language ?? reader.locale;
      return complete(one, {
        kind: 'outputs',
        outputs: { ...stepOutputs(reply, { ...reader, language, now }) },
      });
    }
    // Slack shows it to whoever looks after the workflow: no number, as in a channel.
    const card = usageCard(reply, { audience: 'public', locale: reader.locale, now });
    return complete(one, { kind: 'error', error: plainText(card, reader) });
  }

  async function readerFor({ teamId, userId }: Step): Promise<Reader> {
    const person =
      userId !== undefined && isPersonId(userId) ? await access.person(teamId, userId) : undefined;
    return readerOf(person ?? { locale: parts.locale });
  }

  return { accept, answer, resume, decide, deliver, read: readStepAddress };
}

/** See `createWorkflowStep`. */
export type WorkflowStep = ReturnType<typeof createWorkflowStep>;

function failureFor({ executionId }: Step, reader: Reader): string {
  return plainLine(wordsFor(reader.locale).chat.failure(executionId), reader);
}

/** What was typed, as `accept` has kept it. */
function textOf(ask: unknown): string {
  const text = typeof ask === 'object' && ask !== null && 'text' in ask ? ask.text : '';
  return typeof text === 'string' ? text : '';
}
