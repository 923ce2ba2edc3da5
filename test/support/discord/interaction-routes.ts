import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { callbackBody, type MessageBody, webhookBody } from './body-rules.ts';
import { messagePayload } from './payloads.ts';
import type { Route } from './rest.ts';
import { madeAt } from './snowflake.ts';
import {
  addMessage,
  editMessage,
  findMessage,
  type Interaction,
  type StoredMessage,
  type World,
} from './world.ts';

/** The clock of an interaction: the first answer, and the life of the token. Measured from the snowflake. */
const FIRST_ANSWER_MS = 3_000;
const TOKEN_MS = 15 * 60 * 1000;
const FOLLOW_UPS_WHEN_USER_INSTALLED = 5;
const EPHEMERAL = 64;

/** Callbacks, the first answer, follow-ups: what an interaction's token opens. */
export function interactionRoutes(world: World): Route[] {
  function callback(params: Readonly<Record<string, string>>, query: URLSearchParams, body: unknown) {
    const interaction = world.interactions.get(params.id ?? '');
    if (!interaction || interaction.token !== params.token) throw new ApiError(10062);
    if (world.clock.now() - madeAt(interaction.id) > FIRST_ANSWER_MS) throw new ApiError(10062);
    if (interaction.acknowledged) throw new ApiError(40060);
    const answer = parseBody(callbackBody, body);
    if ((answer.type === 6 || answer.type === 7) && interaction.kind !== 'button')
      throw new ApiError(50035, [`callback type ${answer.type} needs a button`]);
    if ((answer.type === 8) !== (interaction.kind === 'typing'))
      throw new ApiError(50035, [`callback type ${answer.type} does not answer that`]);
    if (answer.type === 4) rejectEmpty(answer.data);
    interaction.acknowledged = { type: answer.type, at: world.clock.now() };
    world.onAcknowledged(interaction);
    if (answer.type === 8) {
      interaction.choices = answer.data.choices;
      return { status: 204 };
    }
    const message = firstAnswer(interaction, answer);
    if (query.get('with_response') !== 'true') return { status: 204 };
    const resource = { type: answer.type, ...(message ? { message: messagePayload(world, message) } : {}) };
    const response = { id: interaction.id, type: 2, response_message_id: message?.id };
    return { status: 200, body: { interaction: response, resource } };
  }

  function firstAnswer(
    interaction: Interaction,
    answer: Exclude<z.infer<typeof callbackBody>, { type: 8 }>,
  ): StoredMessage | undefined {
    if (answer.type === 6 || answer.type === 7) {
      if (interaction.sourceMessageId !== undefined) interaction.originalId = interaction.sourceMessageId;
      const source = originalOf(interaction);
      if (answer.type === 7 && source) editMessage(source, answer.data);
      return source;
    }
    const deferred = answer.type === 5;
    const flags = answer.data?.flags ?? 0;
    interaction.awaiting = deferred;
    const message = post(interaction, deferred ? {} : answer.data, (flags & EPHEMERAL) !== 0, deferred);
    interaction.originalId = message.id;
    return message;
  }

  function post(
    interaction: Interaction,
    body: MessageBody,
    ephemeral: boolean,
    loading: boolean,
  ): StoredMessage {
    const channel = world.channels.get(interaction.channelId);
    if (!channel) throw new ApiError(10003);
    return addMessage(world, channel, {
      authorId: world.bot.id,
      body,
      loading,
      ...(ephemeral ? { onlyFor: interaction.userId } : {}),
    });
  }

  function byToken(token: string | undefined): Interaction {
    const found = [...world.interactions.values()].find((one) => one.token === token);
    if (!found) throw new ApiError(50027);
    if (world.clock.now() - madeAt(found.id) >= TOKEN_MS) throw new ApiError(50027);
    if (!found.acknowledged) throw new ApiError(10015);
    return found;
  }

  function originalOf(interaction: Interaction): StoredMessage | undefined {
    return interaction.originalId === undefined ? undefined : findMessage(world, interaction.originalId);
  }

  function editOriginal(token: string | undefined, body: unknown) {
    const interaction = byToken(token);
    const change = parseBody(webhookBody, body);
    const message = originalOf(interaction);
    if (!message) throw new ApiError(10008);
    rejectEmpty({ ...message.body, ...change });
    interaction.awaiting = false;
    editMessage(message, change);
    return { status: 200, body: messagePayload(world, message) };
  }

  function followUp(token: string | undefined, body: unknown) {
    const interaction = byToken(token);
    const wanted = parseBody(webhookBody, body);
    rejectEmpty(wanted);
    const original = originalOf(interaction);
    if (interaction.awaiting && original) {
      interaction.awaiting = false;
      editMessage(original, wanted);
      return { status: 200, body: messagePayload(world, original) };
    }
    if (interaction.userInstall && interaction.followUps >= FOLLOW_UPS_WHEN_USER_INSTALLED)
      throw new ApiError(40094);
    interaction.followUps++;
    const message = post(interaction, wanted, ((wanted.flags ?? 0) & EPHEMERAL) !== 0, false);
    return { status: 200, body: messagePayload(world, message) };
  }

  function getOriginal(token: string | undefined) {
    const message = originalOf(byToken(token));
    if (!message) throw new ApiError(10008);
    return { status: 200, body: messagePayload(world, message) };
  }

  const original = /^\/webhooks\/(?<app>\d+)\/(?<token>[^/]+)\/messages\/@original$/;
  return [
    {
      name: 'callback',
      method: 'POST',
      path: /^\/interactions\/(?<id>\d+)\/(?<token>[^/]+)\/callback$/,
      open: true,
      handle: ({ params, query, body }) => callback(params, query, body),
    },
    {
      name: 'original',
      method: 'PATCH',
      path: original,
      open: true,
      handle: ({ params, body }) => editOriginal(params.token, body),
    },
    {
      name: 'original',
      method: 'GET',
      path: original,
      open: true,
      handle: ({ params }) => getOriginal(params.token),
    },
    {
      name: 'follow-up',
      method: 'POST',
      path: /^\/webhooks\/(?<app>\d+)\/(?<token>[^/]+)$/,
      open: true,
      handle: ({ params, body }) => followUp(params.token, body),
    },
  ];
}

export function parseBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError(50035, [z.prettifyError(parsed.error)]);
}

export function rejectEmpty({
  content,
  embeds,
  attachments,
}: Pick<MessageBody, 'content' | 'embeds' | 'attachments'>): void {
  const beside = [...(embeds ?? []), ...(attachments ?? [])];
  if ((content ?? '').trim() === '' && beside.length === 0) throw new ApiError(50006);
}
