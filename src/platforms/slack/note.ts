import { z } from 'zod';
import { findIccids, type Iccid } from '../../domain/iccid.ts';
import type { UsageDesk } from '../../usage/platform.ts';

/** How long the buttons of a card work. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const note = z.object({
  iccids: z.array(z.string()).transform((texts): Iccid[] => texts.flatMap(findIccids)),
  messageKey: z.string(),
  teamId: z.string(),
  userId: z.string(),
  channelId: z.string(),
  inDirectMessage: z.boolean(),
  threadTs: z.string().optional(),
});

/** What a card's buttons stand for; kept in the store, so that no message carries an ICCID in a button. */
export type CardNote = z.infer<typeof note>;

export function rememberCard(desk: UsageDesk, content: CardNote): Promise<string> {
  return desk.remember(content, KEPT_MS);
}

/** Which card, which of its eSIMs, and the promise the button is about; from a button's value. */
export interface PressedCard {
  readonly handle: string;
  readonly note: CardNote;
  readonly iccid: Iccid;
  readonly jobId: string;
}

export async function recallCard(desk: UsageDesk, value: string): Promise<PressedCard | undefined> {
  const [handle = '', index = '', jobId = ''] = value.split('|');
  const found = note.safeParse(await desk.recall(handle));
  const iccid = found.data?.iccids[Number(index)];
  return found.success && iccid !== undefined ? { handle, note: found.data, iccid, jobId } : undefined;
}
