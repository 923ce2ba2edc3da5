import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AlertBoard, AlertSending, BoardResult } from '../../usage/alert-board.ts';
import { boardResult, createAlertBoard } from '../chat/alert-board.ts';
import type { SlackMessage } from './block-kit.ts';
import { findEarlierTry } from './earlier-try.ts';
import { content, slackPen } from './pen.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** What the alert channel needs. */
export interface AlertBoardParts {
  readonly client: SlackClient;
  /** An id, or a name with `#`: Slack takes both for a new message and answers with the id. */
  readonly channel: string;
  /** A channel has no language of its own. */
  readonly locale: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Marks a message of ours in the channel's history. */
const METADATA_TYPE = 'esim_usage_alert';
/** The parent was deleted by somebody. */
const GONE = ['message_not_found', 'thread_not_found'];

const place = z.object({ channel: z.string(), ts: z.string() });

/** The alert channel in Slack: parent messages that are edited, threads below them. */
export function createSlackAlertBoard({ client, channel, locale, clock, log }: AlertBoardParts): AlertBoard {
  /**
   * Posts once. Where an earlier attempt may have got through (`suspectedAt`), the history is searched for its mark
   * first: `chat.postMessage` knows no idempotency key (Slack's docs). With `parent` it becomes a line of that
   * thread.
   */
  async function send(
    message: SlackMessage,
    { mark, suspectedAt }: AlertSending,
    parent?: z.infer<typeof place>,
  ): Promise<BoardResult> {
    const where = parent ? { channel: parent.channel, threadTs: parent.ts } : { channel };
    const earlier =
      suspectedAt === undefined
        ? undefined
        : await findEarlierTry(client, clock, where, suspectedAt, (payload) => payload.mark === mark);
    if (earlier?.kind === 'retry') return earlier;
    if (earlier?.kind === 'ok' && earlier.value) return { kind: 'ok', place: parent ?? earlier.value };
    // Without the scope for the history it is sent again: twice rather than never.
    if (earlier && earlier.kind !== 'ok') {
      const remedy = 'Give the app channels:history, or groups:history for a private channel';
      log.warn(
        { error: earlier.error, remedy },
        'The alert channel could not be searched for an earlier try',
      );
    }
    const thread = parent ? { thread_ts: parent.ts } : {};
    const result = await callSlack(clock, async () =>
      place.parse(
        await client.chat.postMessage({
          channel: parent?.channel ?? channel,
          ...thread,
          ...content(message),
          metadata: { event_type: METADATA_TYPE, event_payload: { mark } },
          unfurl_links: false,
          unfurl_media: false,
        }),
      ),
    );
    return resultOf(result, (at) => parent ?? at);
  }

  return createAlertBoard({
    platform: 'slack',
    locale,
    pen: slackPen,
    parent: place,
    post: (message, sending) => send(message, sending),
    async edit(parent, message) {
      const result = await callSlack(clock, () => client.chat.update({ ...parent, ...content(message) }));
      return resultOf(result, () => parent);
    },
    tell: (parent, line, sending) => send(line, sending, parent),
    say: (message, sending) => send(message, sending),
  });
}

function resultOf<T>(result: SlackResult<T>, placeOf: (value: T) => unknown): BoardResult {
  if (result.kind === 'ok') return { kind: 'ok', place: placeOf(result.value) };
  return boardResult(result, {
    platform: 'slack',
    remedy: 'Check SLACK_ALERT_CHANNEL and invite the bot to that channel',
    isGone: ({ error }) => GONE.includes(error),
  });
}
