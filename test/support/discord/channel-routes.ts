import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { channelBody, webhookBody } from './body-rules.ts';
import { parseBody, rejectEmpty } from './interaction-routes.ts';
import { channelPayload, messagePayload } from './payloads.ts';
import type { Route } from './rest.ts';
import {
  ATTACH_FILES,
  addMessage,
  CHANNEL_TYPE,
  type Channel,
  CREATE_PUBLIC_THREADS,
  EMBED_LINKS,
  editMessage,
  READ_MESSAGE_HISTORY,
  SEND_MESSAGES,
  SEND_MESSAGES_IN_THREADS,
  VIEW_CHANNEL,
  type World,
} from './world.ts';

/** How long an enforced nonce gives back the first message. */
const NONCE_MS = 5 * 60 * 1000;

const threadBody = z.strictObject({
  name: z.string().min(1).max(100),
  auto_archive_duration: z.literal([60, 1_440, 4_320, 10_080]).optional(),
});

/** Messages by the bot's token: in channels where it may, and in direct messages where the person lets it. */
export function channelRoutes(world: World): Route[] {
  function channelOf(id: string | undefined): Channel {
    const channel = world.channels.get(id ?? '');
    if (!channel || channel.deleted) throw new ApiError(10003);
    if (channel.type === 3 || (channel.type === 1 && channel.recipientId === undefined))
      throw new ApiError(50001);
    if (channel.guildId === undefined) return channel;
    if (!world.guilds.get(channel.guildId)?.botIsMember) throw new ApiError(50001);
    if ((channel.botPermissions & VIEW_CHANNEL) === 0n) throw new ApiError(50001);
    return channel;
  }

  function checkMayPost(channel: Channel, body: z.infer<typeof channelBody>): void {
    if (channel.guildId === undefined) {
      checkMayWriteTo(channel.recipientId);
      return;
    }
    const needed = [
      channel.type === 11 ? SEND_MESSAGES_IN_THREADS : SEND_MESSAGES,
      ...((body.embeds ?? []).length > 0 ? [EMBED_LINKS] : []),
      ...((body.attachments ?? []).length > 0 ? [ATTACH_FILES] : []),
      ...(body.message_reference ? [READ_MESSAGE_HISTORY] : []),
    ];
    if (needed.some((permission) => (channel.botPermissions & permission) === 0n)) throw new ApiError(50013);
  }

  function checkMayWriteTo(userId: string | undefined): void {
    const user = world.users.get(userId ?? '');
    if (!user || user.directMessages === 'closed') throw new ApiError(50007);
    if (user.directMessages === 'no-mutual-guild') throw new ApiError(50278);
  }

  function create(channelId: string | undefined, given: unknown) {
    const channel = channelOf(channelId);
    const body = parseBody(channelBody, given);
    rejectEmpty(body);
    checkMayPost(channel, body);
    const { nonce, enforce_nonce: enforced, message_reference: reference, ...shown } = body;
    const earlier = channel.messages.find(
      (message) =>
        nonce !== undefined && message.nonce === nonce && message.createdAt > world.clock.now() - NONCE_MS,
    );
    if (enforced && earlier) return { status: 200, body: messagePayload(world, earlier) };
    const answered = channel.messages.some(({ id, deleted }) => id === reference?.message_id && !deleted);
    if (reference && !answered && reference.fail_if_not_exists !== false)
      throw new ApiError(50035, ['message_reference: Unknown message']);
    const message = addMessage(world, channel, {
      authorId: world.bot.id,
      body: shown,
      ...(nonce === undefined ? {} : { nonce }),
      ...(reference && answered ? { answers: reference.message_id } : {}),
    });
    return { status: 200, body: messagePayload(world, message) };
  }

  function edit(channelId: string | undefined, messageId: string | undefined, given: unknown) {
    const channel = channelOf(channelId);
    const message = channel.messages.find(({ id, deleted }) => id === messageId && !deleted);
    // An ephemeral message cannot be reached by this way at all.
    if (!message || message.onlyFor !== undefined) throw new ApiError(10008);
    if (message.authorId !== world.bot.id) throw new ApiError(50005);
    const change = parseBody(webhookBody, given);
    rejectEmpty({ ...message.body, ...change });
    editMessage(message, change);
    return { status: 200, body: messagePayload(world, message) };
  }

  /** Newest first, as Discord lists them. */
  function list(channelId: string | undefined, query: URLSearchParams) {
    const channel = channelOf(channelId);
    if (channel.guildId !== undefined && (channel.botPermissions & READ_MESSAGE_HISTORY) === 0n)
      return { status: 200, body: [] };
    const after = BigInt(query.get('after') ?? 0);
    const found = channel.messages.filter(
      ({ id, deleted, onlyFor }) => !deleted && onlyFor === undefined && BigInt(id) > after,
    );
    const newest = found.toReversed().slice(0, Number(query.get('limit') ?? 50));
    return { status: 200, body: newest.map((message) => messagePayload(world, message)) };
  }

  /** A thread has the id of the message it was started from. */
  function startThread(channelId: string | undefined, messageId: string | undefined, given: unknown) {
    const channel = channelOf(channelId);
    parseBody(threadBody, given);
    if (!channel.messages.some(({ id, deleted }) => id === messageId && !deleted)) throw new ApiError(10008);
    if ((channel.botPermissions & CREATE_PUBLIC_THREADS) === 0n) throw new ApiError(50013);
    const id = messageId ?? '';
    if (world.channels.has(id)) throw new ApiError(160004);
    const thread: Channel = {
      id,
      type: CHANNEL_TYPE.thread,
      ...(channel.guildId === undefined ? {} : { guildId: channel.guildId }),
      parentId: channel.id,
      messages: [],
      botPermissions: channel.botPermissions,
      deleted: false,
    };
    world.channels.set(id, thread);
    return { status: 201, body: channelPayload(world, thread) };
  }

  function openDirectMessage(body: unknown) {
    const { recipient_id: userId } = parseBody(z.strictObject({ recipient_id: z.string() }), body);
    return { status: 200, body: channelPayload(world, directMessageChannel(world, userId)) };
  }

  const messages = /^\/channels\/(?<channel>\d+)\/messages$/;
  return [
    {
      name: 'message',
      method: 'POST',
      path: messages,
      handle: ({ params, body }) => create(params.channel, body),
    },
    {
      name: 'messages',
      method: 'GET',
      path: messages,
      handle: ({ params, query }) => list(params.channel, query),
    },
    {
      name: 'start-thread',
      method: 'POST',
      path: /^\/channels\/(?<channel>\d+)\/messages\/(?<message>\d+)\/threads$/,
      handle: ({ params, body }) => startThread(params.channel, params.message, body),
    },
    {
      name: 'edit-message',
      method: 'PATCH',
      path: /^\/channels\/(?<channel>\d+)\/messages\/(?<message>\d+)$/,
      handle: ({ params, body }) => edit(params.channel, params.message, body),
    },
    {
      name: 'typing',
      method: 'POST',
      path: /^\/channels\/(?<channel>\d+)\/typing$/,
      handle: ({ params }) => {
        channelOf(params.channel);
        return { status: 204 };
      },
    },
    {
      name: 'channel',
      method: 'GET',
      path: /^\/channels\/(?<channel>\d+)$/,
      handle: ({ params }) => ({ status: 200, body: channelPayload(world, channelOf(params.channel)) }),
    },
    {
      name: 'open-dm',
      method: 'POST',
      path: /^\/users\/@me\/channels$/,
      handle: ({ body }) => openDirectMessage(body),
    },
  ];
}

/** The one direct message channel between the bot and a person; opening it always succeeds. */
export function directMessageChannel(world: World, userId: string): Channel {
  if (!world.users.has(userId)) throw new ApiError(10013);
  const known = [...world.channels.values()].find(
    (channel) => channel.type === 1 && channel.recipientId === userId,
  );
  if (known) return known;
  const channel: Channel = {
    id: world.nextId(),
    type: 1,
    recipientId: userId,
    messages: [],
    botPermissions: 0n,
    deleted: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}
