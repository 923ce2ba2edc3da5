import type { SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import { type Place, urlOf } from './address.ts';
import type { SlackMessage } from './block-kit.ts';
import { chosen } from './controls.ts';
import { isMeant, isQuestion } from './message-kinds.ts';
import { messageText } from './message-text.ts';
import { filesOf } from './shared-files.ts';

/** The part of `message` and `app_mention` events that the bot reads (Slack's docs, message event). */
const messageEvent = z.looseObject({
  type: z.string(),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
});
/** See `messageEvent`. */
export type MessageEvent = z.infer<typeof messageEvent>;
/** What stands around an event. The id is the same when Slack sends the event again. */
const envelope = z.object({ event_id: z.string(), team_id: z.string().optional() });
/** An event as it comes in. */
export const delivered = envelope.extend({ event: messageEvent });
const pressedButton = z.object({ action_id: z.string(), value: z.string().default('') });
/** A button, or what was chosen from a menu (Slack's docs, block_actions payload). */
export const pressedControl = z.union([
  z
    .object({ action_id: z.string(), selected_option: z.object({ value: z.string() }) })
    .transform(({ action_id: id, selected_option: { value } }) => chosen(id, value)),
  pressedButton.transform(({ action_id: actionId, value }) => ({ actionId, value })),
]);
/** Slack's docs, message shortcuts: the payload holds the message's text, so no history has to be read. */
export const shortcutBody = z.object({
  trigger_id: z.string(),
  response_url: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  message: z.looseObject({ thread_ts: z.string().optional() }),
});
/** The part of a `block_actions` payload that the bot reads. */
export const pressedBody = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  container: z.object({
    type: z.string(),
    channel_id: z.string().optional(),
    message_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
});

/** Who asks and where, before anything is known of the person. */
export type NewPlace = Omit<Place, 'locale'>;

/** Of a slash command; `now`, epoch ms: its response URL lives from then on. */
export function placeOfCommand(command: SlashCommand, now: number): NewPlace {
  return {
    teamId: command.team_id,
    userId: command.user_id,
    channelId: command.channel_id,
    inDirectMessage: command.channel_name === 'directmessage',
    questionId: command.trigger_id,
    url: urlOf(command.response_url, now),
  };
}

/** Undefined for an event that asks nothing. */
export function placeOfEvent(
  { event, event_id: questionId, team_id: teamId }: z.infer<typeof delivered>,
  ownTeamId: string,
): NewPlace | undefined {
  const inDirectMessage = isDirectMessage(event);
  if (!inDirectMessage && event.type !== 'app_mention') return undefined;
  // Our own words come back as events, with a `bot_id`: to answer them would be a loop.
  const asked = inDirectMessage ? isQuestion(event) : isMeant(event);
  if (!asked || event.user === undefined) return undefined;
  return {
    teamId: event.user_team ?? event.team ?? teamId ?? ownTeamId,
    userId: event.user,
    channelId: event.channel,
    inDirectMessage,
    questionId,
    ...(event.thread_ts === undefined ? {} : { threadTs: event.thread_ts }),
  };
}

/** What an event that asks something asks. */
export function askOfEvent(event: MessageEvent, askOf: Conversation<Place, SlackMessage>['askOf']): Ask {
  const inDirectMessage = isDirectMessage(event);
  const { typed, carried } = messageText(event);
  // The mention itself is part of the text; its digits are no ICCID.
  const text = inDirectMessage ? typed : typed.replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, ' ');
  return askOf({ typed: text, carried }, filesOf(event), inDirectMessage ? undefined : 'text');
}

function isDirectMessage({ type, channel_type: channelType }: MessageEvent): boolean {
  return type === 'message' && channelType === 'im';
}

/** Where the message stands that the shortcut was used on. */
export function placeOfShortcut(
  { user, team, channel, ...shortcut }: z.infer<typeof shortcutBody>,
  ownTeamId: string,
  now: number,
): NewPlace {
  const { thread_ts: threadTs } = shortcut.message;
  return {
    teamId: user.team_id ?? team?.id ?? ownTeamId,
    userId: user.id,
    channelId: channel.id,
    inDirectMessage: channel.id.startsWith('D'),
    questionId: shortcut.trigger_id,
    url: urlOf(shortcut.response_url, now),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
}

/** The conversation of the message that holds the button. Slack's ids say what it is: D is a direct message. */
export function placeOfPress(
  { container, ...press }: z.infer<typeof pressedBody>,
  ownTeamId: string,
  now: number,
): NewPlace {
  const channelId = container.channel_id ?? '';
  const inDirectMessage = channelId.startsWith('D');
  const { message_ts: ts, is_ephemeral: ephemeral } = container;
  const editable = inDirectMessage && ephemeral !== true && ts !== undefined;
  return {
    teamId: press.user.team_id ?? press.team?.id ?? ownTeamId,
    userId: press.user.id,
    channelId,
    inDirectMessage,
    questionId: press.trigger_id,
    ...(press.response_url === undefined ? {} : { url: urlOf(press.response_url, now) }),
    ...(editable ? { message: { channel: channelId, ts } } : {}),
  };
}
