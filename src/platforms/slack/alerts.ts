import { z } from 'zod';
import { alertCard, alertEntryLine, operatorNoticeLines } from '../../cards/alert-card.ts';
import type { Clock } from '../../clock.ts';
import type { AlertFace } from '../../domain/alert.ts';
import type { Log } from '../../log.ts';
import type { AlertBoard, AlertSending, BoardResult } from '../../usage/alert-board.ts';
import { type SlackMessage, slackMessage, slackNotice } from './block-kit.ts';
import { findEarlierTry } from './earlier-try.ts';
import { content } from './pen.ts';
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
  const viewer = { platform: 'slack', locale };
  const faceMessage = (face: AlertFace, handle: string) =>
    slackMessage([{ card: alertCard(face, viewer), handle: `${handle}|0|` }], viewer);

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

  return {
    post: (face, sending) => send(faceMessage(face, sending.handle), sending),
    async edit(at, face, handle) {
      const known = place.safeParse(at).data;
      // A place of another form, such as an older version's, leads to no message any more than a deleted one.
      if (!known) return { kind: 'gone' };
      const message = content(faceMessage(face, handle));
      const result = await callSlack(clock, () => client.chat.update({ ...known, ...message }));
      return resultOf(result, () => known);
    },
    async tell(at, _face, entry, sending) {
      const known = place.safeParse(at).data;
      if (!known) return { kind: 'gone' };
      return send(slackNotice([alertEntryLine(entry, viewer)], viewer), sending, known);
    },
    // Without a time to look from: a word about the bot itself may come twice after a crash, an alert should not.
    notify: (notice, mark) =>
      send(slackNotice(operatorNoticeLines(notice, locale), viewer), { handle: '', mark }),
  };
}

/** A call as the board's worker treats it: a deleted parent apart from a channel that refuses everything. */
function resultOf<T>(result: SlackResult<T>, placeOf: (value: T) => unknown): BoardResult {
  switch (result.kind) {
    case 'ok':
      return { kind: 'ok', place: placeOf(result.value) };
    case 'retry':
      return result;
    case 'closed':
      if (GONE.includes(result.error)) return { kind: 'gone' };
      return {
        kind: 'closed',
        reason: `slack: ${result.error}`,
        remedy: 'Check SLACK_ALERT_CHANNEL and invite the bot to that channel',
      };
    case 'operator':
      if (result.refusesToken) return { kind: 'retry', error: result.error };
      return { kind: 'closed', reason: `slack: ${result.error}`, remedy: result.remedy };
    default:
      return result satisfies never;
  }
}
