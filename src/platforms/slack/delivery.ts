import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress, UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { rememberCard } from '../card-note.ts';
import { byFirstOpenRoute, type Step, stepOf } from '../route-attempts.ts';
import { routesOf, type SlackRoutes, withRoutes } from './address.ts';
import type { SlackMessage } from './block-kit.ts';
import { draw } from './drawing.ts';
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
/** More than anybody writes between a crash and the next attempt, ten seconds later. */
const HISTORY_LOOKED_AT = 50;

const opened = z.object({ channel: z.object({ id: z.string() }) });
const history = z.object({
  messages: z.array(
    z.object({
      metadata: z
        .object({ event_payload: z.object({ job_id: z.string().optional() }) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/**
 * Sends a promised answer by the best route that is open now: edit of our own message, response URL while it lives, a message
 * only the asker sees where it was asked, the direct message. All of them are private; none is the channel.
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
    const later = [viaUrl, viaEphemeral, viaDirectMessage].map(
      (route) => () => route(routes, address, reply, context),
    );
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
    // Noted by an attempt that never said how it ended: look before sending again.
    if (routes.sending?.route === 'direct-message' && (await wasSent(channel, context.jobId)))
      return { kind: 'delivered', route: 'direct-message (found after a crash)' };
    await context.saveAddress(withRoutes(address, { ...routes, sending: { route: 'direct-message' } }));
    const message = await drawOne(routes, address, reply);
    // Seen by nobody in the conversation; the mark by which `wasSent` finds the message.
    const metadata = { event_type: METADATA_TYPE, event_payload: { job_id: context.jobId } };
    const result = await callSlack(clock, () =>
      client.chat.postMessage({
        channel,
        ...content(message),
        metadata,
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    return stepOf(result, 'direct-message');
  }

  /** A new message has no idempotency key in Slack; our mark in the history is the next best thing. */
  async function wasSent(channel: string, jobId: string): Promise<boolean> {
    const result = await callSlack(clock, async () =>
      history.parse(
        await client.conversations.history({ channel, limit: HISTORY_LOOKED_AT, include_all_metadata: true }),
      ),
    );
    // Better twice than not at all.
    if (result.kind !== 'ok') return false;
    return result.value.messages.some((message) => message.metadata?.event_payload.job_id === jobId);
  }

  /** A new message shows the eSIM it is about; the others of the question have their place already. */
  async function drawOne(routes: SlackRoutes, address: ReplyAddress, reply: Reply): Promise<SlackMessage> {
    const only: Iccid[] = routes.iccids.filter((iccid) => iccid === reply.iccid);
    const { teamId, userId, channelId } = routes;
    // What arrives by itself has no card of its own yet for its buttons to name.
    const handle =
      routes.handle ||
      (await rememberCard(desk, {
        iccids: only,
        messageKey: address.messageKey,
        spaceId: teamId,
        userId,
        channelId,
        inDirectMessage: true,
      }));
    return draw(desk, { ...routes, iccids: only, handle }, address.messageKey, clock.now(), reply);
  }

  return deliver;
}

/** The part of a message that the Web API takes. */
export function content(message: SlackMessage): { text: string; blocks: KnownBlock[] } {
  return { text: message.text, blocks: message.blocks };
}
