import type { App, SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { findIccids } from '../../domain/iccid.ts';
import { askedWith, readQuestion } from '../../inquiries/question.ts';
import type { Log } from '../../ops/log.ts';
import type { UsageDesk } from '../../usage/platform.ts';
import type { Patience } from '../question-runs.ts';
import { type createActions, kindOfAction, pressed } from './actions.ts';
import { askerOf, type Place } from './address.ts';
import type { Answering } from './answering.ts';
import type { AccessDesk } from './asker.ts';
import { ACTION_PREFIX } from './block-kit.ts';
import { createConversations } from './conversations.ts';
import { HOME_CANCEL, HOME_WATCHES, publishHome } from './home.ts';
import type { ListDoor } from './lists.ts';
import { isMeant, isQuestion } from './message-kinds.ts';
import { messageText, wholeText } from './message-text.ts';
import { filesOf, inspectFiles } from './shared-files.ts';
import { ephemeralSurface, urlSurface } from './surface.ts';
import type { SlackClient } from './web.ts';

const COMMAND = '/esim-usage';
/** Questions of their own, as the words that would ask them. */
const TOPIC_COMMANDS = [
  { command: '/esim-balance', words: 'balance' },
  { command: '/esim-devices', words: 'devices' },
] as const;
const SHORTCUT = 'check_esim_usage';

/** What stands behind the doors. */
export interface DoorParts {
  readonly client: SlackClient;
  readonly desk: UsageDesk;
  readonly access: AccessDesk;
  readonly answering: Answering;
  readonly lists: ListDoor;
  readonly press: ReturnType<typeof createActions>;
  readonly patiently: Patience;
  readonly clock: Clock;
  readonly log: Log;
  readonly ownTeamId: () => string;
  /** Runs the work of one question to its end, whatever becomes of it; `stop` waits for it. */
  readonly run: (requestId: string, work: () => Promise<void>) => void;
}

/** Slack sends an event again for some five minutes; a person's double press comes at once. */
const CLAIM_MS = 60 * 60 * 1000;

/** The part of `message` and `app_mention` events that the bot reads (Slack's docs, message event). */
const messageEvent = z.object({
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
/** What stands around an event. The id is the same when Slack sends the event again. */
const envelope = z.object({ event_id: z.string(), team_id: z.string().optional() });
const pressedButton = z.object({ action_id: z.string(), value: z.string().default('') });
/** Slack's docs, message shortcuts: the payload holds the message's text, so no history has to be read. */
const shortcutBody = z.object({
  trigger_id: z.string(),
  response_url: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  message: z.looseObject({ thread_ts: z.string().optional() }),
});

/** Every way a question comes in. Acknowledged first, then worked on. */
export function openDoors(app: App, parts: DoorParts): void {
  const { client, desk, access, answering, lists, clock, run } = parts;
  const conversations = createConversations(parts);

  /** Adds what Slack tells about the person; their language decides the words. */
  async function placed(place: Omit<Place, 'locale' | 'timeZone'>): Promise<Place> {
    const person = await access.person(place.teamId, place.userId);
    const timeZone = person?.timeZone === undefined ? {} : { timeZone: person.timeZone };
    const teamId = person?.teamId ?? place.teamId;
    return { ...place, teamId, locale: person?.locale ?? 'en', ...timeZone };
  }

  function placeOfMessage(
    message: z.infer<typeof messageEvent>,
    userId: string,
    body: unknown,
    inDirectMessage: boolean,
  ): Promise<Place> {
    const { event_id: questionId, team_id: teamId } = envelope.parse(body);
    return placed({
      teamId: message.user_team ?? message.team ?? teamId ?? parts.ownTeamId(),
      userId,
      channelId: message.channel,
      inDirectMessage,
      questionId,
      ...(message.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
    });
  }

  /** True for the first, on any process, who sees this question. */
  function claimed(id: string): Promise<boolean> {
    return desk.claim(`slack:${id}`, CLAIM_MS);
  }

  // Slack does not send a command or a press again; a person presses twice, and two sockets may get one envelope.
  app.command(COMMAND, ({ ack, command }) => answerCommand(ack, command, command.text));
  for (const { command: name, words } of TOPIC_COMMANDS)
    app.command(name, ({ ack, command }) => answerCommand(ack, command, `${words} ${command.text}`));

  async function answerCommand(ack: () => Promise<void>, command: SlashCommand, text: string): Promise<void> {
    await ack();
    run(command.trigger_id, async () => {
      if (!(await claimed(command.trigger_id))) return;
      const place = await placed({
        teamId: command.team_id,
        userId: command.user_id,
        channelId: command.channel_id,
        inDirectMessage: command.channel_name === 'directmessage',
        questionId: command.trigger_id,
        responseUrl: command.response_url,
      });
      // Works where the bot is no member too: the URL needs no membership.
      const surface = urlSurface(clock, command.response_url, 'new');
      await answering.answerText(place, text, surface);
    });
  }

  app.event('message', async ({ event, body }) => {
    const message = messageEvent.parse(event);
    // Our own words come back as events, with a `bot_id`: to answer them would be a loop.
    if (!isQuestion(message) || message.user === undefined) return;
    const { event_id: eventId } = envelope.parse(body);
    const { user: userId } = message;
    run(eventId, async () => {
      if (!(await claimed(eventId))) return;
      const place = await placeOfMessage(message, userId, body, true);
      await conversations.answer(place, askedWith(messageText(event)), filesOf(event));
    });
  });

  app.event('app_mention', async ({ event, body }) => {
    const message = messageEvent.parse(event);
    if (!isMeant(message) || message.user === undefined) return;
    const { event_id: eventId } = envelope.parse(body);
    const { user: userId } = message;
    run(eventId, async () => {
      if (!(await claimed(eventId))) return;
      const place = await placeOfMessage(message, userId, body, false);
      // The mention itself is part of the text; its digits are no ICCID.
      const { typed, carried } = messageText(event);
      const asked = askedWith({ typed: typed.replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, ' '), carried });
      const surface = ephemeralSurface(clock, client, place);
      const files = await inspectFiles(clock, client, filesOf(event));
      const asList = lists.concerns(files, readQuestion(asked.text).kind !== 'none');
      await (asList
        ? lists.answerInChannel(place, surface)
        : conversations.answerAsked(place, asked, surface));
    });
  });

  app.shortcut(SHORTCUT, async ({ ack, body }) => {
    await ack();
    const shortcut = shortcutBody.parse(body);
    run(shortcut.trigger_id, async () => {
      if (!(await claimed(shortcut.trigger_id))) return;
      const thread = shortcut.message.thread_ts === undefined ? {} : { threadTs: shortcut.message.thread_ts };
      const place = await placed({
        teamId: shortcut.user.team_id ?? shortcut.team?.id ?? parts.ownTeamId(),
        userId: shortcut.user.id,
        channelId: shortcut.channel.id,
        inDirectMessage: shortcut.channel.id.startsWith('D'),
        questionId: shortcut.trigger_id,
        responseUrl: shortcut.response_url,
        ...thread,
      });
      const surface = urlSurface(clock, shortcut.response_url, 'new');
      const text = wholeText(shortcut.message);
      const files = await inspectFiles(clock, client, filesOf(shortcut.message));
      const asList = lists.concerns(files, findIccids(text).length > 0);
      await (asList
        ? conversations.answerListFrom(place, files, surface)
        : answering.answerMessage(place, text, surface));
    });
  });

  app.action(new RegExp(`^${ACTION_PREFIX}:`), async ({ ack, action, body }) => {
    await ack();
    const button = pressedButton.parse(action);
    const press = pressed.parse(body);
    const { container } = press;
    run(press.trigger_id, async () => {
      if (!(await claimed(press.trigger_id))) return;
      // The conversation of the message that holds the button. Slack's ids say what it is: D is a direct message.
      const channelId = container.channel_id ?? '';
      const inDirectMessage = channelId.startsWith('D');
      const ts = container.message_ts;
      const place = await placed({
        teamId: press.user.team_id ?? press.team?.id ?? parts.ownTeamId(),
        userId: press.user.id,
        channelId,
        inDirectMessage,
        questionId: press.trigger_id,
        ...(press.response_url === undefined ? {} : { responseUrl: press.response_url }),
        ...(inDirectMessage && ts !== undefined ? { message: { channel: channelId, ts } } : {}),
      });
      await parts.press(kindOfAction(button.action_id), button.value, place, press);
    });
  });

  app.event('app_home_opened', async ({ event, body }) => {
    // Opening the bot's messages is told by the same event.
    if (event.tab !== 'home') return;
    const { event_id: eventId, team_id: teamId } = envelope.parse(body);
    run(eventId, () => showHome(teamId ?? parts.ownTeamId(), event.user, event.channel, eventId));
  });

  app.action(HOME_CANCEL, async ({ ack, action, body }) => {
    await ack();
    const { value: jobId } = pressedButton.parse(action);
    const teamId = body.user.team_id ?? body.team?.id ?? parts.ownTeamId();
    const userId = body.user.id;
    run(jobId, async () => {
      const person = await access.person(teamId, userId);
      await desk.cancel(jobId, askerOf({ teamId: person?.teamId ?? teamId, userId }));
      // What is left is shown at once: the view does not change by itself.
      await showHome(teamId, userId, '', jobId);
    });
  });

  app.action(new RegExp(`^${HOME_WATCHES}:`), async ({ ack, action, body }) => {
    await ack();
    const { value: words } = pressedButton.parse(action);
    const teamId = body.user.team_id ?? body.team?.id ?? parts.ownTeamId();
    run(words, () => showHome(teamId, body.user.id, '', words, words));
  });

  /** `words`: what was said to the list of watches there. */
  async function showHome(
    teamId: string,
    userId: string,
    channelId: string,
    requestId: string,
    words = '',
  ): Promise<void> {
    const place = await placed({ teamId, userId, channelId, inDirectMessage: true, questionId: requestId });
    const refusal = await answering.refusalFor(place);
    const watches = refusal ? undefined : await answering.watchesOf(place, words);
    const result = await publishHome({ client, desk, clock }, place, refusal?.blocks, watches);
    if (result.kind !== 'ok')
      parts.log.warn({ requestId, result: result.kind }, 'App Home could not be filled');
  }
}
