import { Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordRest, DiscordResult } from './rest.ts';

/**
 * Messages looked at, of those after the time given; Discord gives no more at once (Discord's docs, Get Channel
 * Messages).
 */
const LOOKED_AT = '100';
/** A snowflake counts its milliseconds from here. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** Discord's clock and ours may differ. */
const CLOCK_MARGIN_MS = 60_000;

const messages = z.array(
  z.object({
    id: z.string(),
    content: z.string().catch(''),
    author: z.object({ bot: z.boolean().optional() }).catch({}),
    message_reference: z.object({ message_id: z.string().optional() }).nullish().catch(undefined),
    components: z
      .array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })) }))
      .catch([]),
  }),
);
/** What a message of ours is known by. */
export type Found = z.infer<typeof messages>[number];

/**
 * The id of the message that a try begun at `since` has left behind in a channel, if it got through. A nonce works
 * for minutes only; after a longer outage nothing but a look into the channel tells. Needs Read Message History:
 * without it the list is empty.
 */
export function findEarlierTry(
  rest: DiscordRest,
  channelId: string,
  since: number,
  isIt: (one: Found) => boolean,
): Promise<DiscordResult<string | undefined>> {
  // The time stands in the upper 42 bits of a snowflake: an id made of a time lies before every message of that time.
  const after = String(BigInt(since - CLOCK_MARGIN_MS - DISCORD_EPOCH_MS) << 22n);
  const query = new URLSearchParams({ after, limit: LOOKED_AT });
  return rest.call(
    async (by) => messages.parse(await by.get(Routes.channelMessages(channelId), { query })).find(isIt)?.id,
  );
}

/** True for a message of ours that answers this one. */
export const answers =
  (messageId: string) =>
  ({ author, message_reference: reference }: Found): boolean =>
    author.bot === true && reference?.message_id === messageId;

/** When a message was sent, epoch ms: its id counts it. */
export function sentAt(messageId: string): number {
  return Number(BigInt(messageId) >> 22n) + DISCORD_EPOCH_MS;
}

/** True for a message with a button that carries this handle. */
export const hasHandle =
  (handle: string) =>
  ({ components }: Found): boolean =>
    components.some((row) => row.components.some(({ custom_id: id = '' }) => id.includes(`:${handle}:`)));
