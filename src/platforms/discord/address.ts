import { z } from 'zod';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';
import { ABOUT_FIELDS, readStored, storedAddress } from '../chat/stored-address.ts';

/**
 * An interaction's token works for 15 minutes from its creation (Discord's docs, Receiving and Responding); the last
 * half minute is not worth the risk.
 */
const TOKEN_LIFE_MS = 15 * 60_000 - 30_000;
const PREFIX = 'discord:';

const routes = z.object({
  /** Needed beside the token for each edit and follow-up, and known to a process that has just started. */
  applicationId: z.string(),
  userId: z.string(),
  /** Absent in direct messages. */
  guildId: z.string().optional(),
  /** Of the channel, the thread, or the direct message. */
  channelId: z.string(),
  /** Of a thread: the channel it hangs on, so that a list of channels holds for its threads. */
  parentId: z.string().optional(),
  /** The bot is no member there (user install): only a direct message remains after the token. */
  reachable: z.boolean(),
  /** BCP 47, as Discord's client is set; `en` where nothing told it. */
  locale: z.string(),
  ...ABOUT_FIELDS,
  /** Secret: whoever has it can write as the bot. Edits the first answer until `endsAt` (epoch ms). */
  token: z.object({ value: z.string(), endsAt: z.number() }).optional(),
  /** A message of our own in the direct message, which can be edited for ever. */
  message: z.object({ channelId: z.string(), id: z.string() }).optional(),
  /** The message that is to be answered by one of ours. */
  replyTo: z.string().optional(),
  /**
   * Epoch ms; written before a message that everybody sees is sent, so that after a crash we look before sending
   * again.
   */
  sendingAt: z.number().optional(),
  /** Written before a file is sent: a later attempt looks into the direct message first. */
  sendingFile: z.boolean().optional(),
});

/** Where a private answer in Discord goes. */
export type DiscordRoutes = z.infer<typeof routes>;

/** Who asked, where, and how they can be reached; everything but the eSIMs. */
export type Place = Omit<DiscordRoutes, 'iccids' | 'handle'> & RequestContext;

/**
 * The token with its end, counted from the snowflake (`createdAt`, epoch ms), not from its arrival: Discord's clock
 * is the one that ends it.
 */
export function tokenOf(value: string, createdAt: number): NonNullable<DiscordRoutes['token']> {
  return { value, endsAt: createdAt + TOKEN_LIFE_MS };
}

/** Unique among platforms; the audit and the list of pending answers go by it. */
export function askerOf(userId: string): string {
  return `${PREFIX}${userId}`;
}

/** See `storedAddress`; Discord tells no time zone. */
export function addressOf({ timeZone: _zone, ...place }: Place, about: About): ReplyAddress {
  return storedAddress('discord', askerOf(place.userId), place, about);
}

/** By a new direct message, or to the channel, for everybody. */
export function lasting(place: Place, to: 'person' | 'channel'): Place {
  const { token: _token, message: _message, replyTo: _replyTo, ...rest } = place;
  return to === 'channel' ? { ...rest, toChannel: true } : rest;
}

/** The same person in another channel of a server, by new messages alone. */
export function inChannel(place: Place, channelId: string, guildId: string): Place {
  const { token: _token, message: _message, replyTo: _replyTo, parentId: _parentId, ...rest } = place;
  return { ...rest, channelId, guildId, reachable: true };
}

/** See `readStored`. */
export function readAddress(address: ReplyAddress): Stored<Place> | undefined {
  return readStored('discord', routes, address);
}
