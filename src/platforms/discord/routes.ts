import { Routes as Paths } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { stepOf } from '../chat/route-attempts.ts';
import type { Route, Routes, Stored } from '../chat/seam.ts';
import { addressOf, lasting, type Place } from './address.ts';
import { findEarlierTry, hasHandle } from './earlier-try.ts';
import type { DiscordMessageWithFiles } from './embed.ts';
import { DISCORD_LIMITS } from './limits.ts';
import type { DiscordRest } from './rest.ts';
import { replySurface } from './surface.ts';
import { messageRequest } from './upload.ts';

type DiscordRoute = Route<DiscordMessageWithFiles>;

const REMEDY =
  'Give the bot View Channel, Send Messages and Embed Links there, or let the person open direct messages';
/** A conversation, or a message. */
const made = z.object({ id: z.string() });

/**
 * How Discord reaches somebody later, by REST and stored ids: an edit by the interaction's token, an edit of our own
 * message, a new direct message, and, when that is closed, a line in the channel. New messages carry a nonce made of
 * the job's id, so that a repetition gives back the first one.
 */
export function discordRoutes(
  rest: DiscordRest,
  clock: Clock,
  stored: Stored<Place>,
): Routes<DiscordMessageWithFiles> {
  const { ctx: place } = stored;

  /** Needs no right in the channel and no membership: the interaction's own token is the credential. */
  const token: DiscordRoute = {
    name: 'token',
    async send(draw) {
      const { token: given, applicationId } = place;
      if (!given) return { kind: 'next', why: 'no token' };
      // Discord's docs: past fifteen minutes each use answers 401, and ten thousand of these in ten minutes ban the
      // address.
      if (given.endsAt <= clock.now()) return { kind: 'next', why: 'token too old' };
      const request = await messageRequest(await draw());
      const path = Paths.webhookMessage(applicationId, given.value, '@original');
      return stepOf(await rest.call((by) => by.patch(path, { ...request, auth: false })), 'token');
    },
  };

  /** With the bot's token: our own message can be edited for ever. An edit alerts nobody. */
  const edit: DiscordRoute = {
    name: 'edit',
    async send(draw) {
      if (!place.message) return { kind: 'next', why: 'no message to edit' };
      const { channelId, id } = place.message;
      const request = await messageRequest(await draw());
      return stepOf(await rest.call((by) => by.patch(Paths.channelMessage(channelId, id), request)), 'edit');
    },
  };

  /** A mention is answered by a message below it: an earlier try is looked for. */
  const reply: DiscordRoute = {
    name: 'reply',
    async send(draw) {
      if (place.replyTo === undefined || place.message) return { kind: 'next', why: 'no message to answer' };
      return stepOf(await replySurface(rest, place, true).show(await draw()), 'reply');
    },
  };

  /** Opening it always succeeds; only the sending tells whether the person lets themself be written to. */
  const directMessage: DiscordRoute = {
    name: 'direct-message',
    async send(draw, { jobId, noteStanding }) {
      const channel = await rest.call(async (by) =>
        made.parse(await by.post(Paths.userChannels(), { body: { recipient_id: place.userId } })),
      );
      if (channel.kind !== 'ok') return stepOf(channel, 'direct-message');
      const request = await messageRequest(await draw(), { nonce: nonceOf(jobId, 'd'), enforce_nonce: true });
      const sent = await rest.call(async (by) =>
        made.parse(await by.post(Paths.channelMessages(channel.value.id), request)),
      );
      if (sent.kind === 'ok') {
        const message = { channelId: channel.value.id, id: sent.value.id };
        await noteStanding?.(addressOf({ ...lasting(place, 'person'), message }, stored));
      }
      return stepOf(sent, 'direct-message');
    },
  };

  /** Found again by its handle, when the nonce has been forgotten. */
  const channel: DiscordRoute = {
    name: 'channel',
    async send(draw, { jobId, saveAddress, handle = '' }) {
      if (place.sendingAt !== undefined) {
        const earlier = await findEarlierTry(rest, place.channelId, place.sendingAt, hasHandle(handle));
        if (earlier.kind === 'retry') return earlier;
        if (earlier.kind === 'ok' && earlier.value !== undefined)
          return { kind: 'delivered', route: 'channel (found after a crash)' };
      }
      await saveAddress(addressOf({ ...place, sendingAt: clock.now() }, { ...stored, handle }));
      const request = await messageRequest(await draw(), { nonce: nonceOf(jobId, 'c'), enforce_nonce: true });
      const sent = await rest.call((by) => by.post(Paths.channelMessages(place.channelId), request));
      return stepOf(sent, 'channel');
    },
  };

  /**
   * Where even the direct message is closed: no customer data, a mention of the asker, and a button that brings a
   * fresh token.
   */
  const channelLine: DiscordRoute = {
    name: 'channel line',
    async send(draw, { jobId }) {
      // Installed by the person alone: the bot is not in that channel.
      if (place.guildId === undefined || !place.reachable)
        return { kind: 'next', why: 'no channel to say it in' };
      const request = await messageRequest(await draw(), {
        // The one mention is of the person who asked: a new message with it alerts them, an edit would not.
        allowed_mentions: { parse: [], users: [place.userId] },
        nonce: nonceOf(jobId, 'c'),
        enforce_nonce: true,
      });
      const sent = await rest.call((by) => by.post(Paths.channelMessages(place.channelId), request));
      return stepOf(sent, 'channel line');
    },
  };

  return {
    // The token first: it also reaches a private answer, which the bot's own rights never do.
    edits: [
      { ...token, free: true },
      { ...edit, free: true },
      { ...reply, free: false },
    ],
    directMessage,
    channelLine,
    ...(stored.toChannel ? { channel } : {}),
    remedy: REMEDY,
  };
}

/** The end of the job's id is a hash; the route keeps the two messages apart. */
function nonceOf(jobId: string, route: 'd' | 'c'): string {
  return `${jobId.slice(-(DISCORD_LIMITS.nonce - 1))}${route}`;
}
