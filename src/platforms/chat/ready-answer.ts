import { type Clock, endsWithin } from '../../clock.ts';
import { readQuestion } from '../../inquiries/question.ts';
import type { UsageService } from '../../usage/platform.ts';
import { type Answering, splitAsked } from './answering.ts';
import type { Ask } from './ask.ts';
import { drawReplies } from './drawing.ts';
import { type Chat, placeName, type RequestContext } from './seam.ts';

/** What answering at once needs. */
export interface ReadyAnswerParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: Pick<UsageService, 'ready'>;
  readonly answering: Pick<Answering<P, M>, 'drawnFor'>;
  /** The bot has left: see `TaskTracker`. */
  readonly isOver: () => boolean;
  readonly clock: Clock;
}

/** An answer that can travel with the acknowledgement of its question. */
export interface ReadyAnswer<M> {
  readonly message: M;
  /** The platform has taken it. Until then nothing was accepted, and it can still be answered in the ordinary way. */
  given(): void;
}

/** Milliseconds, of an acknowledgement's three seconds: what takes longer has to be made durable first. */
const READY_WITHIN_MS = 300;

/**
 * One eSIM with a current figure, asked about by somebody who may: what most questions are. It is said in the acknowledgement itself,
 * without a second message and without keeping a question that nobody owes an answer to any more. Undefined for all else. Never throws.
 */
export function createReadyAnswers<P extends RequestContext, M>({
  chat,
  usageService,
  answering,
  isOver,
  clock,
}: ReadyAnswerParts<P, M>): (asked: P, ask: Ask) => Promise<ReadyAnswer<M> | undefined> {
  return async function ready(asked, ask) {
    if (isOver() || ask.kind !== 'text') return undefined;
    const preparing = prepare(asked, ask.text).catch(() => undefined);
    return (await endsWithin(clock, preparing, READY_WITHIN_MS)) && !isOver() ? preparing : undefined;
  };

  async function prepare(asked: P, text: string): Promise<ReadyAnswer<M> | undefined> {
    const question = readQuestion(text);
    if (question.kind !== 'lookup') return undefined;
    const { asked: iccids, leftOut } = splitAsked(question.iccids, text, chat.limits.esims);
    const [iccid, ...more] = iccids;
    if (iccid === undefined || more.length > 0) return undefined;
    let ctx = asked;
    const found = await usageService.ready(iccid, async () => {
      ctx = await chat.introduce(asked);
      if ((await chat.decide(ctx)).kind !== 'allowed') return undefined;
      const where = chat.whereabouts(ctx);
      return { asker: where.asker, requestId: ctx.questionId, place: placeName(where, ctx) };
    });
    if (!found) return undefined;
    const drawn = await answering.drawnFor(ctx, iccids, leftOut);
    const message = drawReplies(chat.pen, drawn, new Map([[iccid, found.reply]]), clock.now());
    return { message, given: found.given };
  }
}
