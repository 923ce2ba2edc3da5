import type { Line } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { parseIccid } from '../../domain/iccid.ts';
import type { Log } from '../../log.ts';
import type { Reply } from '../../usage/reply.ts';
import { type Chat, type RequestContext, readerOf } from './seam.ts';

/** What short answers are made with. */
export interface ShortAnswerParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers that need no look at any eSIM: a refusal, the help, a line. */
export function createShortAnswers<P extends RequestContext, M>({
  chat,
  clock,
  log,
}: ShortAnswerParts<P, M>) {
  const { pen } = chat;

  /** The private refusal for somebody who may not ask; undefined for those who may. */
  async function refusalFor(ctx: P): Promise<M | undefined> {
    const decision = await chat.decide(ctx);
    if (decision.kind === 'allowed') return undefined;
    const { asker } = chat.whereabouts(ctx);
    log.info({ requestId: ctx.questionId, asker, need: decision.need.kind }, 'Refused: not allowed');
    const refusal = { reason: 'not-allowed', need: decision.need } as const;
    return cardMessage(ctx, { kind: 'refused', refusal });
  }

  function cardMessage(ctx: P, reply: Reply): M {
    const card = usageCard(reply, { audience: 'private', locale: ctx.locale, now: clock.now() });
    return pen.message([{ card }], readerOf(ctx));
  }

  /** An attempt at a number gets what is wrong with it; anything else the help. */
  function withoutIccid(ctx: P, text: string): M {
    const parsed = parseIccid(text);
    if (parsed.kind === 'malformed' && !['empty', 'not-digits'].includes(parsed.problem.kind)) {
      const { given, problem } = parsed;
      return cardMessage(ctx, { kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } });
    }
    return help(ctx, /^\s*(help)?\s*$/i.test(text) ? undefined : wordsFor(ctx.locale).chat.notUnderstood);
  }

  function help(ctx: P, above?: Line): M {
    const viewer = { audience: 'private', locale: ctx.locale, now: clock.now() } as const;
    const card = helpCard(viewer, chat.commandIn(ctx.locale), chat.shortcutName);
    return pen.message([{ card }], readerOf(ctx), above);
  }

  function notice(ctx: P, ...lines: Line[]): M {
    return pen.notice(lines, readerOf(ctx));
  }

  return { refusalFor, withoutIccid, help, notice };
}

/** See `createShortAnswers`. */
export type ShortAnswers<P extends RequestContext, M> = ReturnType<typeof createShortAnswers<P, M>>;
