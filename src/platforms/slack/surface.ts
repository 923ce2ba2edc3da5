import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { CallResult, PrivateLine, Surface } from '../chat/seam.ts';
import type { Place } from './address.ts';
import { type InBestForm, isRefusedBlock } from './best-form.ts';
import type { SlackMessage } from './block-kit.ts';
import { ANSWER_MARK, findEarlierTry } from './earlier-try.ts';
import { content } from './pen.ts';
import { respond } from './response-url.ts';
import { callSlack, callSlackTwice, type SlackClient } from './web.ts';

/** Where Slack shows an answer. */
export type SlackSurface = Surface<Place, SlackMessage>;

/**
 * Of the five uses of a response URL the first answer takes three at the most, and leaves two for one that comes
 * later.
 */
const URL_CHANGES = 3;
/** Public reports say that the uses of a command's URL may stand one below the other (bolt-python #1268): one word before the answer. */
const COMMAND_CHANGES = 2;
const posted = z.object({ channel: z.string(), ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string() }) });

/**
 * Through a response URL. `new`: a command or a shortcut, whose first use shows a message that the others replace, or
 * stand below where Slack does not replace it: each of them is complete by itself.
 * `replace`: the message that held a pressed button. `beside`: a word beside that message. Slack's docs, Handling user
 * interaction: to replace through the URL of a press changes the message that held the button; so each use adds one,
 * and there is no placeholder, which nothing could take away again.
 */
export function urlSurface(
  clock: Clock,
  url: string,
  how: 'new' | 'replace' | 'beside',
  inBestForm: InBestForm,
): SlackSurface {
  let used = 0;
  const changes = how === 'new' ? COMMAND_CHANGES : URL_CHANGES;
  const mode = () => (how === 'beside' || (how === 'new' && used === 0) ? 'new' : 'replace');
  return {
    // The placeholder and the fillings stop one use short: the last form must always have its own.
    changesLeft: () => (how === 'beside' ? 0 : changes - used - 1),
    show: async (message) =>
      used < URL_CHANGES
        ? inBestForm(message, async (form) => {
            const sending = respond(clock, url, form, mode());
            // Counted before it is sent: what is shown meanwhile must replace it, not stand beside it.
            used++;
            const result = await sending;
            // A form that was refused for its blocks has shown nothing.
            if (isRefusedBlock(result)) used--;
            return result;
          })
        : { kind: 'closed', error: 'the uses for a first answer are spent' },
  };
}

/** A message of our own in a direct message: edited as often as is sensible. */
export function messageSurface(
  clock: Clock,
  client: SlackClient,
  at: NonNullable<Place['message']>,
  inBestForm: InBestForm,
): SlackSurface {
  const { channel, ts } = at;
  return {
    // Slack sets no limit but the pace of `chat.update`; the number is that of a response URL.
    changesLeft: () => URL_CHANGES,
    show: (message) =>
      inBestForm(message, (form) =>
        callSlackTwice(clock, () => client.chat.update({ channel, ts, ...content(form) })),
      ),
  };
}

/**
 * An answer to a direct message: a message of our own, posted first, edited from then on. A new message has no
 * idempotency key in Slack: it carries a mark that no reader sees, and is looked for when an earlier try may have got
 * through (`late`).
 */
export function replySurface(
  clock: Clock,
  client: SlackClient,
  place: Place,
  late: boolean,
  inBestForm: InBestForm,
): SlackSurface {
  const { channelId: channel, threadTs, questionId } = place;
  let at = place.message;
  let tried = late;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const mark = { event_type: ANSWER_MARK, event_payload: { job_id: questionId } };

  async function open(placeholder: SlackMessage): Promise<CallResult<Partial<Place>>> {
    if (at) return { kind: 'ok', value: { message: at } };
    if (tried) {
      const earlier = await findEarlierTry(client, clock, { channel, threadTs }, undefined, isIt);
      if (earlier.kind === 'retry') return earlier;
      // Without the scope for the history it is sent again: better twice than not at all.
      if (earlier.kind === 'ok') at = earlier.value;
    }
    tried = true;
    if (!at) {
      const sent = await inBestForm(placeholder, (form) =>
        callSlack(clock, async () =>
          posted.parse(
            await client.chat.postMessage({ channel, ...thread, ...content(form), metadata: mark }),
          ),
        ),
      );
      if (sent.kind !== 'ok') return sent;
      at = { channel: sent.value.channel, ts: sent.value.ts };
    }
    return { kind: 'ok', value: { message: at } };
  }

  const isIt = (payload: Readonly<Record<string, unknown>>) => payload.job_id === questionId;

  return {
    changesLeft: () => (at ? URL_CHANGES : 0),
    open,
    show: async (message) =>
      at ? messageSurface(clock, client, at, inBestForm).show(message) : open(message),
  };
}

/** A mention in a channel: only the asker sees it, in the thread; it cannot be changed once sent. */
export function ephemeralSurface(
  clock: Clock,
  client: SlackClient,
  place: Place,
  inBestForm: InBestForm,
): SlackSurface {
  const { channelId: channel, userId: user, threadTs } = place;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return {
    changesLeft: () => 0,
    show: (message) =>
      inBestForm(message, (form) =>
        callSlack(clock, () => client.chat.postEphemeral({ channel, user, ...thread, ...content(form) })),
      ),
  };
}

/** The id of the direct message with the person; empty where Slack does not tell. */
export async function directMessageWith(clock: Clock, client: SlackClient, userId: string): Promise<string> {
  const found = await callSlackTwice(clock, async () =>
    opened.parse(await client.conversations.open({ users: userId })),
  );
  return found.kind === 'ok' ? found.value.channel.id : '';
}

/**
 * A line in the direct message with the person, edited from then on. Without the ways that belong to where it was
 * asked. Needs `im:write`; the result is `closed` for somebody the bot cannot write to.
 */
export async function openDirectMessage(
  clock: Clock,
  client: SlackClient,
  { url: _url, threadTs: _thread, ...place }: Place,
  line: SlackMessage,
  inBestForm: InBestForm,
): Promise<CallResult<PrivateLine<Place, SlackMessage>>> {
  const conversation = await callSlackTwice(clock, async () =>
    opened.parse(await client.conversations.open({ users: place.userId })),
  );
  if (conversation.kind !== 'ok') return conversation;
  const mark = { event_type: ANSWER_MARK, event_payload: { job_id: place.questionId } };
  const message = { channel: conversation.value.channel.id, ...content(line), metadata: mark };
  const sent = await callSlack(clock, async () => posted.parse(await client.chat.postMessage(message)));
  if (sent.kind !== 'ok') return sent;
  const at = { channel: sent.value.channel, ts: sent.value.ts };
  const change = (changed: SlackMessage) => messageSurface(clock, client, at, inBestForm).show(changed);
  return { kind: 'ok', value: { ctx: { ...place, message: at }, change } };
}
