import { z } from 'zod';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { UsageService } from '../../usage/platform.ts';

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

/** A short id for the buttons of one message, valid for `CARD_KEPT_MS`. */
export function rememberCard(usageService: UsageService, content: CardNote): Promise<string> {
  return usageService.remember(content, CARD_KEPT_MS);
}

/** Undefined when the card is too old, or the id is nobody's. */
export async function recallCard(usageService: UsageService, handle: string): Promise<CardNote | undefined> {
  return note.safeParse(await usageService.recall(handle)).data;
}
