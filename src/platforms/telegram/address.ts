import { z } from 'zod';
import type { Iccid } from '../../domain/iccid.ts';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';

const PREFIX = 'telegram:';

const routes = z.object({
  /** Their private chat has the same id (Telegram's docs, Chat and User). */
  userId: z.string(),
  /**
   * Where it was asked, and what can be shared with: the id of a group, which is negative, or that of the private
   * chat.
   */
  channelId: z.string(),
  /** A topic of that group. */
  threadId: z.string().optional(),
  /** Others read there: then the answer is given in the private chat all the same. */
  isGroup: z.boolean(),
  /** BCP 47, from the person's own app; `en` where it does not tell. */
  locale: z.string(),
  /** Every eSIM of the message, in its order. */
  iccids: storedIccids,
  /** Of the note that the buttons carry. */
  handle: z.string(),
  /** A message of our own in the private chat, which can be edited for ever. */
  message: z.object({ chatId: z.string(), id: z.number() }).optional(),
  /** The message that asked, where it was asked. */
  replyTo: z.number().optional(),
  /** The press, while it can still be answered: once, and for a short time only. Never part of a lasting address. */
  queryId: z.string().optional(),
  /** It is for everybody in the group. */
  toChannel: z.literal(true).optional(),
});

/** Where an answer in Telegram goes. It holds no secret: everything needs the bot's token. */
type TelegramRoutes = z.infer<typeof routes>;

/** Who asked, where, and how they can be reached; everything but the eSIMs. */
export type Place = Omit<TelegramRoutes, 'iccids' | 'handle'> & RequestContext;

/** Unique among platforms; the audit and the list of pending answers go by it. */
export function askerOf(userId: string): string {
  return `${PREFIX}${userId}`;
}

/** The topic as Telegram takes it: a number (`message_thread_id`), absent outside of topics. */
export function topicIdOf({ threadId }: Pick<Place, 'threadId'>): number | undefined {
  return threadId === undefined ? undefined : Number(threadId);
}

/** Every route to the asker that there is now; which of them is open is decided at delivery. */
export function addressOf({ questionId: _, timeZone: _zone, ...place }: Place, about: About): ReplyAddress {
  const { iccids, messageKey, handle } = about;
  const content: TelegramRoutes = { ...place, iccids: [...iccids], handle };
  return { platform: 'telegram', asker: askerOf(place.userId), messageKey, routes: content };
}

/** By a new message, days after the answer: to the asker alone, or to everybody in the group. */
export function lastingAddressOf(
  place: Place,
  iccids: readonly Iccid[],
  to: 'person' | 'channel',
): ReplyAddress {
  const { message: _message, replyTo: _replyTo, queryId: _query, ...lasting } = place;
  const way = to === 'channel' ? { toChannel: true as const } : {};
  const messageKey = `${PREFIX}${place.questionId}`;
  return addressOf({ ...lasting, ...way }, { iccids, messageKey, handle: '' });
}

/** Undefined for an address that is not ours, or of a later version. */
export function readAddress({ routes: stored, messageKey }: ReplyAddress): Stored<Place> | undefined {
  const parsed = routes.safeParse(stored);
  if (!parsed.success) return undefined;
  const { iccids, handle, ...place } = parsed.data;
  const ctx = { ...place, questionId: messageKey.slice(PREFIX.length) };
  return { ctx, iccids, messageKey, handle, toChannel: place.toChannel === true };
}
