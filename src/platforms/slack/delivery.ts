import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress, UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { rememberCard } from '../card-note.ts';
import { byFirstOpenRoute, type Step, stepOf } from '../route-attempts.ts';
import { routesOf, type SlackRoutes, withRoutes } from './address.ts';
import type { SlackMessage } from './block-kit.ts';
import { draw, drawPublic } from './drawing.ts';
import { findEarlierTry } from './earlier-try.ts';
import { respond } from './response-url.ts';
import { callSlack, type SlackClient } from './web.ts';

/** What delivery needs. */
export interface DeliveryParts {
  readonly client: SlackClient;
  readonly desk: UsageDesk;
  readonly clock: Clock;
}

/** The event type of the metadata that marks a message as the answer of one job. */
const METADATA_TYPE = 'esim_usage_answer';

const opened = z.object({ channel: z.object({ id: z.string() }) });

/**
 * Sends a promised answer by the best route that is open now: edit of our own message, response URL while it lives, a message
 * only the asker sees where it was asked, the direct message. All of them are private; the channel itself is told only what was
 * asked for it, with the number masked.
 */
export function createDelivery({ client, desk, clock }: DeliveryParts) {
  async function deliver(
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    const edit = () => editMessage(routes, address, reply);
    const ways = routes.toChannel ? [viaChannel, viaDirectMessage] : [viaUrl, viaEphemeral, viaDirectMessage];
    const later = ways.map((route) => () => route(routes, address, reply, context));
    return byFirstOpenRoute(context.stage, context.stage === 'interim' ? [edit] : [edit, ...later]);
  }

  /** Repeating it shows nothing new: the one route that is idempotent by nature. */
  async function editMessage(routes: SlackRoutes, address: ReplyAddress, reply: Reply): Promise<Step> {
    if (!routes.message) return { kind: 'next', why: 'no message to edit' };
    const { channel, ts } = routes.message;
    const message = await draw(desk, routes, address.messageKey, clock.now(), reply);
    const result = await callSlack(clock, () => client.chat.update({ channel, ts, ...content(message) }));
    return stepOf(result, 'edit');
  }

  async function viaUrl(
    routes: SlackRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    const { url } = routes;
    if (!url) return { kind: 'next', why: 'no response URL' };
    if (url.endsAt <= clock.now()) return { kind: 'next', why: 'response URL too old' };
    if (url.usesLeft <= 0) return { kind: 'next', why: 'response URL used up' };
    // Counted before it is used: after a crash one use too few is left, never a sixth made.
    const counted = { ...routes, url: { ...url, usesLeft: url.usesLeft - 1 } };
    await context.saveAddress(withRoutes(address, counted));
    routes.url = counted.url;
    const message = await draw(desk, routes, address.messageKey, clock.now(), reply);
    return stepOf(await respond(clock, url.href, message, 'replace'), 'response-url');
  }

  async function viaEphemeral(
    routes: SlackRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    if (routes.inDirectMessage || routes.byDirectMessage)
      return { kind: 'next', why: 'meant for the direct message' };
    await context.saveAddress(withRoutes(address, { ...routes, sending: { route: 'ephemeral' } }));
    const message = await drawOne(routes, address, reply);
    const { channelId: channel, userId: user, threadTs } = routes;
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    const result = await callSlack(clock, () =>
      client.chat.postEphemeral({ channel, user, ...thread, ...content(message) }),
    );
    return stepOf(result, 'ephemeral');
  }

  async function viaDirectMessage(
    routes: SlackRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    // Opening is idempotent: it gives the conversation there is.
    const conversation = await callSlack(clock, async () =>
      opened.parse(await client.conversations.open({ users: routes.userId })),
    );
    if (conversation.kind !== 'ok') return stepOf(conversation, 'direct-message');
    const channel = conversation.value.channel.id;
    return postOnce('direct-message', { channel }, routes, address, context, () =>
      drawOne(routes, address, reply),
    );
  }

  async function viaChannel(
    routes: SlackRoutes,
    address: ReplyAddress,
    reply: Reply,
    context: DeliveryContext,
  ): Promise<Step> {
    // An earlier attempt has found the channel closed, and gone on.
    if (routes.sending?.route === 'direct-message') return { kind: 'next', why: 'channel closed' };
    const { channelId: channel, threadTs } = routes;
    return postOnce('channel', { channel, threadTs }, routes, address, context, async () => {
      const handle = await handleOf(routes, address, reply);
      const notice = wordsFor(routes.locale).watch.watchedFor(routes.userId);
      return drawPublic(reply, { ...routes, handle }, clock.now(), notice);
    });
  }

  /** A new message, noted before it is sent and looked for when an attempt never said how it ended. */
  async function postOnce(
    route: NonNullable<SlackRoutes['sending']>['route'],
    { channel, threadTs }: { readonly channel: string; readonly threadTs?: string | undefined },
    routes: SlackRoutes,
    address: ReplyAddress,
    { jobId, saveAddress }: DeliveryContext,
    drawMessage: () => Promise<SlackMessage>,
  ): Promise<Step> {
    if (routes.sending?.route === route) {
      const since = routes.sending.at;
      const isIt = (payload: Readonly<Record<string, unknown>>) => payload.job_id === jobId;
      const earlier = await findEarlierTry(client, clock, { channel, threadTs }, since, isIt);
      if (earlier.kind === 'retry') return earlier;
      if (earlier.kind === 'ok' && earlier.value)
        return { kind: 'delivered', route: `${route} (found after a crash)` };
      // Without the scope for the history it is sent again: better twice than not at all.
    }
    await saveAddress(withRoutes(address, { ...routes, sending: { route, at: clock.now() } }));
    const message = await drawMessage();
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    // Seen by nobody in the conversation.
    const metadata = { event_type: METADATA_TYPE, event_payload: { job_id: jobId } };
    const quiet = { unfurl_links: false, unfurl_media: false };
    const result = await callSlack(clock, () =>
      client.chat.postMessage({ channel, ...thread, ...content(message), metadata, ...quiet }),
    );
    return stepOf(result, route);
  }

  /** A new message shows the eSIM it is about; the others of the question have their place already. */
  async function drawOne(routes: SlackRoutes, address: ReplyAddress, reply: Reply): Promise<SlackMessage> {
    const iccids: Iccid[] = routes.iccids.filter((iccid) => iccid === reply.iccid);
    const handle = await handleOf(routes, address, reply);
    const { toChannel, locale, channelId } = routes;
    const notice = toChannel ? wordsFor(locale).watch.notInChannel(channelId) : undefined;
    return draw(desk, { ...routes, iccids, handle }, address.messageKey, clock.now(), reply, notice);
  }

  /** What arrives by itself has no card of its own yet for its buttons to name. */
  async function handleOf(routes: SlackRoutes, { messageKey }: ReplyAddress, reply: Reply): Promise<string> {
    const { handle, teamId: spaceId, userId, channelId, toChannel } = routes;
    const iccids = routes.iccids.filter((iccid) => iccid === reply.iccid);
    const inDirectMessage = toChannel !== true;
    if (handle !== '') return handle;
    return rememberCard(desk, { iccids, messageKey, spaceId, userId, channelId, inDirectMessage });
  }

  return deliver;
}

/** The part of a message that the Web API takes. */
export function content(message: SlackMessage): { text: string; blocks: KnownBlock[] } {
  return { text: message.text, blocks: message.blocks };
}
