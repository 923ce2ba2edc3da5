import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import { answersApart } from '../chat/presses.ts';
import { entryIdOf, type Place } from './address.ts';
import { COMMAND } from './chat.ts';
import { pressOf } from './controls.ts';
import type { Deed, DeedReader } from './deed.ts';
import type { FileShelf } from './files.ts';
import type { Look, PageMessage } from './message.ts';
import { ROOMS, YOU } from './rooms.ts';
import type { Timeline } from './timeline.ts';

/** What stands behind the page. */
export interface ListenerParts {
  readonly conversation: Conversation<Place, PageMessage>;
  readonly timeline: Timeline;
  readonly files: FileShelf;
  readonly clock: Clock;
  /** A warning of Airalo's, as it would come by webhook. */
  readonly fireAlert: () => Promise<void>;
  /** Runs the work of one question to its end, whatever becomes of it; `stop` waits for it. */
  readonly run: (requestId: string, work: () => Promise<void>) => void;
}

/** `/esim-usage …`, and the shorter commands that are questions of their own. */
const COMMANDS = new RegExp(`^(?:${COMMAND}|/esim-(balance|devices))(?:\\s+(.*))?$`, 's');
const MENTION = /@esim-usage-bot\b/gi;

/** Every way a question comes in: as a service's events do, it is accepted first and then worked on. */
export function createListeners(parts: ListenerParts): (deed: Deed) => Promise<void> {
  const { conversation, timeline, files, clock, run } = parts;

  async function ask(channelId: string, reader: DeedReader, asked: Ask, entryId?: string): Promise<void> {
    const questionId = randomUUID();
    const { locale, timeZone } = reader;
    const place = {
      ...{ questionId, userId: YOU, channelId, locale, entryId: entryId ?? entryIdOf(questionId) },
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    const hold = await conversation.accept(place, asked);
    if (hold) run(questionId, () => conversation.answer(place, asked, hold));
  }

  function spoken(room: string, text: string): void {
    const at = clock.now();
    timeline.put({ id: randomUUID(), room, author: 'you', at, isPrivate: false, text });
  }

  async function say({ room, look, text, ...reader }: Extract<Deed, { kind: 'say' }>): Promise<void> {
    const asked = askOf(room, look, text.trim());
    // A command is seen by nobody: here at least by whoever typed it.
    spoken(room, text.trim());
    if (asked) await ask(room, reader, asked);
  }

  /** As the services hear it: commands everywhere, anything in the direct message, elsewhere only a mention. */
  function askOf(room: string, look: Look, text: string): Ask | undefined {
    const command = COMMANDS.exec(text);
    if (command) return { kind: 'text', text: [command[1], command[2]].filter(Boolean).join(' ') };
    if (room === ROOMS.bot) return conversation.askOf(typed(text), [], undefined);
    const without = text.replace(MENTION, ' ');
    // Slack answers a mention for the asker alone; Discord cannot, and offers a button.
    return without === text
      ? undefined
      : conversation.askOf(typed(without), [], look === 'slack' ? 'text' : 'mention');
  }

  async function press({ entry: id, look, control, value, ...reader }: Extract<Deed, { kind: 'press' }>) {
    const entry = timeline.get(id);
    if (!entry) return;
    const pressed = pressOf(look, control, value);
    // A press on a card edits the card; what answers apart gets an entry of its own.
    const own = answersApart(pressed.kind) ? undefined : entry.id;
    await ask(entry.room, reader, { kind: 'press', press: pressed }, own);
  }

  async function upload({ name, type, base64, ...reader }: Extract<Deed, { kind: 'upload' }>): Promise<void> {
    const file = files.put(name, type, Buffer.from(base64, 'base64'));
    spoken(ROOMS.bot, `[file] ${name}`);
    await ask(ROOMS.bot, reader, conversation.askOf(typed(''), [file], undefined));
  }

  return async (deed) => {
    switch (deed.kind) {
      case 'say':
        return say(deed);
      case 'press':
        return press(deed);
      case 'check': {
        const entry = timeline.get(deed.entry);
        return entry && ask(entry.room, deed, { kind: 'message', text: entry.text ?? '' });
      }
      case 'upload':
        return upload(deed);
      case 'alert':
        return parts.fireAlert();
      default:
        return deed satisfies never;
    }
  };
}

const typed = (text: string) => ({ typed: text, carried: '' });
