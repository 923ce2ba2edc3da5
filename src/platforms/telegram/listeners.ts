import type { CallbackQuery, Message, Update, User } from 'grammy/types';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import { findIccids } from '../../domain/iccid.ts';
import type { Log } from '../../log.ts';
import type { QuestionHold, UsageService } from '../../usage/platform.ts';
import { type Ask, readAsk } from '../chat/ask.ts';
import { CARD_KEPT_MS, recallCard } from '../chat/card-note.ts';
import type { Conversation } from '../chat/conversation.ts';
import { answersApart } from '../chat/presses.ts';
import { messageKeyOf } from '../chat/seam.ts';
import type { AccessControl } from './access.ts';
import { addressOf, type Place, placeOfMessage, textOf, threadOf } from './address.ts';
import type { TelegramApi } from './api.ts';
import {
  fileAddress,
  invitation,
  postInGroup,
  privateSurface,
  type QueryAnswers,
  type TelegramChat,
} from './chat.ts';
import { wordOfCommand } from './commands.ts';
import { readButton, type TelegramMessage } from './pen.ts';

/** What stands behind the listeners. */
export interface ListenerParts {
  readonly api: TelegramApi;
  readonly chat: TelegramChat;
  readonly conversation: Conversation<Place, TelegramMessage>;
  readonly usageService: UsageService;
  readonly access: AccessControl;
  readonly queries: QueryAnswers;
  /** The bot's own name, without the `@`. */
  readonly botName: () => string;
  /** Remembered for mentions: Telegram draws a person by the name that the message gives. */
  readonly noteName: (user: User) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Runs the work of one question to its end, whatever becomes of it; `stop` waits for it. */
  readonly run: (requestId: string, work: () => Promise<void>) => void;
}

/** The button stops turning then, whatever is still under way. */
const QUERY_ANSWERED_AFTER_MS = 1_500;

/**
 * A question that waits for its asker to open the private chat, behind the id of a deep link. Kept as long as a
 * card's buttons work.
 */
const waiting = z.object({
  ask: z.unknown(),
  channelId: z.string(),
  threadId: z.string().optional(),
});
type Asked = { readonly ask: Ask; readonly home?: z.infer<typeof waiting> };

/**
 * Every way a question comes in. The promise resolves once the question is durable: only then is its update
 * confirmed, and what comes twice is known by its id. Never rejects.
 */
export function createListeners(parts: ListenerParts): (update: Update) => Promise<void> {
  const { api, conversation, access, queries, clock, log, run } = parts;
  const privateChats = createPrivateChats(parts);
  const askOf = createMessageReader(parts, privateChats.begun);

  return async function take(update) {
    try {
      if (update.callback_query) return await takePress(update.callback_query);
      const message = update.message ?? update.edited_message;
      if (message) await takeMessage(message, update.edited_message !== undefined);
    } catch (error) {
      log.error({ err: error, update: update.update_id }, 'An event could not be taken');
    }
  };

  async function takeMessage(message: Message, isEdit: boolean): Promise<void> {
    const { from, chat: where } = message;
    // A channel's post and a group's anonymous administrator are nobody who could be asked about.
    if (!from || from.is_bot || message.sender_chat || where.type === 'channel') return;
    const asked = await askOf(message);
    if (!asked) return;
    // Telegram tells of every change of a message; one without a number is no question put again.
    if (isEdit && findIccids(textOf(message)).length === 0) return;
    const { ask, home } = asked;
    noteAsker(from, where.type === 'private' ? undefined : String(where.id));
    const place = { ...placeOfMessage(message, from), ...(home ? homeOf(home) : {}) };
    const hold = await conversation.accept(place, ask);
    if (hold) run(place.questionId, () => answerMessage(place, ask, hold));
  }

  async function answerMessage(place: Place, ask: Ask, hold: QuestionHold): Promise<void> {
    if (!place.isGroup) return conversation.answer(place, ask, hold);
    // A bot may not write first (Telegram's docs, Bots): whether the chat is open shows only by writing into it.
    const opened = await privateChats.open(place, hold);
    if (opened) return conversation.answer(opened, ask, hold);
    const { html, url, label } = await privateChats.invite(place, ask);
    const sent = await postInGroup(api, place, { html, keyboard: [[{ text: label, url }]] }, place.replyTo);
    if (sent.kind !== 'ok')
      log.warn({ requestId: place.questionId, error: sent.error }, 'Nobody could be told');
    if (sent.kind === 'retry' && (await hold.handOver(sent.notBefore))) return;
    await hold.done();
  }

  async function takePress(query: CallbackQuery): Promise<void> {
    const { from, message, data = '' } = query;
    queries.note(query.id);
    if (!message || from.is_bot) return void (await queries.answer(query.id));
    const press = readButton(data);
    const ask: Ask = { kind: 'press', press };
    const inGroup = message.chat.type !== 'private';
    noteAsker(from, inGroup ? String(message.chat.id) : undefined);
    const place: Place = {
      questionId: `q${query.id}`,
      userId: String(from.id),
      channelId: String(message.chat.id),
      isGroup: inGroup,
      locale: from.language_code ?? 'en',
      queryId: query.id,
      ...threadOf(message),
      // The pressed card itself; what answers apart stands below it.
      ...(inGroup || answersApart(press.kind)
        ? {}
        : { message: { chatId: String(message.chat.id), id: message.message_id } }),
      ...(inGroup ? {} : await privateChats.groupOfCard(press.handle)),
    };
    const hold = await conversation.accept(place, ask);
    if (hold) run(place.questionId, () => answerPress(place, ask, hold, query.id));
    else await queries.answer(query.id);
  }

  async function answerPress(place: Place, ask: Ask, hold: QuestionHold, queryId: string): Promise<void> {
    if (ask.kind === 'press' && answersApart(ask.press.kind)) {
      const opened = await privateChats.open(place, hold);
      if (!opened) {
        const { url } = await privateChats.invite(place, ask);
        await queries.answer(queryId, { url });
        return hold.done();
      }
      await queries.answer(queryId);
      return conversation.answer(opened, ask, hold);
    }
    const answering = conversation.answer(place, ask, hold);
    await endsWithin(clock, answering, QUERY_ANSWERED_AFTER_MS);
    await queries.answer(queryId);
    await answering;
  }

  function noteAsker(from: User, groupId: string | undefined): void {
    parts.noteName(from);
    if (groupId !== undefined) access.sawIn(groupId, String(from.id));
  }
}

function homeOf({ channelId, threadId }: Pick<z.infer<typeof waiting>, 'channelId' | 'threadId'>) {
  const isGroup = channelId.startsWith('-');
  return { channelId, isGroup, ...(threadId === undefined ? {} : { threadId }) };
}

function filesOf({ document }: Message) {
  if (!document) return [];
  const { file_name: name = '', mime_type: contentType = '', file_size: size = 0, file_id } = document;
  return [{ name, contentType, size, url: fileAddress(file_id) }];
}

/** What is passed on or replied to is looked at before: it is no part of what somebody typed. */
const typed = (text: string) => ({ typed: text, carried: '' });

/** The private chats, as far as they can be opened: a bot may not write first (Telegram's docs, Bots). */
function createPrivateChats({
  api,
  chat,
  usageService,
  botName,
}: Pick<ListenerParts, 'api' | 'chat' | 'usageService' | 'botName'>) {
  /** The placeholder in the private chat; undefined for somebody who has not opened it, or has blocked the bot. */
  async function open(place: Place, hold: QuestionHold): Promise<Place | undefined> {
    const { chat: words } = wordsFor(place.locale);
    const placeholder = chat.pen.notice([words.checking([], 'private')], { locale: place.locale });
    const opened = await privateSurface(api, place).open?.(placeholder);
    if (opened?.kind === 'closed') return undefined;
    // Away for the moment: the conversation has the patience, and another try.
    if (opened?.kind !== 'ok') return place;
    const stood = { ...place, ...opened.value };
    await hold.save({
      address: addressOf(stood, { iccids: [], messageKey: messageKeyOf('telegram', place), handle: '' }),
    });
    return stood;
  }

  /** The question waits behind the link: nothing is looked up before it can be shown. */
  async function invite({ locale, channelId, threadId }: Place, ask: Ask) {
    const kept: z.infer<typeof waiting> = { ask, channelId, ...(threadId === undefined ? {} : { threadId }) };
    return invitation(locale, botName(), await usageService.rememberAsked(kept, CARD_KEPT_MS));
  }

  async function begun(id: string): Promise<Asked> {
    const kept = waiting.safeParse(await usageService.recall(id).catch(() => undefined)).data;
    const ask = readAsk(kept?.ask);
    return kept && ask ? { ask, home: kept } : { ask: { kind: 'help' } };
  }

  /** A card in the private chat that was asked for in a group can still be shared with it. */
  async function groupOfCard(handle: string): Promise<Partial<Place>> {
    const note = handle === '' ? undefined : await recallCard(usageService, handle).catch(() => undefined);
    if (!note || note.inDirectMessage) return {};
    const thread = note.threadTs === undefined ? {} : { threadId: note.threadTs };
    return homeOf({ channelId: note.channelId, ...thread });
  }

  return { open, invite, begun, groupOfCard };
}

type PrivateChats = ReturnType<typeof createPrivateChats>;

/** What a message asks of us; undefined for what is not said to us. */
function createMessageReader(
  { conversation, botName }: Pick<ListenerParts, 'conversation' | 'botName'>,
  begun: PrivateChats['begun'],
): (message: Message) => Promise<Asked | undefined> {
  return async (message) => {
    const text = textOf(message);
    const files = filesOf(message);
    const inGroup = message.chat.type !== 'private';
    const command = /^\/(\w+)(?:@(\w+))?\s*([\s\S]*)$/.exec(text);
    if (command) return byCommand(command, message, files, inGroup);
    if (inGroup) return inTheGroup(text, message, files);
    if (text === '' && files.length === 0) return { ask: { kind: 'help' } };
    if (message.forward_origin && files.length === 0) return { ask: { kind: 'message', text } };
    return { ask: conversation.askOf(typed(text), files, undefined) };
  };

  async function byCommand(
    [, name = '', addressed, rest = '']: RegExpExecArray,
    message: Message,
    files: ReturnType<typeof filesOf>,
    inGroup: boolean,
  ): Promise<Asked | undefined> {
    if (addressed !== undefined && !isOurs(addressed)) return undefined;
    if (name === 'start' && rest !== '' && !inGroup) return begun(rest);
    const known = wordOfCommand(name);
    // In a group an unknown one is another bot's.
    if (known === undefined)
      return inGroup && addressed === undefined ? undefined : { ask: { kind: 'help' } };
    const wanted = `${known} ${rest}`.trim();
    const repliedTo = message.reply_to_message;
    // The command under somebody's message asks about the numbers in it.
    if (wanted === '' && repliedTo && findIccids(textOf(repliedTo)).length > 0)
      return { ask: { kind: 'message', text: textOf(repliedTo) } };
    if (wanted === '' && files.length === 0) return { ask: { kind: 'help' } };
    return { ask: conversation.askOf(typed(wanted), files, inGroup ? 'text' : undefined) };
  }

  function inTheGroup(text: string, message: Message, files: ReturnType<typeof filesOf>): Asked | undefined {
    const mention = new RegExp(`@${botName()}\\b`, 'i');
    const toUs = mention.test(text) || isOurs(message.reply_to_message?.from?.username ?? '');
    // A reply to us without a number is talk among people.
    if (!toUs || (findIccids(text).length === 0 && !mention.test(text))) return undefined;
    return { ask: conversation.askOf(typed(text.replace(mention, ' ').trim()), files, 'text') };
  }

  function isOurs(name: string): boolean {
    return name.toLowerCase() === botName().toLowerCase();
  }
}
