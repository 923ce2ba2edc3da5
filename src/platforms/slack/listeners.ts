import type { SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import { type Clock, endsWithin } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { QuestionHold, UsageService } from '../../usage/platform.ts';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import type { TaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { type Place, urlOf } from './address.ts';
import { ACTION_PREFIX, type SlackMessage } from './block-kit.ts';
import { COMMAND, type SlackChat } from './chat.ts';
import { chosen } from './controls.ts';
import { openHomeListeners } from './home-listeners.ts';
import { asksForForm, createListForm, LIST_FORM } from './list-form.ts';
import { isMeant, isQuestion } from './message-kinds.ts';
import { messageText, wholeText } from './message-text.ts';
import { readPress } from './pen.ts';
import { filesOf } from './shared-files.ts';
import type { TimedApp } from './timed-app.ts';
import type { SlackClient } from './web.ts';

/** Questions of their own, as the words that would ask them. */
const TOPIC_COMMANDS = [
  { command: '/esim-balance', words: 'balance' },
  { command: '/esim-devices', words: 'devices' },
] as const;
const SHORTCUT = 'check_esim_usage';
/**
 * A question is durable before it is acknowledged, as far as that can wait: a person sees Slack's own error where nothing comes within
 * three seconds.
 */
const DURABLE_WITHIN_MS = 1_500;

/** What stands behind the listeners. */
export interface ListenerParts extends Pick<TaskTracker, 'run' | 'persistently'> {
  readonly client: SlackClient;
  readonly chat: SlackChat;
  readonly usageService: UsageService;
  readonly knownTo: PlatformParts['knownTo'];
  readonly conversation: Conversation<Place, SlackMessage>;
  readonly clock: Clock;
  readonly log: Log;
  readonly ownTeamId: () => string;
  /** Of a list. */
  readonly mostBytes: number;
}

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
type MessageEvent = z.infer<typeof messageEvent>;
/** What stands around an event. The id is the same when Slack sends the event again. */
const envelope = z.object({ event_id: z.string(), team_id: z.string().optional() });
const delivered = envelope.extend({ event: messageEvent });
const pressedButton = z.object({ action_id: z.string(), value: z.string().default('') });
/** A button, or what was chosen from a menu (Slack's docs, block_actions payload). */
const pressedControl = z.union([
  z
    .object({ action_id: z.string(), selected_option: z.object({ value: z.string() }) })
    .transform(({ action_id: id, selected_option: { value } }) => chosen(id, value)),
  pressedButton.transform(({ action_id: actionId, value }) => ({ actionId, value })),
]);
/** Slack's docs, message shortcuts: the payload holds the message's text, so no history has to be read. */
const shortcutBody = z.object({
  trigger_id: z.string(),
  response_url: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  message: z.looseObject({ thread_ts: z.string().optional() }),
});
/** The part of a `block_actions` payload that the bot reads. */
const pressed = z.object({
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

/** A question as it came in, before anything is known of the person. */
interface Taken {
  readonly place: Place;
  readonly ask: Ask;
  readonly hold: Promise<QuestionHold | undefined>;
}

/** Every way a question comes in: made durable, acknowledged, then worked on. */
export function openListeners(app: TimedApp, parts: ListenerParts): void {
  const { conversation, clock, run } = parts;
  const listForm = createListForm(parts);
  /** Bolt acknowledges an event before a listener hears of it: what was taken by then waits here. */
  const taken = new WeakMap<object, Taken>();

  function take(unknown: Omit<Place, 'locale'>, ask: Ask): Taken {
    // Their language is found out later: it must not keep the acknowledgement waiting.
    const place = { ...unknown, locale: 'en' };
    const hold = conversation.accept(place, ask);
    hold.catch(() => undefined);
    return { place, ask, hold };
  }

  async function settled({ hold }: Taken): Promise<void> {
    await endsWithin(clock, hold, DURABLE_WITHIN_MS);
  }

  function work({ place, ask, hold }: Taken, answered: () => Promise<void> = async () => undefined): void {
    run(place.questionId, async () => {
      const held = await hold;
      // Slack sends events again, two sockets may get one envelope, a person presses twice.
      if (!held) return;
      await conversation.answer(place, ask, held);
      await answered();
    });
  }

  app.beforeAcknowledging = async (body) => {
    const { data } = delivered.safeParse(body);
    const question = data && questionOf(data.event, data);
    if (!question || typeof body !== 'object' || body === null) return;
    const one = take(question.place, question.ask);
    taken.set(body, one);
    await settled(one);
  };

  async function answerEvent(body: object): Promise<void> {
    const one = taken.get(body);
    if (one) work(one);
  }

  app.command(COMMAND, ({ ack, command }) => answerCommand(ack, command, command.text));
  for (const { command: name, words } of TOPIC_COMMANDS)
    app.command(name, ({ ack, command }) => answerCommand(ack, command, `${words} ${command.text}`));

  async function answerCommand(ack: () => Promise<void>, command: SlashCommand, text: string): Promise<void> {
    if (asksForForm(text)) {
      await ack();
      return run(command.trigger_id, () => listForm.open(command));
    }
    const one = take(
      {
        teamId: command.team_id,
        userId: command.user_id,
        channelId: command.channel_id,
        inDirectMessage: command.channel_name === 'directmessage',
        questionId: command.trigger_id,
        url: urlOf(command.response_url, clock.now()),
      },
      { kind: 'text', text },
    );
    await settled(one);
    await ack();
    work(one);
  }

  app.event('message', ({ body }) => answerEvent(body));
  app.event('app_mention', ({ body }) => answerEvent(body));

  /** Undefined for an event that asks nothing. */
  function questionOf(
    message: MessageEvent,
    { event_id: questionId, team_id: teamId }: z.infer<typeof envelope>,
  ): { readonly place: Omit<Place, 'locale'>; readonly ask: Ask } | undefined {
    const inDirectMessage = message.type === 'message' && message.channel_type === 'im';
    if (!inDirectMessage && message.type !== 'app_mention') return undefined;
    // Our own words come back as events, with a `bot_id`: to answer them would be a loop.
    const asked = inDirectMessage ? isQuestion(message) : isMeant(message);
    if (!asked || message.user === undefined) return undefined;
    const place = {
      teamId: message.user_team ?? message.team ?? teamId ?? parts.ownTeamId(),
      userId: message.user,
      channelId: message.channel,
      inDirectMessage,
      questionId,
      ...(message.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
    };
    // The mention itself is part of the text; its digits are no ICCID.
    const { typed, carried } = messageText(message);
    const text = inDirectMessage ? typed : typed.replace(/<@[A-Z0-9]+(\|[^>]*)?>/g, ' ');
    const ask = conversation.askOf(
      { typed: text, carried },
      filesOf(message),
      inDirectMessage ? undefined : 'text',
    );
    return { place, ask };
  }

  app.shortcut(SHORTCUT, async ({ ack, body }) => {
    const shortcut = shortcutBody.parse(body);
    const { thread_ts: threadTs } = shortcut.message;
    const one = take(
      {
        teamId: shortcut.user.team_id ?? shortcut.team?.id ?? parts.ownTeamId(),
        userId: shortcut.user.id,
        channelId: shortcut.channel.id,
        inDirectMessage: shortcut.channel.id.startsWith('D'),
        questionId: shortcut.trigger_id,
        url: urlOf(shortcut.response_url, clock.now()),
        ...(threadTs === undefined ? {} : { threadTs }),
      },
      conversation.askAbout(wholeText(shortcut.message), filesOf(shortcut.message)),
    );
    await settled(one);
    await ack();
    work(one);
  });

  app.view(LIST_FORM, async ({ ack, body }) => {
    const question = await listForm.questionOf(body);
    const one = take(question.place, question.ask);
    await settled(one);
    await ack();
    work(one);
  });

  app.action(new RegExp(`^${ACTION_PREFIX}:`), async ({ ack, action, body }) => {
    const { actionId, value } = pressedControl.parse(action);
    const press = pressed.parse(body);
    const { note: handle, ...rest } = readPress(actionId, value);
    const one = take(placeOfPress(press), { kind: 'press', press: { ...rest, handle } });
    await settled(one);
    await ack();
    work(one);
  });

  /** The conversation of the message that holds the button. Slack's ids say what it is: D is a direct message. */
  function placeOfPress({ container, ...press }: z.infer<typeof pressed>): Omit<Place, 'locale'> {
    const channelId = container.channel_id ?? '';
    const inDirectMessage = channelId.startsWith('D');
    const { message_ts: ts, is_ephemeral: ephemeral } = container;
    const editable = inDirectMessage && ephemeral !== true && ts !== undefined;
    return {
      teamId: press.user.team_id ?? press.team?.id ?? parts.ownTeamId(),
      userId: press.user.id,
      channelId,
      inDirectMessage,
      questionId: press.trigger_id,
      ...(press.response_url === undefined ? {} : { url: urlOf(press.response_url, clock.now()) }),
      ...(editable ? { message: { channel: channelId, ts } } : {}),
    };
  }

  openHomeListeners(app, {
    ...parts,
    async ask(place, text, answered) {
      const one = take(place, { kind: 'text', text });
      await settled(one);
      work(one, answered);
    },
  });
}
