import { LRUCache } from 'lru-cache';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { maskIccidsIn } from '../../domain/iccid.ts';
import { roomFor } from '../../room-for.ts';
import { download } from '../chat/download.ts';
import { stepOf } from '../chat/route-attempts.ts';
import type { CallResult, Chat, Pen, Route, Routes, Stored, Surface } from '../chat/seam.ts';
import type { AccessControl } from './access.ts';
import { addressOf, askerOf, lasting, type Place, readAddress, topicIdOf } from './address.ts';
import type { Posted, TelegramApi, TelegramResult } from './api.ts';
import { MAX_ICCIDS, plainOf, TELEGRAM_LIMITS, type TelegramMessage } from './pen.ts';

/** Telegram, as the conversation sees it. */
export type TelegramChat = Chat<Place, TelegramMessage>;
type TelegramSurface = Surface<Place, TelegramMessage>;

/** As Telegram takes it in the private chat and in groups. */
const COMMAND = '/usage';
/** An edit costs nothing but its pace. */
const CHANGES = 10;
/**
 * Milliseconds: an answer that takes longer is announced, and then filled in. Telegram advises one message a second
 * in a chat (Telegram's docs, Bots FAQ).
 */
const FILL_AFTER_MS = [1_500, 3_000];
const REMEDY = 'The person must press Start in the private chat with the bot, and must not have blocked it';
/** What stands for the address of an attached file: the address itself holds the token, and lives for an hour. */
const FILE = 'telegram-file:';

/** What the chat is made from. */
export interface ChatParts {
  readonly api: TelegramApi;
  /** A pen with the names of people who wrote of late, for mentions. */
  readonly pen: Pen<TelegramMessage>;
  readonly access: AccessControl;
  /** Of the presses that wait to be answered in this process. */
  readonly queries: QueryAnswers;
  readonly clock: Clock;
}

/**
 * How Telegram does what a conversation needs. Every answer is a message of the private chat, which has the person's
 * own id; a group is told only what everybody may read.
 */
export function createTelegramChat({ api, pen, access, queries, clock }: ChatParts): TelegramChat {
  return {
    name: 'telegram',
    pen,
    limits: { esims: MAX_ICCIDS, fillAfterMs: FILL_AFTER_MS },
    commandIn: () => COMMAND,
    // There are no shortcuts: a reply with the command does the same.
    shortcutName: COMMAND,
    decide: (ctx) => access.decide(ctx),
    mayReadMoney: async (ctx) => access.mayReadMoney(ctx),
    introduce: async (ctx) => ctx,
    whereabouts: ({ userId, channelId, threadId, isGroup }) => ({
      asker: askerOf(userId),
      spaceId: isGroup ? channelId : '',
      ...(threadId === undefined ? {} : { threadId }),
      inDirectMessage: !isGroup,
      inChannel: isGroup,
    }),
    addressOf,
    lasting,
    read: readAddress,
    surface: (ctx) => privateSurface(api, ctx),
    pressSurfaces(ctx, apart) {
      // The card itself is edited; what is only said beside it goes into Telegram's own box.
      const own = privateSurface(api, ctx);
      return { own, aside: apart ? own : asideSurface(api, queries, ctx), editsAside: apart };
    },
    routes: (stored) => telegramRoutes(api, stored),
    postInChannel: (ctx, message) => postInGroup(api, ctx, message),
    channelRefusal: () => 'other',
    async fetchFile(url, mostBytes) {
      // Anything else never came from `fileAddress`; Telegram refuses the empty id.
      const id = url.startsWith(FILE) ? url.slice(FILE.length) : '';
      const found = await api.call((by) => by.getFile(id));
      if (found.kind !== 'ok')
        return { kind: found.kind === 'retry' ? 'unreachable' : 'refused', error: found.error };
      if ((found.value.file_size ?? 0) > mostBytes) return { kind: 'too-large' };
      const address = api.fileUrl(found.value.file_path ?? '');
      const { origin } = new URL(address);
      // No redirect and no other host: the address holds the token.
      return download(clock, { url: address, mostBytes, mayAsk: (asked) => asked.origin === origin });
    },
  };
}

/** See `FILE`. */
export const fileAddress = (fileId: string): string => `${FILE}${fileId}`;

/**
 * Presses that Telegram waits to have answered: until then the button shows that something is going on (Telegram's
 * docs, CallbackQuery).
 */
export interface QueryAnswers {
  /** At once when it comes: how long the answer took is counted from here. */
  note(queryId: string): void;
  /** False when it was answered already, or was another process's. `url`: opens the private chat. */
  answer(queryId: string, word?: { readonly text: string } | { readonly url: string }): Promise<boolean>;
}

/** Presses kept, the newest; beyond it the oldest are long past the time in which Telegram takes an answer. */
const MAX_WAITING = 5_000;

/**
 * Each is answered once; Telegram takes no second answer. `onAnswered` is told of each, with the time from its coming
 * (ms).
 */
export function createQueryAnswers(
  api: TelegramApi,
  onAnswered: (outcome: 'sent' | 'lost', tookMs: number) => void,
  clock: Clock,
): QueryAnswers {
  const waiting = new LRUCache<string, number>(roomFor(MAX_WAITING));
  return {
    note: (queryId) => void waiting.set(queryId, clock.now()),
    async answer(queryId, word) {
      const notedAt = waiting.get(queryId);
      if (notedAt === undefined) return false;
      // Before the call: two answers at the same time must not both be sent.
      waiting.delete(queryId);
      const more = word && 'text' in word ? { ...word, show_alert: true } : word;
      const result = await api.call((by) => by.answerCallbackQuery(queryId, more));
      onAnswered(result.kind === 'ok' ? 'sent' : 'lost', clock.now() - notedAt);
      return result.kind === 'ok';
    },
  };
}

/** A message in the private chat: posted once, edited from then on. */
export function privateSurface(api: TelegramApi, place: Place): TelegramSurface {
  let at = place.message;

  async function open(message: TelegramMessage): Promise<CallResult<Partial<Place>>> {
    if (!at) {
      const sent = await sendPrivately(api, place, message);
      if (sent.kind !== 'ok') return sent;
      at = sent.value;
    }
    return { kind: 'ok', value: { message: at } };
  }

  return {
    changesLeft: () => CHANGES,
    open,
    show: async (message) => (at ? api.edit(at, message) : open(message)),
  };
}

/**
 * A word beside a pressed button: in Telegram's own box where it is short (200 characters) and the press still waits,
 * else a message.
 */
function asideSurface(api: TelegramApi, queries: QueryAnswers, place: Place): TelegramSurface {
  return {
    changesLeft: () => 0,
    async show(message) {
      const text = plainOf(message);
      const fits = message.keyboard.length === 0 && text.length <= TELEGRAM_LIMITS.toast;
      if (fits && place.queryId !== undefined && (await queries.answer(place.queryId, { text })))
        return SHOWN;
      return sendPrivately(api, place, message);
    },
  };
}

/** Into the chat with the person's own id. `closed` where they never pressed Start, or have blocked the bot. */
function sendPrivately(
  api: TelegramApi,
  place: Place,
  message: TelegramMessage,
): Promise<TelegramResult<Posted>> {
  // What was asked in the group is not there to be replied to.
  const about = place.isGroup ? {} : { replyTo: place.replyTo, threadId: topicIdOf(place) };
  return api.send({ chatId: place.userId, ...about }, message);
}

/** For everybody: masked here too, whatever was drawn. */
export function postInGroup(
  api: TelegramApi,
  place: Place,
  { html, keyboard }: TelegramMessage,
  replyTo?: number,
): Promise<TelegramResult<Posted>> {
  const spot = { chatId: place.channelId, threadId: topicIdOf(place), replyTo };
  return api.send(spot, { html: maskIccidsIn(html), keyboard });
}

/**
 * How Telegram reaches somebody later: an edit of our own message, a new one in the private chat, and, when that is
 * closed, a line in the group. Telegram knows no idempotency key and shows a bot no history: after a crash between a
 * new message and its record it comes twice.
 */
function telegramRoutes(api: TelegramApi, stored: Stored<Place>): Routes<TelegramMessage> {
  const { ctx: place, toChannel } = stored;
  const inGroup = (name: string): Route<TelegramMessage> => ({
    name,
    async send(draw) {
      if (!place.isGroup) return { kind: 'next', why: 'no group to say it in' };
      return stepOf(await postInGroup(api, place, await draw()), name);
    },
  });
  const edit: Route<TelegramMessage> = {
    name: 'edit',
    async send(draw) {
      if (!place.message) return { kind: 'next', why: 'no message to edit' };
      return stepOf(await api.edit(place.message, await draw()), 'edit');
    },
  };
  const directMessage: Route<TelegramMessage> = {
    name: 'direct-message',
    async send(draw, { noteStanding }) {
      const sent = await sendPrivately(api, place, await draw());
      if (sent.kind === 'ok')
        await noteStanding?.(addressOf({ ...lasting(place, 'person'), message: sent.value }, stored));
      return stepOf(sent, 'direct-message');
    },
  };
  return {
    edits: [{ ...edit, free: true }],
    directMessage,
    channelLine: inGroup('channel line'),
    ...(toChannel ? { channel: inGroup('channel') } : {}),
    remedy: REMEDY,
  };
}

/**
 * The way into the private chat, where `id` is given back to us by Start (Telegram's docs, Deep Linking:
 * `[A-Za-z0-9_-]`, at most 64). `botName` without the `@`.
 */
export function invitation(
  locale: string,
  botName: string,
  id: string,
): { html: string; url: string; label: string } {
  const { chat } = wordsFor(locale);
  const url = `https://t.me/${botName}?start=${id}`;
  return { html: chat.openPrivately.join(''), url, label: chat.openChat };
}

const SHOWN: CallResult = { kind: 'ok', value: undefined };
