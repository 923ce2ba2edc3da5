import type { NamedChannel } from '../../domain/digest-schedule.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { AskedInChannel, Asking } from '../../inquiries/inquiry-router.ts';
import type { Log } from '../../log.ts';
import type { ReplyAddress } from '../../usage/platform.ts';
import { type Chat, messageKeyOf, placeName, type RequestContext, readerOf } from './seam.ts';

/** Who asks and where, as the inquiries see it: without the platform. */
export function createAsking<P extends RequestContext, M>({
  chat,
  log,
}: {
  readonly chat: Chat<P, M>;
  readonly log: Log;
}): (ctx: P, about: readonly Iccid[]) => Asking {
  return askingOf;

  function askingOf(ctx: P, about: readonly Iccid[]): Asking {
    const where = chat.whereabouts(ctx);
    return {
      asker: where.asker,
      place: placeName(where, ctx),
      requestId: ctx.questionId,
      locale: ctx.locale,
      ...(ctx.timeZone === undefined ? {} : { timeZone: ctx.timeZone }),
      address: lastingAddress(chat, ctx, about, 'person'),
      ...(where.inChannel ? { channel: channelOf(ctx, about) } : {}),
      ...(chat.placeNamed ? { channelNamed: (named) => channelNamed(ctx, named, about) } : {}),
      mayReadMoney: () => chat.mayReadMoney(ctx),
    };
  }

  async function channelNamed(ctx: P, named: NamedChannel, about: readonly Iccid[]) {
    const there = await chat.placeNamed?.(ctx, named);
    // The rules of who may look up can differ from channel to channel.
    if (!there || (await chat.decide(there)).kind === 'refused') return undefined;
    return channelOf(there, about);
  }

  function channelOf(ctx: P, about: readonly Iccid[]): AskedInChannel {
    return {
      id: ctx.channelId,
      personId: ctx.userId,
      address: lastingAddress(chat, ctx, about, 'channel'),
      async say(line) {
        const result = await chat.postInChannel(
          ctx,
          chat.pen.notice([line], readerOf(ctx)),
          ctx.questionId,
          false,
        );
        if (result.kind === 'ok') return 'said';
        log.warn({ requestId: ctx.questionId, error: result.error }, 'A channel could not be written to');
        return result.kind === 'closed' ? 'closed' : 'failed';
      },
    };
  }
}

/** For what arrives by itself, days after the answer to the question. Its message key names the question it was made for. */
function lastingAddress<P extends RequestContext, M>(
  chat: Chat<P, M>,
  ctx: P,
  iccids: readonly Iccid[],
  to: 'person' | 'channel',
): ReplyAddress {
  const messageKey = messageKeyOf(chat.name, ctx);
  return chat.addressOf(chat.lasting(ctx, to), { iccids, messageKey, handle: '' });
}
