import type { Card } from '../../cards/card.ts';
import { type LeftOut, leftOutLine } from '../../cards/left-out.ts';
import { wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import { findIccids, type Iccid, readIccids, takeFirst } from '../../domain/iccid.ts';
import type { InquiryRouter } from '../../inquiries/inquiry-router.ts';
import { guessedQuestion, type Inquiry, readQuestion } from '../../inquiries/question.ts';
import type { Log } from '../../log.ts';
import type { LookupRequest, ReplyAddress, UsageService } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { createAsking } from './asking.ts';
import { cardNoteOf, rememberCard } from './card-note.ts';
import { type Drawn, drawReplies } from './drawing.ts';
import type { Screen } from './screen.ts';
import { type Chat, messageKeyOf, type NamesOf, placeName, type RequestContext, readerOf } from './seam.ts';
import type { ShortAnswers } from './short-answers.ts';
import type { ShownReplies } from './shown-replies.ts';

/** What answering needs. */
export interface AnsweringParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly short: ShortAnswers<P, M>;
  readonly usageService: UsageService;
  readonly inquiries: InquiryRouter;
  readonly shown: ShownReplies;
  readonly namesOf?: NamesOf | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** How a question is put to the usage service: an ordinary lookup, or a promise of the next reading. */
export type Put = (request: LookupRequest & { readonly address: ReplyAddress }) => Promise<Reply>;

/**
 * From a question to its answer: access, lookups side by side, one message that fills. The same on every platform.
 * Nothing here knows how a platform shows it: that is the `Screen`'s.
 */
export function createAnswering<P extends RequestContext, M>(parts: AnsweringParts<P, M>) {
  const { chat, short, usageService, inquiries, shown, namesOf, clock, log } = parts;
  const { pen } = chat;
  const askingOf = createAsking(parts);

  /** Answers a text: one card for each ICCID in it, the help where there is none. Checks who asks first. */
  async function answerText(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const refusal = await short.refusalFor(ctx);
    if (refusal !== undefined) return screen.finish(refusal);
    const question = readQuestion(text);
    const inquiry = question.kind === 'inquiry' ? question.inquiry : undefined;
    const asked = question.kind === 'none' ? guessedQuestion(text) : inquiry;
    if (asked) return answerInquiry(ctx, asked, screen);
    await answerLookups(ctx, question.kind === 'lookup' ? question.iccids : [], text, screen);
  }

  /** Answers a message of somebody else's: only the numbers in it count. Checks who asks first. */
  async function answerMessage(ctx: P, text: string, screen: Screen<M>): Promise<void> {
    const refusal = await short.refusalFor(ctx);
    if (refusal !== undefined) return screen.finish(refusal);
    await answerLookups(ctx, findIccids(text), text, screen);
  }

  async function answerLookups(
    ctx: P,
    iccids: readonly Iccid[],
    text: string,
    screen: Screen<M>,
    labels?: ReadonlyMap<Iccid, string>,
  ): Promise<void> {
    const { asked, leftOut } = splitAsked(iccids, text, chat.limits.esims);
    if (asked.length === 0) return screen.finish(short.withoutIccid(ctx, text));
    await answerIccids(ctx, asked, screen, { leftOut, labels });
  }

  /** Any other question; the caller has checked who asks. */
  async function answerInquiry(ctx: P, inquiry: Inquiry, screen: Screen<M>): Promise<void> {
    const answer = await inquiries.answer(inquiry, askingOf(ctx, inquiry.iccids));
    if (answer.kind === 'lookup')
      return answerLookups(ctx, answer.iccids, inquiry.words, screen, answer.labels);
    const handle = await rememberCard(usageService, cardNoteOf(chat, ctx, answer.about));
    // A name may be anything.
    const changed = inquiry.topic === 'name' ? [] : readIccids(inquiry.words).changed;
    const rest = { iccids: answer.leftOut ?? [], changed };
    const leftOut = leftOutLine(wordsFor(ctx.locale), rest, answer.about.length);
    const messageOf = (cards: readonly Card[]) =>
      pen.message(
        cards.map((card) => ({ card, handle: { note: handle, index: 0, jobId: '' } })),
        readerOf(ctx),
        leftOut,
      );
    const preparing = chat.prepare?.(ctx, answer.cards) ?? answer.cards;
    const [, ...later] = chat.limits.fillAfterMs;
    if (preparing instanceof Promise && !(await endsWithin(clock, preparing, later[0] ?? 0)))
      await screen.fill(() => messageOf(answer.cards));
    await screen.finish(messageOf(await preparing));
  }

  /** Looks all of them up at once and fills the message as the answers come. */
  async function answerIccids(
    ctx: P,
    iccids: readonly Iccid[],
    screen: Screen<M>,
    how: {
      readonly put?: Put;
      readonly leftOut?: LeftOut | undefined;
      readonly labels?: ReadonlyMap<Iccid, string> | undefined;
    } = {},
  ): Promise<ReadonlyMap<Iccid, Reply>> {
    const { put = (request) => usageService.lookup(request), leftOut, labels } = how;
    const drawn = await drawnFor(ctx, iccids, leftOut, labels);
    const { handle } = drawn;
    const about = { iccids, handle, messageKey: messageKeyOf(chat.name, ctx) };
    const address = chat.addressOf(ctx, about);
    const place = placeName(chat.whereabouts(ctx), ctx);
    const replies = new Map<Iccid, Reply>();
    const all = Promise.all(
      iccids.map(async (iccid) => {
        // Filled in as they come, not in their order: the slowest must not hold back the others.
        replies.set(iccid, await put({ iccid, address, requestId: ctx.questionId, place }));
      }),
    );
    for (const waitMs of chat.limits.fillAfterMs) {
      if (await endsWithin(clock, all, waitMs)) break;
      await screen.fill(() => drawReplies(pen, drawn, replies, clock.now()));
    }
    await all;
    // Before it is shown: a promised answer that comes at once draws these beside itself.
    await keepShown(about, replies, ctx);
    await screen.finish(drawReplies(pen, drawn, replies, clock.now()), handle);
    return replies;
  }

  /** What is needed to draw an answer about these; its buttons work from then on. */
  async function drawnFor(
    ctx: P,
    iccids: readonly Iccid[],
    leftOut?: LeftOut,
    labels?: ReadonlyMap<Iccid, string>,
  ): Promise<Drawn> {
    const handle = await rememberCard(usageService, cardNoteOf(chat, ctx, iccids, leftOut));
    // The team's own names come first.
    const given = await namesOf?.(iccids);
    const names = labels ? new Map([...labels, ...(given ?? [])]) : given;
    const sharable = chat.whereabouts(ctx).inChannel;
    return { ...readerOf(ctx), iccids, handle, leftOut, sharable, ...(names ? { names } : {}) };
  }

  /** The store being away costs the other cards of a later change, not this answer. */
  async function keepShown(
    about: Parameters<ShownReplies['note']>[0],
    replies: ReadonlyMap<Iccid, Reply>,
    { questionId: requestId }: P,
  ): Promise<void> {
    await shown
      .note(about, replies)
      .catch((error: unknown) => log.warn({ err: error, requestId }, 'What is shown could not be kept'));
  }

  /** The person's watches as a card, after `words` were said to them; undefined while the store is away. */
  async function watchesOf(ctx: P, words: string): Promise<Card | undefined> {
    const answer = await inquiries
      .answer({ topic: 'watches', iccids: [], words }, askingOf(ctx, []))
      .catch(() => undefined);
    return answer?.kind === 'cards' && answer.refused !== true ? answer.cards[0] : undefined;
  }

  return {
    answerText,
    answerMessage,
    answerInquiry,
    answerIccids,
    drawnFor,
    watchesOf,
  };
}

/** See `createAnswering`. */
export type Answering<P extends RequestContext, M> = ReturnType<typeof createAnswering<P, M>>;

/** As many as one answer shows; the rest is named beside it. */
export function splitAsked(
  iccids: readonly Iccid[],
  text: string,
  most: number,
): { readonly asked: readonly Iccid[]; readonly leftOut: LeftOut } {
  const { asked, leftOut } = takeFirst(iccids, most);
  return { asked, leftOut: { iccids: leftOut, changed: readIccids(text).changed } };
}
