import { Routes } from 'discord.js';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress, UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { rememberCard } from '../card-note.ts';
import { byFirstOpenRoute, type Step, stepOf } from '../route-attempts.ts';
import { type DiscordRoutes, routesOf } from './address.ts';
import { draw, drawPublic } from './drawing.ts';
import { findEarlierTry, hasHandle } from './earlier-try.ts';
import { CUSTOM_ID, discordNotice } from './embed.ts';
import { DISCORD_LIMITS } from './limits.ts';
import type { DiscordRest } from './rest.ts';

/** What delivery needs: REST and stored ids, no interaction object, since those die with the process. */
export interface DeliveryParts {
  readonly rest: DiscordRest;
  readonly desk: UsageDesk;
  readonly clock: Clock;
}

const REMEDY =
  'Give the bot View Channel, Send Messages and Embed Links there, or let the person open direct messages';
const opened = z.object({ id: z.string() });

/**
 * Sends a promised answer by the best route that is open now: edit by the interaction's token, edit of our own direct message, a
 * new direct message, and, when that is closed, a line in the channel without any customer data. New messages carry a nonce
 * made of the job's id, so that a repetition gives back the first one.
 */
export function createDelivery({ rest, desk, clock }: DeliveryParts) {
  return async function deliver(
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    // An interim word may edit what is there; it is never worth a new message.
    const edits = [byToken, byMessage];
    // Where the channel has refused the message, no line in it is tried either.
    const news = routes.toChannel ? [toChannel, byDirectMessage] : [byDirectMessage, byChannelLine];
    const routesNow = context.stage === 'interim' ? edits : [...edits, ...news];
    const attempts = routesNow.map((route) => () => route(routes, address, reply, context));
    return byFirstOpenRoute(context.stage, attempts, REMEDY);
  };

  async function byToken(routes: DiscordRoutes, address: ReplyAddress, reply: Reply): Promise<Step> {
    const { token, applicationId } = routes;
    if (!token) return { kind: 'next', why: 'no token' };
    // Discord's docs: past fifteen minutes each use answers 401, and ten thousand of these in ten minutes ban the address.
    if (token.endsAt <= clock.now()) return { kind: 'next', why: 'token too old' };
    const body = await drawAll(routes, address, reply);
    const path = Routes.webhookMessage(applicationId, token.value, '@original');
    return stepOf(await rest.call((by) => by.patch(path, { body, auth: false })), 'token');
  }

  async function byMessage(routes: DiscordRoutes, address: ReplyAddress, reply: Reply): Promise<Step> {
    if (!routes.message) return { kind: 'next', why: 'no message to edit' };
    const body = await drawAll(routes, address, reply);
    const { channelId, id } = routes.message;
    return stepOf(await rest.call((by) => by.patch(Routes.channelMessage(channelId, id), { body })), 'edit');
  }

  /** Opening it always succeeds; only the sending tells whether the person lets themself be written to. */
  async function byDirectMessage(
    routes: DiscordRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    const channel = await rest.call(async (by) =>
      opened.parse(await by.post(Routes.userChannels(), { body: { recipient_id: routes.userId } })),
    );
    if (channel.kind !== 'ok') return stepOf(channel, 'direct-message');
    const only = routes.iccids.filter((iccid) => iccid === reply.iccid);
    // There the card stands in a direct message, whatever it was asked in.
    const { guildId: _, ...there } = routes;
    const given = new Map(reply.iccid ? [[reply.iccid, reply]] : []);
    const handle = await handleOf(routes, address, reply);
    const { watch } = wordsFor(routes.locale);
    const notice = routes.toChannel ? watch.notInChannel(routes.channelId) : undefined;
    const drawn = { ...there, iccids: only, handle };
    const message = await draw(desk, drawn, address.messageKey, clock.now(), given, notice);
    const body = { ...message, nonce: nonceOf(context.jobId, 'd'), enforce_nonce: true };
    const sent = await rest.call((by) => by.post(Routes.channelMessages(channel.value.id), { body }));
    return stepOf(sent, 'direct-message');
  }

  /** What was asked for the channel, with the number masked. */
  async function toChannel(
    routes: DiscordRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    const handle = await handleOf(routes, address, reply);
    if (routes.sendingAt !== undefined) {
      const earlier = await findEarlierTry(rest, routes.channelId, routes.sendingAt, hasHandle(handle));
      if (earlier.kind === 'retry') return earlier;
      if (earlier.kind === 'ok' && earlier.value !== undefined)
        return { kind: 'delivered', route: 'channel (found after a crash)' };
    }
    // With the handle, by which the message is found again.
    await context.saveAddress({ ...address, routes: { ...routes, handle, sendingAt: clock.now() } });
    const notice = wordsFor(routes.locale).watch.watchedFor(routes.userId);
    const message = drawPublic(reply, { ...routes, handle }, clock.now(), notice);
    const body = { ...message, nonce: nonceOf(context.jobId, 'c'), enforce_nonce: true };
    const sent = await rest.call((by) => by.post(Routes.channelMessages(routes.channelId), { body }));
    return stepOf(sent, 'channel');
  }

  /** Everybody sees it, so it says nothing but that there is an answer; the button gives it privately. */
  async function byChannelLine(
    routes: DiscordRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    // Installed by the person alone: the bot is not in that channel.
    if (routes.guildId === undefined || !routes.reachable)
      return { kind: 'next', why: 'no channel to say it in' };
    const words = wordsFor(routes.locale);
    const handle = await handleOf(routes, address, reply);
    const button = {
      type: 2,
      style: 1,
      label: words.actions.show,
      custom_id: `${CUSTOM_ID}:show:${handle}:0:`,
    };
    const body = {
      ...discordNotice([words.chat.answerReady(routes.userId)]),
      components: [{ type: 1, components: [button] }],
      // The one mention is of the person who asked: a new message with it alerts them, an edit would not.
      allowed_mentions: { parse: [], users: [routes.userId] },
      nonce: nonceOf(context.jobId, 'c'),
      enforce_nonce: true,
    };
    const sent = await rest.call((by) => by.post(Routes.channelMessages(routes.channelId), { body }));
    return stepOf(sent, 'channel line');
  }

  /** What arrives by itself has no card of its own yet for its buttons to name. */
  async function handleOf(
    routes: DiscordRoutes,
    { messageKey }: ReplyAddress,
    reply: Reply,
  ): Promise<string> {
    const { handle, userId, channelId, guildId, toChannel: inChannel } = routes;
    if (handle !== '') return handle;
    const iccids = routes.iccids.filter((iccid) => iccid === reply.iccid);
    const inDirectMessage = inChannel !== true;
    const spaceId = guildId ?? '';
    return rememberCard(desk, { iccids, messageKey, spaceId, userId, channelId, inDirectMessage });
  }

  function drawAll(routes: DiscordRoutes, address: ReplyAddress, reply: Reply) {
    const given = new Map(reply.iccid ? [[reply.iccid, reply]] : []);
    return draw(desk, routes, address.messageKey, clock.now(), given);
  }
}

/** The end of the job's id is a hash; the route keeps the two messages apart. */
function nonceOf(jobId: string, route: 'd' | 'c'): string {
  return `${jobId.slice(-(DISCORD_LIMITS.nonce - 1))}${route}`;
}
