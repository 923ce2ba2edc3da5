import { z } from 'zod';
import { findIccids, type Iccid } from '../../domain/iccid.ts';
import type { ReplyAddress } from '../../usage/platform.ts';

/** A response URL lives 30 minutes; the last of them are not worth the risk of a dead one. */
const URL_LIFE_MS = 29 * 60_000;
/** It takes five uses. The first answer takes three of them at the most (`surface.ts`), so a later one has two. */
const URL_USES_LATER = 2;

const iccids = z.array(z.string()).transform((texts): Iccid[] => texts.flatMap(findIccids));

const routes = z.object({
  teamId: z.string(),
  userId: z.string(),
  /** Where it was asked. */
  channelId: z.string(),
  inDirectMessage: z.boolean(),
  /** Whatever it was asked in, it is to arrive as a direct message. */
  byDirectMessage: z.literal(true).optional(),
  /** It is for everybody in the channel. */
  toChannel: z.literal(true).optional(),
  threadTs: z.string().optional(),
  locale: z.string(),
  timeZone: z.string().optional(),
  /** Every eSIM of the message, in its order: one that is answered later is drawn among the others. */
  iccids,
  /** What the buttons of the message carry. */
  handle: z.string(),
  /** Secret. Edits the private message it belongs to, or sends the first one. */
  url: z.object({ href: z.string(), endsAt: z.number(), usesLeft: z.number() }).optional(),
  /** A message of our own in the direct message, which can be edited for ever. */
  message: z.object({ channel: z.string(), ts: z.string() }).optional(),
  /** Written before a message that cannot be taken back is sent, so that after a crash we look before sending again. */
  sending: z
    .object({ route: z.enum(['ephemeral', 'direct-message', 'channel']), at: z.number().optional() })
    .optional(),
  /** A file in Slack; `sharedAt`: written before it is shown in the conversation. */
  file: z.object({ id: z.string(), sharedAt: z.number().optional() }).optional(),
});

/** Where a private answer in Slack goes: the warm routes first, then the ephemeral message, then the direct one. */
export type SlackRoutes = z.infer<typeof routes>;

/** Who asked, where, and how they can be reached; everything but the eSIMs. */
export type Place = Pick<
  SlackRoutes,
  'teamId' | 'userId' | 'channelId' | 'inDirectMessage' | 'threadTs' | 'locale' | 'timeZone' | 'message'
> & {
  readonly responseUrl?: string;
  /** Unique for the question: a trigger or an event id. */
  readonly questionId: string;
};

/** Unique among platforms and workspaces; the audit and the list of pending answers go by it. */
export function askerOf({ teamId, userId }: Pick<Place, 'teamId' | 'userId'>): string {
  return `slack:${teamId}:${userId}`;
}

/** One question, one message. */
export function messageKeyOf(questionId: string): string {
  return `slack:${questionId}`;
}

/** Every route to the asker that there is now; which of them is open is decided at delivery. */
export function addressOf(
  place: Place,
  asked: readonly Iccid[],
  messageKey: string,
  handle: string,
  now: number,
): ReplyAddress {
  const { teamId, userId, channelId, inDirectMessage, threadTs, locale, timeZone, message, responseUrl } =
    place;
  // Only what is known: an address is kept as JSON, which has no `undefined`.
  const content: SlackRoutes = {
    teamId,
    userId,
    channelId,
    inDirectMessage,
    locale,
    iccids: [...asked],
    handle,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(message === undefined ? {} : { message }),
    ...(responseUrl === undefined
      ? {}
      : { url: { href: responseUrl, endsAt: now + URL_LIFE_MS, usesLeft: URL_USES_LATER } }),
  };
  return { platform: 'slack', asker: askerOf(place), messageKey, routes: content };
}

/**
 * The asker alone, by a new direct message: for what arrives by itself, days after the answer to the question. Its message key
 * names the question it was made for.
 */
export function privateAddressOf(place: Place, about: readonly Iccid[], now: number): ReplyAddress {
  const { threadTs: _thread, ...person } = place;
  return lastingAddressOf(person, about, now, { byDirectMessage: true });
}

/** Everybody in the channel, or in the thread of it: likewise. */
export function channelAddressOf(place: Place, about: readonly Iccid[], now: number): ReplyAddress {
  return lastingAddressOf(place, about, now, { toChannel: true });
}

function lastingAddressOf(
  { responseUrl: _url, message: _message, ...place }: Place,
  about: readonly Iccid[],
  now: number,
  way: Pick<SlackRoutes, 'byDirectMessage' | 'toChannel'>,
): ReplyAddress {
  const address = addressOf(place, about, messageKeyOf(place.questionId), '', now);
  const routes = routesOf(address);
  return routes ? withRoutes(address, { ...routes, ...way }) : address;
}

/** Undefined for an address that is not ours, or of a later version. */
export function routesOf(address: ReplyAddress): SlackRoutes | undefined {
  const parsed = routes.safeParse(address.routes);
  return parsed.success ? parsed.data : undefined;
}

/** The same address with a use of its URL counted, or a message noted. */
export function withRoutes(address: ReplyAddress, changed: SlackRoutes): ReplyAddress {
  return { ...address, routes: changed };
}
