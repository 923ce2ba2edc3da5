import { z } from 'zod';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';
import { ABOUT_FIELDS, readStored, storedAddress } from '../chat/stored-address.ts';

/** There is one person at the page, and nobody else reads it. */
export const ASKER = 'page:you';

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
  /** Whatever it was asked in, it is to arrive as a direct message. */
  byDirectMessage: z.literal(true).optional(),
  ...ABOUT_FIELDS,
});

/** Who asked, where, and which entry holds the answer. */
export type Place = Omit<z.infer<typeof routes>, 'iccids' | 'handle'> & RequestContext;

/** See `storedAddress`. */
export function addressOf(place: Place, about: About): ReplyAddress {
  return storedAddress('page', ASKER, place, about);
}

/** By a new direct message, or to the channel, for everybody. */
export function lasting({ entryId: _, ...rest }: Place, to: 'person' | 'channel'): Place {
  return to === 'channel' ? { ...rest, toChannel: true } : { ...rest, byDirectMessage: true };
}

/** See `readStored`. */
export function readAddress(address: ReplyAddress): Stored<Place> | undefined {
  return readStored('page', routes, address);
}

/** The entry that answers a question. */
export function entryIdOf(questionId: string): string {
  return `answer-${questionId}`;
}
