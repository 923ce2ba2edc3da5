import { wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import type { InquiryRouter } from '../../inquiries/inquiry-router.ts';
import type { Log } from '../../log.ts';
import type { AlertService } from '../../usage/alert-board.ts';
import type { BulkService } from '../../usage/bulk-board.ts';
import type {
  DeliveryOutcome,
  Question,
  QuestionHold,
  ResumeContext,
  UsageService,
} from '../../usage/platform.ts';
import { createAskAnswerer } from './answer-ask.ts';
import { createAnswering } from './answering.ts';
import { type Ask, readAsk } from './ask.ts';
import { createAskReader } from './ask-reader.ts';
import { createDelivery } from './delivery.ts';
import { createDigestReporter } from './digest-report.ts';
import { createListIntake } from './lists.ts';
import { createPlaceholder } from './placeholder.ts';
import { answersApart, createPresses } from './presses.ts';
import { createReadyAnswers } from './ready-answer.ts';
import { FIRST_ANSWER, lateScreen, liveScreen, type Outcome, type Screen } from './screen.ts';
import { type Chat, messageKeyOf, type NamesOf, type RequestContext, type Surface } from './seam.ts';
import { createShortAnswers } from './short-answers.ts';
import { createShownReplies } from './shown-replies.ts';
import type { Patience } from './task-tracker.ts';

/** What a conversation is made from. */
export interface ConversationParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly inquiries: InquiryRouter;
  readonly alerts: AlertService;
  readonly bulk: BulkService;
  readonly namesOf?: NamesOf;
  readonly patiently: Patience;
  readonly isOver: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds: who asks is found out in this time, or the person is told first that something is going on. */
const INTRODUCED_WITHIN_MS = 800;

/**
 * Everything about a question that is the same on every platform: it is made durable, answered where it was asked,
 * and where that does not work by another route, now or later, by this process or by another one.
 */
export function createConversation<P extends RequestContext, M>(parts: ConversationParts<P, M>) {
  const { chat, usageService, clock, log, patiently } = parts;
  const shown = createShownReplies(usageService, () => clock.now());
  const short = createShortAnswers(parts);
  const announce = createPlaceholder({ short, patiently });
  const answering = createAnswering({ ...parts, short, shown });
  const lists = createListIntake({ ...parts, short });
  const press = createPresses({ ...parts, short, answering, lists, shown });
  const answerAsk = createAskAnswerer({ ...parts, short, answering, lists, press });

  /** Makes a question durable. Undefined for one that is known already, here or in another process. */
  function accept(ctx: P, ask: Ask): Promise<QuestionHold | undefined> {
    return usageService.accept(
      { address: addressOf(ctx), requestId: ctx.questionId, askedAt: clock.now(), ask },
      chat.limits.durableWithinMs,
    );
  }

  /**
   * Answers what was accepted and acknowledged. Never throws: a fault is a word to the person and a line in the log.
   */
  async function answer(asked: P, ask: Ask, hold: QuestionHold): Promise<void> {
    const outcome: Outcome = {};
    let ctx = asked;
    try {
      const introducing = chat.introduce(asked);
      const introduced = await endsWithin(clock, introducing, INTRODUCED_WITHIN_MS);
      if (introduced) ctx = await introducing;
      if (ask.kind === 'press') {
        const { own, aside } = chat.pressSurfaces(ctx, answersApart(ask.press.kind));
        ctx = await introducing;
        await answerAsk(ctx, ask, live(aside), { own: live(own), aside: live(aside), late: false });
      } else {
        const surface = chat.surface(ctx, false);
        const opened = await announce(ctx, ask, surface, introduced);
        if (opened.kind !== 'ok') return await handOver(hold, ctx.questionId, log, opened);
        ctx = { ...(await introducing), ...opened.value };
        // The message that a later answer edits: known before anything can go wrong.
        if (Object.keys(opened.value).length > 0) void hold.save({ address: addressOf(ctx) });
        await answerAsk(ctx, ask, live(surface));
        if (outcome.result?.kind === 'delivered' && outcome.result.route !== FIRST_ANSWER)
          await leaveWord(ctx, surface);
      }
    } catch (error) {
      log.error({ err: error, requestId: asked.questionId }, 'A question failed');
      // Tried again it would fail again: the person is told, and asks anew if they wish.
      await live(chat.surface(ctx, false))
        .finish(failureFor(ctx))
        .catch(() => undefined);
    }
    const { result } = outcome;
    if (result && result.kind !== 'delivered') return handOver(hold, ctx.questionId, log, result);
    await hold.done();

    function live(surface: Surface<P, M>): Screen<M> {
      return liveScreen(
        { chat, usageService, patiently, isOver: parts.isOver, log },
        () => ctx,
        surface,
        hold,
        outcome,
      );
    }
  }

  /** The answer had to go another way: what stands in its place says so, if that can be written there. */
  async function leaveWord(ctx: P, surface: Surface<P, M>): Promise<void> {
    if (surface.changesLeft() === 0) return;
    await surface.show(short.notice(ctx, wordsFor(ctx.locale).chat.answeredElsewhere));
  }

  /** A question that ends with this process: nobody could be answered later. */
  function answerHere(ctx: P, ask: Ask): Promise<void> {
    return answer(ctx, ask, { jobId: ctx.questionId, ours: async () => true, ...UNKEPT });
  }

  /** See `Platform.resume`. */
  async function resume(question: Question, context: ResumeContext): Promise<DeliveryOutcome> {
    const stored = chat.read(question.address);
    const ask = readAsk(question.ask);
    if (!stored || !ask) return { kind: 'undeliverable', reason: 'The stored question cannot be read' };
    let ctx = await chat.introduce(stored.ctx);
    const outcome: Outcome = {};
    const late = (mayEdit: boolean) =>
      lateScreen({ chat, usageService }, () => ctx, context, outcome, mayEdit);
    if (context.overdue) {
      await late(true).finish(failureFor(ctx));
      return outcome.result ?? { kind: 'retry', error: 'nothing was shown' };
    }
    if (ask.kind === 'press') {
      const { editsAside } = chat.pressSurfaces(ctx, answersApart(ask.press.kind));
      await answerAsk(ctx, ask, late(false), { own: late(true), aside: late(editsAside), late: true });
      return outcome.result ?? NOTHING_OWED;
    }
    // What an earlier try may have posted is found by it, and edited.
    const surface = chat.surface(ctx, true);
    const opened = await announce(ctx, ask, surface, true);
    if (opened.kind === 'retry') return opened;
    if (opened.kind === 'ok' && Object.keys(opened.value).length > 0) {
      ctx = { ...ctx, ...opened.value };
      await context.saveAddress(addressOf(ctx));
    }
    await answerAsk(ctx, ask, late(true));
    return outcome.result ?? NOTHING_OWED;
  }

  function failureFor(ctx: P): M {
    return short.notice(ctx, wordsFor(ctx.locale).chat.failure(ctx.questionId));
  }

  function addressOf(ctx: P) {
    return chat.addressOf(ctx, { iccids: [], messageKey: messageKeyOf(chat.name, ctx), handle: '' });
  }

  return {
    ready: createReadyAnswers({ ...parts, answering }),
    accept,
    answer,
    answerHere,
    resume,
    deliver: createDelivery({ chat, usageService, shown, clock, namesOf: parts.namesOf }),
    report: createDigestReporter({ chat, usageService, clock }),
    ...createAskReader(lists),
    refusalFor: short.refusalFor,
    watchesOf: answering.watchesOf,
    help: short.help,
  };
}

/** Not now: somebody who works off questions tries again, by whatever route is open then. */
async function handOver(
  hold: QuestionHold,
  requestId: string,
  log: Log,
  result:
    | Exclude<DeliveryOutcome, { kind: 'delivered' }>
    | { readonly kind: 'closed' | 'operator'; readonly error: string },
): Promise<void> {
  const error = result.kind === 'undeliverable' ? result.reason : result.error;
  const notBefore = result.kind === 'retry' ? result.notBefore : undefined;
  const later = await hold.handOver(notBefore);
  if (later) log.warn({ requestId, error }, 'An answer could not be shown at once; it is tried again');
  else log.error({ requestId, error }, 'An answer could not be shown at all');
}

/** The hold of a question that nobody keeps. */
const UNKEPT = {
  save: async () => undefined,
  done: async () => undefined,
  handOver: async () => false,
};

/** Alerts and lists have messages of their own, which follow by themselves. */
const NOTHING_OWED: DeliveryOutcome = { kind: 'delivered', route: 'none needed' };

/** See `createConversation`. */
export type Conversation<P extends RequestContext, M> = ReturnType<typeof createConversation<P, M>>;
