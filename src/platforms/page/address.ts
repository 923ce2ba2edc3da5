import { z } from 'zod';
import type { Iccid } from '../../domain/iccid.ts';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';

/** There is one person at the page, and nobody else reads it. */
export const ASKER = 'page:you';
const PREFIX = 'page:';

// Stored like any other address: the outbox behind the page is the real one.
const routes = z.object({
  /** `YOU`, always; a place needs one for mentions. */
  userId: z.string(),
  /** One of `ROOMS`. */
  channelId: z.string(),
  /** BCP 47, as chosen on the page. */
  locale: z.string(),
  /** IANA name, of the browser. */
  timeZone: z.string().optional(),
  /** The entry that a later answer changes; absent for what arrives days later. */
  entryId: z.string().optional(),
  /** Whatever it was asked in, it is to arrive as a direct message, or for everybody in the channel. */
  to: z.enum(['person', 'channel']).optional(),
  /** Every eSIM of the entry, in its order. */
  iccids: storedIccids,
  /** Of the note that the buttons carry; empty for what arrives days later. */
  handle: z.string(),
});

/** Who asked, where, and which entry holds the answer. */
export type Place = Omit<z.infer<typeof routes>, 'iccids' | 'handle'> & RequestContext;

/** Every route to the asker that there is now. */
export function addressOf({ questionId: _, ...place }: Place, about: About): ReplyAddress {
  const { iccids, messageKey, handle } = about;
  return { platform: 'page', asker: ASKER, messageKey, routes: { ...place, iccids: [...iccids], handle } };
}

/** The asker alone by a new direct message, or everybody in the channel. */
export function lastingAddressOf(
  place: Place,
  iccids: readonly Iccid[],
  to: 'person' | 'channel',
): ReplyAddress {
  const { entryId: _, ...lasting } = place;
  return addressOf({ ...lasting, to }, { iccids, messageKey: `${PREFIX}${place.questionId}`, handle: '' });
}

/** Undefined for an address that is not ours. */
export function readAddress({ routes: stored, messageKey }: ReplyAddress): Stored<Place> | undefined {
  const parsed = routes.safeParse(stored);
  if (!parsed.success) return undefined;
  const { iccids, handle, ...place } = parsed.data;
  const ctx = { ...place, questionId: messageKey.slice(PREFIX.length) };
  return { ctx, iccids, messageKey, handle, toChannel: place.to === 'channel' };
}

/** The entry that answers a question. */
export function entryIdOf(questionId: string): string {
  return `answer-${questionId}`;
}
