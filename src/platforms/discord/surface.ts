import { Routes } from 'discord.js';
import { z } from 'zod';
import type { CallResult, PrivateLine, Surface } from '../chat/seam.ts';
import type { Place } from './address.ts';
import { answers, findEarlierTry, sentAt } from './earlier-try.ts';
import type { DiscordMessageWithFiles } from './embed.ts';
import type { DiscordRest } from './rest.ts';
import { messageRequest } from './upload.ts';

/** Where Discord shows an answer, by REST and stored ids alone. */
export type DiscordSurface = Surface<Place, DiscordMessageWithFiles>;

/** The message flag for "only the asker sees it". */
export const EPHEMERAL = 64;
/** An edit costs nothing but its pace. */
const CHANGES = 10;
const posted = z.object({ id: z.string(), channel_id: z.string() });
const opened = z.object({ id: z.string() });

/**
 * The first answer of an interaction, or the message whose button was pressed: "@original" is either, by how it was
 * acknowledged. For fifteen minutes, private or not as the acknowledgement said.
 */
export function originalSurface(rest: DiscordRest, place: Place): DiscordSurface {
  return {
    changesLeft: () => CHANGES,
    async show(message) {
      const request = await messageRequest(message);
      const path = Routes.webhookMessage(place.applicationId, place.token?.value ?? '', '@original');
      return rest.call((by) => by.patch(path, { ...request, auth: false }));
    },
  };
}

/** A word beside it, for the person alone: a follow-up message, of which each call makes a new one. */
export function asideSurface(rest: DiscordRest, place: Place): DiscordSurface {
  return {
    changesLeft: () => 0,
    async show(message) {
      const request = await messageRequest(message, { flags: EPHEMERAL });
      const path = Routes.webhook(place.applicationId, place.token?.value ?? '');
      return rest.call((by) => by.post(path, { ...request, auth: false }));
    },
  };
}

/** A message of our own in a direct message, edited with the bot's token: it outlives the interaction's. */
function messageSurface(rest: DiscordRest, at: NonNullable<Place['message']>): DiscordSurface {
  return {
    changesLeft: () => CHANGES,
    async show(message) {
      const request = await messageRequest(message);
      return rest.call((by) => by.patch(Routes.channelMessage(at.channelId, at.id), request));
    },
  };
}

/**
 * An answer to a message: posted once, edited from then on. In a direct message the placeholder comes first (`open`);
 * in a channel, where it cannot be private, what is posted is all there is. The question's id is the idempotency key
 * for some minutes; when an earlier try lies longer back (`late`), it is looked for by the message it answers.
 */
export function replySurface(rest: DiscordRest, place: Place, late: boolean): DiscordSurface {
  let at = place.message;

  async function open(message: DiscordMessageWithFiles): Promise<CallResult<Partial<Place>>> {
    if (!at) {
      const found = late ? await earlier() : undefined;
      if (found && found.kind !== 'ok' && found.kind !== 'closed') return found;
      const id = found?.kind === 'ok' ? found.value : undefined;
      const sent = id === undefined ? await postReply(rest, place, message) : undefined;
      if (sent && sent.kind !== 'ok') return sent;
      at = sent?.value ?? { channelId: place.channelId, id: id ?? '' };
    }
    return { kind: 'ok', value: { message: at } };
  }

  function earlier() {
    const { replyTo = '', channelId } = place;
    return findEarlierTry(rest, channelId, sentAt(replyTo), answers(replyTo));
  }

  const show = async (message: DiscordMessageWithFiles) =>
    at ? messageSurface(rest, at).show(message) : open(message);
  const inDirectMessage = place.guildId === undefined;
  return {
    changesLeft: () => (at ? CHANGES : 0),
    show,
    ...(inDirectMessage ? { open } : {}),
  };
}

/** The nonce makes it safe to repeat: see `replySurface`. */
async function postReply(
  rest: DiscordRest,
  { channelId, replyTo = '' }: Pick<Place, 'channelId' | 'replyTo'>,
  message: DiscordMessageWithFiles,
): Promise<CallResult<NonNullable<Place['message']>>> {
  const request = await messageRequest(message, {
    // Discord's docs, Create Message: with `enforce_nonce` a repetition within some minutes gives back the first
    // message.
    nonce: replyTo,
    enforce_nonce: true,
    allowed_mentions: { parse: [], replied_user: false },
    // A question that was deleted meanwhile is still answered.
    message_reference: { message_id: replyTo, fail_if_not_exists: false },
  });
  const sent = await rest.call(async (by) =>
    posted.parse(await by.post(Routes.channelMessages(channelId), request)),
  );
  if (sent.kind !== 'ok') return sent;
  return { kind: 'ok', value: { channelId: sent.value.channel_id, id: sent.value.id } };
}

/**
 * A line in the direct message with the person, edited from then on. Without the token, which belongs to where it was
 * asked. The result is `closed` for somebody who does not let the bot write (Discord's docs, code 50007).
 */
export async function openDirectMessage(
  rest: DiscordRest,
  { token: _token, ...place }: Place,
  line: DiscordMessageWithFiles,
): Promise<CallResult<PrivateLine<Place, DiscordMessageWithFiles>>> {
  // The question is the idempotency key.
  const request = await messageRequest(line, { nonce: place.questionId, enforce_nonce: true });
  const sent = await rest.call(async (by) => {
    const { id } = opened.parse(
      await by.post(Routes.userChannels(), { body: { recipient_id: place.userId } }),
    );
    return posted.parse(await by.post(Routes.channelMessages(id), request));
  });
  if (sent.kind !== 'ok') return sent;
  const at = { channelId: sent.value.channel_id, id: sent.value.id };
  const change = (changed: DiscordMessageWithFiles) => messageSurface(rest, at).show(changed);
  return { kind: 'ok', value: { ctx: { ...place, message: at }, change } };
}
