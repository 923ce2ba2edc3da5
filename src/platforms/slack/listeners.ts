import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { QuestionHold, UsageService } from '../../usage/platform.ts';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import type { TaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import type { Place } from './address.ts';
import { ACTION_PREFIX, type SlackMessage } from './block-kit.ts';
import { COMMAND, type SlackChat } from './chat.ts';
import { openHomeListeners } from './home-listeners.ts';
import { asksForForm, createListForm, LIST_FORM } from './list-form.ts';
import { wholeText } from './message-text.ts';
import {
  askOfEvent,
  delivered,
  type NewPlace,
  placeOfCommand,
  placeOfEvent,
  placeOfPress,
  placeOfShortcut,
  pressedBody,
  pressedControl,
  shortcutBody,
} from './payloads.ts';
import { content, readPress } from './pen.ts';
import { filesOf } from './shared-files.ts';
import type { TimedApp } from './timed-app.ts';
import type { SlackClient } from './web.ts';

/** Each command, and the words that would ask the same after the first of them. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  [COMMAND, ''],
  ['/esim-balance', 'balance '],
  ['/esim-devices', 'devices '],
]);
/** Bolt runs through all listeners at each request: one for all commands. */
const ANY_COMMAND = new RegExp(`^(?:${[...COMMANDS.keys()].join('|')})$`);
const SHORTCUT = 'check_esim_usage';

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

/** A question as it came in, before anything is known of the person. */
interface Taken {
  readonly place: Place;
  readonly ask: Ask;
  readonly hold: Promise<QuestionHold | undefined>;
}

/** Every way a question comes in: answered with its acknowledgement, or made durable, acknowledged, then worked on. */
export function openListeners(app: TimedApp, parts: ListenerParts): void {
  const { conversation, clock, run } = parts;
  const listForm = createListForm(parts);
  /** Bolt acknowledges an event before a listener hears of it: what was taken by then waits here. */
  const taken = new WeakMap<object, Taken>();

  function take(unknown: NewPlace, ask: Ask): Taken {
    // Their language is found out later: it must not keep the acknowledgement waiting.
    const place = { ...unknown, locale: 'en' };
    const hold = conversation.accept(place, ask);
    hold.catch(() => undefined);
    return { place, ask, hold };
  }

  async function settled({ hold }: Taken): Promise<void> {
    await hold.catch(() => undefined);
  }

  function work({ place, ask, hold }: Taken, answered: () => Promise<void> = async () => undefined): void {
    run(place.questionId, async () => {
      const held = await hold;
      // Slack sends events again, two sockets may get one envelope, a person presses twice.
      if (!held) return;
      await app.afterAcknowledgements();
      await conversation.answer(place, ask, held);
      await answered();
    });
  }

  app.beforeAcknowledging = async (body) => {
    const { data } = delivered.safeParse(body);
    const place = data && placeOfEvent(data, parts.ownTeamId());
    if (!place || typeof body !== 'object' || body === null) return;
    const one = take(place, askOfEvent(data.event, conversation.askOf));
    taken.set(body, one);
    await settled(one);
  };

  async function answerEvent(body: object): Promise<void> {
    const one = taken.get(body);
    if (one) work(one);
  }

  app.command(ANY_COMMAND, async ({ ack, command, body }) => {
    const text = `${COMMANDS.get(command.command) ?? ''}${command.text}`;
    if (asksForForm(text)) {
      await ack();
      return run(command.trigger_id, () => listForm.open(command));
    }
    const place = placeOfCommand(command, clock.now());
    const ask = { kind: 'text', text } as const;
    const ready = await conversation.ready({ ...place, locale: 'en' }, ask);
    // Slack says nothing of a block that it refuses in an acknowledgement.
    const said = ready !== undefined && ready.message.plainer === undefined;
    if (said) {
      await ack({ ...content(ready.message), response_type: 'ephemeral' });
      if (!app.isUnheard(body)) return ready.given();
    }
    const one = take(place, ask);
    await settled(one);
    if (!said) await ack();
    work(one);
  });

  app.event('message', ({ body }) => answerEvent(body));
  app.event('app_mention', ({ body }) => answerEvent(body));

  app.shortcut(SHORTCUT, async ({ ack, body }) => {
    const shortcut = shortcutBody.parse(body);
    const one = take(
      placeOfShortcut(shortcut, parts.ownTeamId(), clock.now()),
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
    const place = placeOfPress(pressedBody.parse(body), parts.ownTeamId(), clock.now());
    const { note: handle, ...rest } = readPress(actionId, value);
    const one = take(place, { kind: 'press', press: { ...rest, handle } });
    await settled(one);
    await ack();
    work(one);
  });

  openHomeListeners(app, {
    ...parts,
    async ask(place, text, answered) {
      const one = take(place, { kind: 'text', text });
      await settled(one);
      work(one, answered);
    },
  });
}
