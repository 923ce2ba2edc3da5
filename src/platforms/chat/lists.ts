import { bulkCard } from '../../cards/bulk-card.ts';
import type { Card } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { BulkFace, BulkRefusal } from '../../domain/bulk.ts';
import type { Log } from '../../log.ts';
import type { BulkBoard, BulkService } from '../../usage/bulk-board.ts';
import type { DeliveryOutcome, ReplyAddress } from '../../usage/platform.ts';
import { type AttachedFile, notAllowedCard, takeList } from './list-upload.ts';
import type { Screen } from './screen.ts';
import { type CallResult, type Chat, messageKeyOf, type RequestContext, readerOf } from './seam.ts';
import type { ShortAnswers } from './short-answers.ts';

/** What taking lists needs. */
export interface ListParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly bulk: BulkService;
  readonly short: ShortAnswers<P, M>;
  readonly log: Log;
}

/** Lists on their way in: a file in the direct message, and the press on Cancel. */
export function createListIntake<P extends RequestContext, M>({ chat, bulk, short, log }: ListParts<P, M>) {
  const face = (ctx: P, shown: BulkFace) => faceMessage(chat, ctx, shown);

  /** `ctx`: its message shows how far the list is from then on. */
  async function take(ctx: P, files: readonly AttachedFile[]): Promise<BulkRefusal | undefined> {
    const address = chat.addressOf(ctx, { iccids: [], messageKey: messageKeyOf(chat.name, ctx), handle: '' });
    const upload = { address, requestId: ctx.questionId, locale: ctx.locale };
    const fetch = chat.fetchFile ?? (async () => ({ kind: 'refused', error: 'no files here' }) as const);
    const known = (await chat.inspectFiles?.(files)) ?? files;
    return takeList(bulk, known, fetch, upload, log);
  }

  return {
    /** Whether the files are what the message is about. Not so for a picture beside a number. */
    concerns: (files: readonly AttachedFile[], asksSomething: boolean): boolean =>
      files.length > 0 && (!asksSomething || bulk.pick(files).kind === 'list'),

    /** The message of the question is ours: it shows how far the list is from then on. */
    async answer(ctx: P, files: readonly AttachedFile[], screen: Screen<M>): Promise<void> {
      const refused = await short.refusalFor(ctx);
      if (refused !== undefined) return screen.finish(refused);
      const refusal = await take(ctx, files);
      if (refusal) await screen.finish(face(ctx, { kind: 'refused', refusal }));
    },

    /** Where others would see the numbers: answered in the direct message, and `screen` says so. */
    async answerFromChannel(ctx: P, files: readonly AttachedFile[], screen: Screen<M>): Promise<void> {
      const refused = await short.refusalFor(ctx);
      if (refused !== undefined) return screen.finish(refused);
      const { bulk: words } = wordsFor(ctx.locale);
      const opened = await chat.openDirectMessage?.(ctx, short.notice(ctx, words.taking));
      if (opened?.kind !== 'ok')
        return screen.finish(face(ctx, { kind: 'refused', refusal: { kind: 'only-in-direct-message' } }));
      await screen.finish(short.notice(ctx, words.inDirectMessage));
      const refusal = await take(opened.value.ctx, files);
      if (refusal) await opened.value.change(face(ctx, { kind: 'refused', refusal }));
    },

    /** In a channel, where the file is seen by others already: a word, nothing of it is read. */
    async answerInChannel(ctx: P, seenByAll: boolean, screen: Screen<M>): Promise<void> {
      // What everybody reads says nothing of who may ask.
      if (seenByAll) {
        const word = wordsFor(ctx.locale).bulk.refusals['only-in-direct-message'];
        return screen.finish(short.notice(ctx, word));
      }
      const refused = await short.refusalFor(ctx);
      await screen.finish(
        refused ?? face(ctx, { kind: 'refused', refusal: { kind: 'only-in-direct-message' } }),
      );
    },

    async cancel(jobId: string, ctx: P, own: Screen<M>): Promise<void> {
      const shown = await bulk.cancel(jobId, chat.whereabouts(ctx).asker);
      if (shown) await own.finish(face(ctx, shown));
    },
  };
}

/** See `createListIntake`. */
export type ListIntake<P extends RequestContext, M> = ReturnType<typeof createListIntake<P, M>>;

/** What a platform must know how to do for a list: change its message, and bring the file. */
export interface ListMechanics<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly clock: Clock;
  /** Edits the message of the address; `undefined` where there is none. */
  edit(ctx: P, message: M): Promise<CallResult> | undefined;
  readonly send: BulkBoard['send'];
}

/** Lists on their way out: the message that fills, and the file. */
export function createListBoard<P extends RequestContext, M>({
  chat,
  clock,
  edit,
  send,
}: ListMechanics<P, M>): BulkBoard {
  async function update(address: ReplyAddress, draw: (ctx: P) => M): Promise<DeliveryOutcome> {
    const ctx = chat.read(address)?.ctx;
    const editing = ctx && edit(ctx, draw(ctx));
    if (!editing) return { kind: 'undeliverable', reason: 'No message to edit' };
    const result = await editing;
    return result.kind === 'ok' ? { kind: 'delivered', route: 'edit' } : outcomeOf(result, 'edit');
  }

  return {
    send,
    show: (address, shown) => update(address, (ctx) => faceMessage(chat, ctx, shown)),
    refuse: (address, decision) =>
      update(address, (ctx) => cardMessage(chat, ctx, notAllowedCard(decision, ctx.locale, clock.now()))),
  };
}

/**
 * A step that failed, as the worker of lists treats it. `remedy` is for the operator, where the platform names none.
 */
export function outcomeOf(
  result: Exclude<CallResult, { kind: 'ok' }>,
  step: string,
  remedy?: string,
): DeliveryOutcome {
  if (result.kind === 'retry') return result;
  const mend = result.kind === 'operator' ? result.remedy : remedy;
  const reason = `${step}: ${result.error}`;
  return { kind: 'undeliverable', reason, ...(mend === undefined ? {} : { remedy: mend }) };
}

function faceMessage<P extends RequestContext, M>(chat: Chat<P, M>, ctx: P, shown: BulkFace): M {
  return cardMessage(
    chat,
    ctx,
    bulkCard(shown, readerOf(ctx)),
    shown.kind === 'reading' ? shown.jobId : undefined,
  );
}

function cardMessage<P extends RequestContext, M>(chat: Chat<P, M>, ctx: P, card: Card, jobId?: string): M {
  const handle = jobId === undefined ? {} : { handle: { note: jobId, index: 0, jobId: '' } };
  return chat.pen.message([{ card, ...handle }], readerOf(ctx));
}
