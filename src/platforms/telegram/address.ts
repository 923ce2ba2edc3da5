import { createHash } from 'node:crypto';
import type { CallbackQuery, Message, User } from 'grammy/types';
import { z } from 'zod';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';
import { ABOUT_FIELDS, readStored, storedAddress } from '../chat/stored-address.ts';

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
  ...ABOUT_FIELDS,
  /** A message of our own in the private chat, which can be edited for ever. */
  message: z.object({ chatId: z.string(), id: z.number() }).optional(),
  /** The message that asked, where it was asked. */
  replyTo: z.number().optional(),
  /** The press, while it can still be answered: once, and for a short time only. Never part of a lasting address. */
  queryId: z.string().optional(),
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

/** See `storedAddress`; Telegram tells no time zone. */
export function addressOf({ timeZone: _zone, ...place }: Place, about: About): ReplyAddress {
  return storedAddress('telegram', askerOf(place.userId), place, about);
}

/** By a new message in the private chat, or to the group, for everybody. */
export function lasting(place: Place, to: 'person' | 'channel'): Place {
  const { message: _message, replyTo: _replyTo, queryId: _query, ...rest } = place;
  return to === 'channel' ? { ...rest, toChannel: true } : rest;
}

/** See `readStored`. */
export function readAddress(address: ReplyAddress): Stored<Place> | undefined {
  return readStored('telegram', routes, address);
}

/** Where a message that somebody wrote was written, and by whom. */
export function placeOfMessage(message: Message, from: User): Place {
  const chatId = String(message.chat.id);
  return {
    // The text belongs to it: an edit that leaves the text alone is the same question, one that changes it is another.
    questionId: `m${chatId}.${message.message_id}.${fingerprint(textOf(message))}`,
    userId: String(from.id),
    channelId: chatId,
    isGroup: message.chat.type !== 'private',
    locale: from.language_code ?? 'en',
    replyTo: message.message_id,
    ...threadOf(message),
  };
}

/** The topic of a group in which a message stands. */
export function threadOf(message: CallbackQuery['message'] & object): Pick<Place, 'threadId'> {
  const topic =
    'is_topic_message' in message && message.is_topic_message ? message.message_thread_id : undefined;
  return topic === undefined ? {} : { threadId: String(topic) };
}

/** What it says, under a file too. */
export function textOf({ text, caption }: Pick<Message, 'text' | 'caption'>): string {
  return text ?? caption ?? '';
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}
