import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { stepOf } from '../chat/route-attempts.ts';
import type { Route, RouteContext, Routes, Step, Stored } from '../chat/seam.ts';
import { addressOf, lasting, type Place } from './address.ts';
import type { InBestForm } from './best-form.ts';
import type { SlackMessage } from './block-kit.ts';
import { ANSWER_MARK, findEarlierTry } from './earlier-try.ts';
import { content } from './pen.ts';
import { respond } from './response-url.ts';
import { callSlack, type SlackClient } from './web.ts';

type SlackRoute = Route<SlackMessage>;
type Sending = NonNullable<Place['sending']>['route'];

const posted = z.object({ ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string() }) });

/**
 * How Slack reaches somebody later: an edit of our own message, the response URL while it lives, a message only the
 * asker sees where it was asked, the direct message. Each notes what it is about to do before it does what cannot be
 * taken back.
 */
export function slackRoutes(
  client: SlackClient,
  clock: Clock,
  stored: Stored<Place>,
  inBestForm: InBestForm,
): Routes<SlackMessage> {
  /** With what the routes before have noted: a use of the URL stays counted. */
  let place = stored.ctx;
  const note = (changed: Partial<Place>, { saveAddress }: RouteContext) => {
    place = { ...place, ...changed };
    return saveAddress(addressOf(place, stored));
  };
  const thread = () => (place.threadTs === undefined ? {} : { thread_ts: place.threadTs });

  /** Repeating it shows nothing new: the one route that is idempotent by nature. */
  const edit: SlackRoute = {
    name: 'edit',
    async send(draw) {
      if (!place.message) return { kind: 'next', why: 'no message to edit' };
      const { channel, ts } = place.message;
      const message = await draw();
      return stepOf(
        await inBestForm(message, (form) =>
          callSlack(clock, () => client.chat.update({ channel, ts, ...content(form) })),
        ),
        'edit',
      );
    },
  };

  /** For what was asked by command, shortcut or button: works without any membership of the bot, for half an hour. */
  const responseUrl: SlackRoute = {
    name: 'response-url',
    async send(draw, context) {
      const { url } = place;
      if (!url) return { kind: 'next', why: 'no response URL' };
      const spent = whySpent(url, clock.now());
      if (spent !== undefined) return { kind: 'next', why: spent };
      // Counted before it is used: after a crash one use too few is left, never a sixth made.
      await note({ url: { ...url, usesLeft: url.usesLeft - 1 } }, context);
      const sent = await inBestForm(await draw(), (form) => respond(clock, url.href, form, 'replace'));
      return stepOf(sent, 'response-url');
    },
  };

  /**
   * Only for whoever is in the channel at that moment: Slack neither keeps it nor promises to show it (Slack's docs,
   * chat.postEphemeral), so there is nothing to edit later or to search for.
   */
  const ephemeral: SlackRoute = {
    name: 'ephemeral',
    async send(draw, context) {
      if (place.inDirectMessage || place.byDirectMessage)
        return { kind: 'next', why: 'meant for the direct message' };
      // What was noted of a message that may stand already is not to be forgotten.
      if (!place.sending) await note({ sending: { route: 'ephemeral' } }, context);
      const message = await draw();
      const { channelId: channel, userId: user } = place;
      const result = await inBestForm(message, (form) =>
        callSlack(clock, () => client.chat.postEphemeral({ channel, user, ...thread(), ...content(form) })),
      );
      return stepOf(result, 'ephemeral');
    },
  };

  /** Reaches whoever still is in the workspace, where the app's Messages tab is on (Slack's docs, App Home). */
  const directMessage: SlackRoute = {
    name: 'direct-message',
    async send(draw, context) {
      const conversation = await openConversation(client, clock, place.userId);
      if (conversation.kind !== 'ok') return stepOf(conversation, 'direct-message');
      return postOnce('direct-message', conversation.value.channel.id, undefined, draw, context);
    },
  };

  /** Only for what was asked for everybody, such as a watch in a channel. */
  const channel: SlackRoute = {
    name: 'channel',
    async send(draw, context) {
      // An earlier attempt has found the channel closed, and gone on.
      if (place.sending?.route === 'direct-message') return { kind: 'next', why: 'channel closed' };
      return postOnce('channel', place.channelId, place.threadTs, draw, context);
    },
  };

  /** A new message, noted before it is sent and looked for when an attempt never said how it ended. */
  async function postOnce(
    route: Sending,
    into: string,
    threadTs: string | undefined,
    draw: () => Promise<SlackMessage>,
    context: RouteContext,
  ): Promise<Step> {
    if (place.sending?.route === route) {
      const where = { channel: into, threadTs };
      const earlier = await earlierStep(client, clock, where, place.sending, context.jobId);
      if (earlier) return earlier;
    }
    await note({ sending: { route, at: clock.now() } }, context);
    const message = await draw();
    const below = threadTs === undefined ? {} : { thread_ts: threadTs };
    // Seen by nobody in the conversation.
    const metadata = { event_type: ANSWER_MARK, event_payload: { job_id: context.jobId } };
    const quiet = { unfurl_links: false, unfurl_media: false };
    const result = await inBestForm(message, (form) =>
      callSlack(clock, async () =>
        posted.parse(
          await client.chat.postMessage({ channel: into, ...below, ...content(form), metadata, ...quiet }),
        ),
      ),
    );
    if (result.kind === 'ok') {
      const message = { channel: into, ts: result.value.ts };
      await context.noteStanding?.(addressOf({ ...lasting(place, 'person'), message }, stored));
    }
    return stepOf(result, route);
  }

  return {
    edits: [
      { ...edit, free: true },
      { ...responseUrl, free: false },
    ],
    ephemeral,
    directMessage,
    ...(stored.toChannel ? { channel } : {}),
  };
}

/** Idempotent: it gives the conversation there is. */
function openConversation(client: SlackClient, clock: Clock, userId: string) {
  return callSlack(clock, async () => opened.parse(await client.conversations.open({ users: userId })));
}

/** Why a response URL takes no message any more. */
function whySpent({ endsAt, usesLeft }: NonNullable<Place['url']>, now: number): string | undefined {
  if (endsAt <= now) return 'response URL too old';
  return usesLeft <= 0 ? 'response URL used up' : undefined;
}

/** What an attempt came to that never said how it ended; undefined where nothing of it is found. */
async function earlierStep(
  client: SlackClient,
  clock: Clock,
  where: { readonly channel: string; readonly threadTs: string | undefined },
  { route, at }: NonNullable<Place['sending']>,
  jobId: string,
): Promise<Step | undefined> {
  const earlier = await findEarlierTry(client, clock, where, at, (payload) => payload.job_id === jobId);
  if (earlier.kind === 'retry') return earlier;
  // Without the scope for the history it is sent again: better twice than not at all.
  const isThere = earlier.kind === 'ok' && earlier.value;
  return isThere ? { kind: 'delivered', route: `${route} (found after a crash)` } : undefined;
}
