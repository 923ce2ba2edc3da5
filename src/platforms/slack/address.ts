import { z } from 'zod';
import type { ReplyAddress } from '../../usage/platform.ts';
import type { About, RequestContext, Stored } from '../chat/seam.ts';
import { ABOUT_FIELDS, readStored, storedAddress } from '../chat/stored-address.ts';

/**
 * A response URL lives 30 minutes (Slack's docs, Handling user interaction). Slack counts from before it reaches us,
 * and a call takes a moment: the last minute is not worth the risk of a dead one.
 */
const URL_LIFE_MS = 29 * 60_000;
/** It takes five uses. The first answer takes three of them at the most (`surface.ts`), so a later one has two. */
const URL_USES_LATER = 2;
const PREFIX = 'slack:';

const routes = z.object({
  /**
   * As the question names it; once Slack has been asked, the one name a member has in the whole organisation
   * (`homeOf`).
   */
  teamId: z.string(),
  userId: z.string(),
  /** Where it was asked. */
  channelId: z.string(),
  inDirectMessage: z.boolean(),
  /** Whatever it was asked in, it is to arrive as a direct message. */
  byDirectMessage: z.literal(true).optional(),
  /** `ts` of the parent message where it was asked in a thread; a slash command never is, Slack offers none there. */
  threadTs: z.string().optional(),
  /** BCP 47; `en` until `users.info` has told the person's own. */
  locale: z.string(),
  /** IANA name, from Slack's user object. Absent until it has been asked, and where it names none. */
  timeZone: z.string().optional(),
  ...ABOUT_FIELDS,
  /**
   * Secret: with it anybody can post as the bot until `endsAt` (epoch ms). Edits the private message it belongs to,
   * or sends the first one.
   */
  url: z.object({ href: z.string(), endsAt: z.number(), usesLeft: z.number() }).optional(),
  /** A message of our own in the direct message, which can be edited for ever. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /**
   * Written before a message that cannot be taken back is sent, so that after a crash we look before sending again.
   * `at`, epoch ms: absent for an ephemeral message, which no history shows.
   */
  sending: z
    .object({ route: z.enum(['ephemeral', 'direct-message', 'channel']), at: z.number().optional() })
    .optional(),
  /** A file in Slack; `sharedAt` (epoch ms): written before it is shown in the conversation. */
  file: z.object({ id: z.string(), sharedAt: z.number().optional() }).optional(),
});

/** Where a private answer in Slack goes: the warm routes first, then the ephemeral message, then the direct one. */
export type SlackRoutes = z.infer<typeof routes>;

/** Who asked, where, and how they can be reached; everything but the eSIMs. */
export type Place = Omit<SlackRoutes, 'iccids' | 'handle'> & RequestContext;

/** Unique among platforms and workspaces; the audit and the list of pending answers go by it. */
export function askerOf({ teamId, userId }: Pick<Place, 'teamId' | 'userId'>): string {
  return `${PREFIX}${teamId}:${userId}`;
}

/**
 * A response URL that has just come in. `now`, epoch ms, is when it came: Slack does not say when the URL was made.
 */
export function urlOf(href: string, now: number): NonNullable<SlackRoutes['url']> {
  return { href, endsAt: now + URL_LIFE_MS, usesLeft: URL_USES_LATER };
}

/** See `storedAddress`. */
export function addressOf(place: Place, about: About): ReplyAddress {
  return storedAddress('slack', askerOf(place), place, about);
}

/** By a new direct message; or to the channel or the thread, for everybody. */
export function lasting(place: Place, to: 'person' | 'channel'): Place {
  const { url: _url, message: _message, threadTs, ...rest } = place;
  return to === 'person'
    ? { ...rest, byDirectMessage: true }
    : { ...rest, toChannel: true, ...(threadTs === undefined ? {} : { threadTs }) };
}

/** The same person in another channel, by new messages alone. */
export function inChannel(place: Place, channelId: string): Place {
  const { url: _url, message: _message, threadTs: _threadTs, byDirectMessage: _dm, ...rest } = place;
  return { ...rest, channelId, inDirectMessage: false };
}

/** See `readStored`. */
export function readAddress(address: ReplyAddress): Stored<Place> | undefined {
  return readStored('slack', routes, address);
}
