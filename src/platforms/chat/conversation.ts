import { wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import { findIccids } from '../../domain/iccid.ts';
import type { InquiryRouter } from '../../inquiries/inquiry-router.ts';
import { askedWith, type MessageText, readQuestion } from '../../inquiries/question.ts';
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
import { createAnswering } from './answering.ts';
import { type Ask, readAsk } from './ask.ts';
import { rememberCard } from './card-note.ts';
import { createDelivery } from './delivery.ts';
import { createListIntake } from './lists.ts';
import { answersApart, createPresses, type PressScreens } from './presses.ts';
import { FIRST_ANSWER, lateScreen, liveScreen, type Outcome, type Screen } from './screen.ts';
import type { NamesOf } from './seam.ts';
import { type Chat, messageKeyOf, type RequestContext, readerOf, type Surface } from './seam.ts';
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
  const answering = createAnswering({ ...parts, shown });
  const lists = createListIntake({ ...parts, answering });
  const press = createPresses({ ...parts, answering, lists, shown });

  /** Makes a question durable. Undefined for one that is known already, here or in another process. */
  function accept(ctx: P, ask: Ask): Promise<QuestionHold | undefined> {
    return usageService.accept({
      address: addressOf(ctx),
      requestId: ctx.questionId,
      askedAt: clock.now(),
      ask,
    });
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
        if (opened.kind !== 'ok') return await handOver(hold, ctx, opened);
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
    if (result && result.kind !== 'delivered') return handOver(hold, ctx, result);
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
    await surface.show(answering.notice(ctx, wordsFor(ctx.locale).chat.answeredElsewhere));
  }

  /** A question that ends with this process: nobody could be answered later. */
  function answerHere(ctx: P, ask: Ask): Promise<void> {
    return answer(ctx, ask, { jobId: ctx.questionId, durable: false, ours: async () => true, ...UNKEPT });
  }

  /** The placeholder: where every later answer goes by an edit of it, or where it is not even known yet who asks. */
  async function announce(ctx: P, ask: Ask, surface: Surface<P, M>, introduced: boolean) {
    const { bulk, chat: words } = wordsFor(ctx.locale);
    const line = ask.kind === 'list' ? bulk.taking : words.checking([], 'private');
    const placeholder = answering.notice(ctx, line);
    if (surface.open) return patiently(() => surface.open?.(placeholder) ?? nothingOpened());
    if (!introduced && surface.changesLeft() > 0) await surface.show(placeholder);
    return nothingOpened();
  }

  async function nothingOpened() {
    const value: Partial<P> = {};
    return { kind: 'ok', value } as const;
  }

  async function answerAsk(ctx: P, ask: Ask, screen: Screen<M>, pressed?: PressScreens<M>): Promise<void> {
    switch (ask.kind) {
      case 'text':
        return answering.answerText(ctx, ask.text, screen);
      case 'message':
        return answering.answerMessage(ctx, ask.text, screen);
      case 'mention':
        return offer(ctx, ask.text, screen);
      case 'promise':
        return answerPromises(ctx, ask.text, screen);
      case 'help':
        return screen.finish(answering.help(ctx));
      case 'list':
        return lists.answer(ctx, ask.files, screen);
      case 'list-from-channel':
        return lists.answerFromChannel(ctx, ask.files, screen);
      case 'list-in-channel':
        return lists.answerInChannel(ctx, ask.seenByAll, screen);
      case 'press':
        return press(ask.press, ctx, pressed ?? { own: screen, aside: screen, late: false });
      default:
        return ask satisfies never;
    }
  }

  /** "Tell me when fresh", where it is written rather than pressed. */
  async function answerPromises(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const { asked, leftOut } = answering.split(findIccids(text), text);
    if (asked.length === 0) return answering.answerMessage(ctx, text, screen);
    const refusal = await answering.refusalFor(ctx);
    if (refusal !== undefined) return screen.finish(refusal);
    await answering.answerIccids(ctx, asked, screen, {
      put: (request) => usageService.promise(request),
      leftOut,
    });
  }

  /** Where no answer can be private it is behind a button, and who presses is checked. */
  async function offer(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const { chat: words, actions } = wordsFor(ctx.locale);
    const { asked, leftOut } = answering.split(findIccids(text), text);
    if (asked.length === 0) return screen.finish(answering.notice(ctx, words.nothingReadable));
    const handle = await rememberCard(usageService, answering.noteOf(ctx, asked, leftOut));
    await screen.finish(chat.pen.offer(words.privately, actions.show, handle, readerOf(ctx)), handle);
  }

  /** Not now: somebody who works off questions tries again, by whatever route is open then. */
  async function handOver(
    hold: QuestionHold,
    { questionId: requestId }: P,
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
    return answering.notice(ctx, wordsFor(ctx.locale).chat.failure(ctx.questionId));
  }

  function addressOf(ctx: P) {
    return chat.addressOf(ctx, { iccids: [], messageKey: messageKeyOf(chat.name, ctx), handle: '' });
  }

  return {
    accept,
    answer,
    answerHere,
    resume,
    deliver: createDelivery({ chat, usageService, shown, clock, namesOf: parts.namesOf }),
    /** What a message with files is about: the list among them, or its text. */
    askOf(said: MessageText, files: Files, inChannel: 'text' | 'mention' | undefined): Ask {
      const { kind, text } = askedWith(said);
      const asks = inChannel === 'mention' ? findIccids(text).length > 0 : readQuestion(text).kind !== 'none';
      if (lists.concerns(files, asks))
        return inChannel
          ? { kind: 'list-in-channel', seenByAll: inChannel === 'mention' }
          : { kind: 'list', files };
      if (kind === 'passed-on' && inChannel !== 'mention') return { kind: 'message', text };
      return { kind: inChannel ?? 'text', text };
    },
    /** What a message of somebody else's is about: the list on it, or the numbers in it. */
    askAbout(text: string, files: Files): Ask {
      const asList = lists.concerns(files, findIccids(text).length > 0);
      return asList ? { kind: 'list-from-channel', files } : { kind: 'message', text };
    },
    refusalFor: answering.refusalFor,
    watchesOf: answering.watchesOf,
    help: answering.help,
  };
}

/** The hold of a question that nobody keeps. */
const UNKEPT = {
  save: async () => undefined,
  done: async () => undefined,
  handOver: async () => false,
};

type Files = Extract<Ask, { kind: 'list' }>['files'];

/** Alerts and lists have messages of their own, which follow by themselves. */
const NOTHING_OWED: DeliveryOutcome = { kind: 'delivered', route: 'none needed' };

/** See `createConversation`. */
export type Conversation<P extends RequestContext, M> = ReturnType<typeof createConversation<P, M>>;
