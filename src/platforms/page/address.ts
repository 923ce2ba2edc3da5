import { z } from 'zod';
import type { Iccid } from '../../domain/iccid.ts';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';

/** There is one person at the page, and nobody else reads it. */
export const ASKER = 'page:you';
const PREFIX = 'page:';

const routes = z.object({
  userId: z.string(),
  channelId: z.string(),
  locale: z.string(),
  timeZone: z.string().optional(),
  /** The entry that a later answer changes; absent for what arrives days later. */
  entryId: z.string().optional(),
  /** Whatever it was asked in, it is to arrive as a direct message, or for everybody in the channel. */
  to: z.enum(['person', 'channel']).optional(),
  iccids: storedIccids,
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
