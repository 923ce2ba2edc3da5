import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress, UsageService } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { recallCard, rememberCard } from './card-note.ts';
import { drawAnswerReady, drawPublic, drawReplies } from './drawing.ts';
import { byFirstOpenRoute } from './route-attempts.ts';
import type { NamesOf } from './seam.ts';
import { type Chat, type RequestContext, type Route, readerOf, type Step, type Stored } from './seam.ts';
import type { ShownReplies } from './shown-replies.ts';
import { standingEdits } from './standing-card.ts';

/** What delivery needs. */
export interface DeliveryParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly shown: ShownReplies;
  readonly namesOf?: NamesOf | undefined;
  readonly clock: Clock;
}

/** One route, to be tried when its turn comes: nothing is drawn for a route that is not open. */
type Attempt = () => Promise<Step>;

/**
 * Sends a promised answer by the best route that is open now: an edit of what the person sees already, a message only
 * they see where it was asked, a direct message, and last a line without any customer data. The channel itself is
 * told only what was asked for it, with the number masked.
 */
export function createDelivery<P extends RequestContext, M>({
  chat,
  usageService,
  shown,
  namesOf,
  clock,
}: DeliveryParts<P, M>) {
  return async function deliver(
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<DeliveryOutcome> {
    const stored = chat.read(address);
    if (!stored) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    const routes = chat.routes(stored);
    const given = new Map(reply.iccid ? [[reply.iccid, reply]] : []);
    const by = (route: Route<M> | undefined, draw: (handle: string) => Promise<M>): Attempt[] =>
      route
        ? [
            async () => {
              const handle = await handleOf(stored, reply);
              return route.send(() => draw(handle), { ...context, handle });
            },
          ]
        : [];
    const edits = routes.edits
      .filter(({ free }) => free || context.stage === 'final')
      .map(
        (route): Attempt =>
          () =>
            route.send(() => drawAll(stored, given), context),
      );
    // Looked up only where its own place cannot be written to any more.
    edits.push(async () => {
      for (const route of await standingEdits(chat, usageService, address, stored)) {
        const step = await route.send(() => drawAll(stored, given), context);
        if (step.kind !== 'next') return step;
      }
      return { kind: 'next', why: 'no message of its own' };
    });
    if (context.stage === 'interim') {
      // What the message says now is known beside it, whether this edit comes through or not.
      await shown.note(stored, given);
      return byFirstOpenRoute('interim', edits);
    }
    const news = stored.toChannel
      ? // Where the channel has refused the message, no line in it is tried either.
        [
          ...by(routes.channel, (handle) => drawForChannel(stored, reply, handle)),
          ...by(routes.directMessage, (handle) => drawOne(stored, given, reply, { handle, sharable: false })),
        ]
      : [
          ...by(routes.ephemeral, (handle) => drawOne(stored, given, reply, { handle, sharable: true })),
          ...by(routes.directMessage, (handle) => drawOne(stored, given, reply, { handle, sharable: false })),
          ...by(routes.channelLine, async (handle) => drawAnswerReady(chat.pen, stored.ctx, handle)),
        ];
    // Before it is sent: another answer into this message draws this one too.
    await shown.note(stored, given);
    return byFirstOpenRoute('final', [...edits, ...news], routes.remedy);
  };

  /**
   * Every eSIM of the message, since an edit replaces all of it; those that are not given stay as they were shown.
   */
  async function drawAll(stored: Stored<P>, given: ReadonlyMap<Iccid, Reply>): Promise<M> {
    const names = await namesOf?.(stored.iccids);
    const leftOut = (await recallCard(usageService, stored.handle).catch(() => undefined))?.leftOut;
    const drawn = { ...drawnOf(stored, stored), leftOut, ...(names ? { names } : {}) };
    return drawReplies(chat.pen, drawn, await shown.of(stored, given), clock.now());
  }

  /** A new message shows the eSIM it is about; the others of the question have their place already. */
  async function drawOne(
    stored: Stored<P>,
    given: ReadonlyMap<Iccid, Reply>,
    reply: Reply,
    { handle, sharable }: { readonly handle: string; readonly sharable: boolean },
  ): Promise<M> {
    const { ctx, toChannel } = stored;
    const only = reply.iccid ? [reply.iccid] : [];
    // Its buttons count into the note: of the whole question, or its own where there was none.
    const iccids = stored.handle === '' ? only : stored.iccids;
    const notice = toChannel ? wordsFor(ctx.locale).watch.notInChannel(ctx.channelId) : undefined;
    const names = await namesOf?.(only);
    const drawn = { ...readerOf(ctx), iccids, only, handle, sharable, ...(names ? { names } : {}) };
    return drawReplies(chat.pen, drawn, given, clock.now(), notice);
  }

  /** Only the one reply, masked: the other eSIMs of the question are none of the channel's business. */
  async function drawForChannel({ ctx }: Stored<P>, reply: Reply, handle: string): Promise<M> {
    const notice = wordsFor(ctx.locale).watch.watchedFor(ctx.userId);
    return drawPublic(chat.pen, reply, { ...readerOf(ctx), handle }, clock.now(), notice);
  }

  function drawnOf({ ctx }: Stored<P>, { iccids, handle }: Pick<Stored<P>, 'iccids' | 'handle'>) {
    const sharable = chat.whereabouts(ctx).inChannel;
    return { ...readerOf(ctx), iccids, handle, sharable };
  }

  /** What arrives by itself has no card of its own yet for its buttons to name. */
  async function handleOf(stored: Stored<P>, reply: Reply): Promise<string> {
    if (stored.handle !== '') return stored.handle;
    const { ctx, messageKey, toChannel } = stored;
    const { spaceId } = chat.whereabouts(ctx);
    return rememberCard(usageService, {
      iccids: reply.iccid ? [reply.iccid] : [],
      messageKey,
      spaceId,
      userId: ctx.userId,
      channelId: ctx.channelId,
      inDirectMessage: !toChannel,
    });
  }
}
