import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../log.ts';
import type { AlertBoard, AlertSending, BoardResult } from '../../usage/alert-board.ts';
import { boardResult, createAlertBoard } from '../chat/alert-board.ts';
import { type Found, findEarlierTry, hasHandle } from './earlier-try.ts';
import type { DiscordMessage } from './embed.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { discordPen } from './pen.ts';
import type { DiscordRest, DiscordResult } from './rest.ts';

/** A week, the longest: the next message opens the thread again. */
const ARCHIVE_AFTER_MINUTES = 10_080;
/** Discord's docs, JSON error codes; the other three codes below stand there, too. */
const UNKNOWN_MESSAGE = 10_008;
const UNKNOWN_CHANNEL = 10_003;
/** Messages older than an hour may only be edited so often. */
const TOO_MANY_OLD_EDITS = 30_046;
const THREAD_IS_THERE = 160_004;
const REMEDY =
  'Check DISCORD_ALERT_CHANNEL and give the bot View Channel, Send Messages, Embed Links, Read Message History, ' +
  'Create Public Threads and Send Messages in Threads there';

const created = z.object({ id: z.string() });
const place = z.object({ messageId: z.string(), threadId: z.string().exactOptional() });
type Parent = z.infer<typeof place>;

/** What the alert channel needs. */
export interface AlertBoardParts {
  readonly rest: DiscordRest;
  readonly channelId: string;
  /** A channel has no language of its own. */
  readonly locale: string;
  readonly log: Log;
}

/** The alert channel in Discord: parent messages that are edited, a thread started from each. */
export function createDiscordAlertBoard({ rest, channelId, locale, log }: AlertBoardParts): AlertBoard {
  /**
   * Posts once. A nonce holds for minutes; where a longer time lies between (`suspectedAt`), the channel is searched
   * first.
   */
  async function send(
    where: string,
    message: DiscordMessage,
    { mark, suspectedAt }: AlertSending,
    isIt: (one: Found) => boolean,
  ): Promise<DiscordResult<string>> {
    if (suspectedAt !== undefined) {
      const earlier = await findEarlierTry(rest, where, suspectedAt, isIt);
      if (earlier.kind === 'retry') return earlier;
      if (earlier.kind === 'ok' && earlier.value !== undefined) return { kind: 'ok', value: earlier.value };
      // Without a look it is sent again: an alert twice is better than none.
      if (earlier.kind === 'closed')
        log.warn({ error: earlier.error }, 'The alert channel could not be searched for an earlier try');
    }
    const body = { ...message, nonce: mark.slice(-DISCORD_LIMITS.nonce), enforce_nonce: true };
    return rest.call(async (by) => created.parse(await by.post(Routes.channelMessages(where), { body })).id);
  }

  /** It has the id of the message it was started from, also when it was started by an earlier try. */
  async function threadOf(parent: Parent, name: string): Promise<DiscordResult<string>> {
    if (parent.threadId !== undefined) return { kind: 'ok', value: parent.threadId };
    const body = { name, auto_archive_duration: ARCHIVE_AFTER_MINUTES };
    const result = await rest.call(
      async (by) => created.parse(await by.post(Routes.threads(channelId, parent.messageId), { body })).id,
    );
    const there = result.kind === 'closed' && result.code === THREAD_IS_THERE;
    return there ? { kind: 'ok', value: parent.messageId } : result;
  }

  return createAlertBoard({
    platform: 'discord',
    locale,
    pen: discordPen,
    parent: place,
    async post(message, sending) {
      const sent = await send(channelId, message, sending, hasHandle(sending.handle));
      return resultOf(sent, (messageId): Parent => ({ messageId }));
    },
    async edit(parent, body) {
      const path = Routes.channelMessage(channelId, parent.messageId);
      return resultOf(await rest.call((by) => by.patch(path, { body })), () => parent);
    },
    async tell(parent, line, sending, title) {
      const thread = await threadOf(parent, title);
      if (thread.kind === 'retry' || (thread.kind === 'closed' && thread.code === UNKNOWN_MESSAGE))
        return resultOf(thread, () => parent);
      const isIt = ({ content }: Found) => content === line.content;
      if (thread.kind === 'ok') {
        const sent = await send(thread.value, line, sending, isIt);
        const deleted = sent.kind === 'closed' && sent.code === UNKNOWN_CHANNEL;
        if (!deleted) return resultOf(sent, (): Parent => ({ ...parent, threadId: thread.value }));
      } else log.warn({ error: thread.error, remedy: REMEDY }, 'No thread could be started from an alert');
      // Where no thread can be had, the line answers its parent in the channel.
      const reference = { message_id: parent.messageId, fail_if_not_exists: false };
      const sent = await send(channelId, { ...line, message_reference: reference }, sending, isIt);
      return resultOf(sent, () => parent);
    },
    async say(message, sending) {
      const sent = await send(channelId, message, sending, () => false);
      return resultOf(sent, (messageId): Parent => ({ messageId }));
    },
  });
}

function resultOf<T>(result: DiscordResult<T>, placeOf: (value: T) => Parent): BoardResult {
  if (result.kind === 'ok') return { kind: 'ok', place: placeOf(result.value) };
  if (result.kind === 'closed' && result.code === TOO_MANY_OLD_EDITS)
    return { kind: 'retry', error: 'too many edits of an old message' };
  return boardResult(result, {
    platform: 'discord',
    remedy: REMEDY,
    isGone: ({ code }) => code === UNKNOWN_MESSAGE,
  });
}
