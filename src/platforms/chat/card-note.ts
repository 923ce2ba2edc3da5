import { z } from 'zod';
import type { LeftOut } from '../../cards/left-out.ts';
import type { Iccid } from '../../domain/iccid.ts';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { UsageService } from '../../usage/platform.ts';
import { type Chat, messageKeyOf, type RequestContext } from './seam.ts';

/** How long the buttons of a card work. */
export const CARD_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const note = z.object({
  iccids: storedIccids,
  /** Of the same question: said again whenever its answer is drawn anew. */
  leftOut: z.object({ iccids: storedIccids, changed: z.array(z.string()) }).optional(),
  /** See `ReplyAddress`. */
  messageKey: z.string(),
  /** Workspace or guild. */
  spaceId: z.string(),
  userId: z.string(),
  channelId: z.string(),
  inDirectMessage: z.boolean(),
  threadTs: z.string().optional(),
});

/** What a card's buttons stand for; kept in the store, so that no message carries an ICCID in a button. */
export type CardNote = z.infer<typeof note>;

/** The note of a card that answers `ctx`. */
export function cardNoteOf<P extends RequestContext, M>(
  chat: Pick<Chat<P, M>, 'name' | 'whereabouts'>,
  ctx: P,
  iccids: readonly Iccid[],
  leftOut?: LeftOut,
): CardNote {
  const { spaceId, threadId, inDirectMessage } = chat.whereabouts(ctx);
  const { userId, channelId } = ctx;
  const thread = threadId === undefined ? {} : { threadTs: threadId };
  const messageKey = messageKeyOf(chat.name, ctx);
  const some = leftOut !== undefined && leftOut.iccids.length + leftOut.changed.length > 0;
  const rest = some ? { leftOut: { iccids: [...leftOut.iccids], changed: [...leftOut.changed] } } : {};
  return {
    iccids: [...iccids],
    ...rest,
    messageKey,
    spaceId,
    userId,
    channelId,
    inDirectMessage,
    ...thread,
  };
}

/** A short id for the buttons of one message, valid for `CARD_KEPT_MS`. */
export function rememberCard(usageService: UsageService, content: CardNote): Promise<string> {
  return usageService.remember(content, CARD_KEPT_MS);
}

/** Undefined when the card is too old, or the id is nobody's. */
export async function recallCard(usageService: UsageService, handle: string): Promise<CardNote | undefined> {
  return note.safeParse(await usageService.recall(handle)).data;
}
