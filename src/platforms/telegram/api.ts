import { Api, GrammyError, HttpError } from 'grammy';
import type { Message, Update } from 'grammy/types';
import type { Clock } from '../../clock.ts';
import type { TelegramSettings } from '../../config.ts';
import type { CallResult } from '../chat/seam.ts';
import type { PlatformParts } from '../platform-parts.ts';
import type { TelegramMessage } from './pen.ts';

/** What a call to Telegram came to. `status` is Telegram's error code, `error` its description. */
export type TelegramResult<T> =
  | Exclude<CallResult<T>, { readonly kind: 'closed' }>
  | { readonly kind: 'closed'; readonly error: string; readonly status: number };

/** Where a message stands, or is to be sent. */
export interface Spot {
  readonly chatId: string;
  /** A topic of a group. */
  readonly threadId?: number | undefined;
  readonly replyTo?: number | undefined;
}

/** One of our own messages, which can be edited. */
export interface Posted {
  readonly chatId: string;
  readonly id: number;
}

/** Bot API calls whose results are values. */
export interface TelegramApi {
  /** As Telegram says it: a refused token is the operator's. */
  ask<T>(work: (api: Api) => Promise<T>): Promise<TelegramResult<T>>;
  /** The same for what goes to people: a refused token may be put in order, and what is owed waits for that. */
  call<T>(work: (api: Api) => Promise<T>): Promise<TelegramResult<T>>;
  /** A new message. Telegram has no idempotency key for it: after `retry` it may stand all the same. */
  send(to: Spot, message: TelegramMessage): Promise<TelegramResult<Posted>>;
  /** In place of what stands there; an edit that changes nothing counts as done. */
  edit(at: Posted, message: TelegramMessage): Promise<TelegramResult<unknown>>;
  /** Waits up to `timeoutS` (seconds) for events from `offset` on; asking so confirms all before it. */
  updates(offset: number, timeoutS: number): Promise<TelegramResult<Update[]>>;
  /** Confirms all before `offset`, for good; what comes beside it is not looked at. */
  confirm(offset: number): Promise<TelegramResult<unknown>>;
  /** Where the bytes of a file are; the address holds the token: never log it, never hand it on. */
  fileUrl(path: string): string;
}

/** The setting by which a refusal of this credential is told. */
export const TOKEN = 'TELEGRAM_TOKEN';
export const TOKEN_REMEDY = 'Copy TELEGRAM_TOKEN again (@BotFather, /mybots, API Token)';
/** Telegram ends a long poll itself after this (s). */
export const POLL_S = 25;
/** Of one call, seconds; a poll has this on top of its own time, so that Telegram ends it first. */
const CALL_TIMEOUT_S = 10;
/** The events the bot hears of; Telegram keeps to the last list it was given (Telegram's docs, getUpdates). */
const ASKED_FOR = ['message', 'edited_message', 'callback_query'] as const;
/** Telegram's docs: 401 for a revoked token, 404 for one that was never given. */
const REFUSED = [401, 404];
/** An edit that changes nothing is refused; it is what was wanted. */
const UNCHANGED = 'message is not modified';

/**
 * grammY's client with our time-outs, Node's own `fetch` (which the proxy settings hold for), and values for errors.
 */
export function createTelegramApi(
  { token, apiUrl }: Pick<TelegramSettings, 'token' | 'apiUrl'>,
  clock: Clock,
  credentials: Pick<PlatformParts['credentials'], 'refused' | 'taken'>,
  leaving: AbortSignal,
): TelegramApi {
  const common = { apiRoot: apiUrl };
  const api = new Api(token, { ...common, fetch: ownFetch, timeoutSeconds: CALL_TIMEOUT_S });
  // Only the waiting for events ends with the bot: what is being sent is let finish.
  const poller = new Api(token, {
    ...common,
    fetch: (url: string, options: FetchOptions) => ownFetch(url, options, leaving),
    timeoutSeconds: POLL_S + CALL_TIMEOUT_S,
  });

  async function run<T>(work: () => Promise<T>): Promise<TelegramResult<T>> {
    try {
      const value = await work();
      credentials.taken(TOKEN);
      return { kind: 'ok', value };
    } catch (error) {
      const result = sorted(error, clock.now());
      if (result.kind === 'operator')
        credentials.refused({ name: TOKEN, service: 'telegram', error: result.error, remedy: result.remedy });
      return result;
    }
  }

  async function call<T>(work: (by: Api) => Promise<T>): Promise<TelegramResult<T>> {
    // `ask` tells a refused token; for people it only means later, since the operator may copy it again.
    const result = await run(() => work(api));
    return result.kind === 'operator' ? { kind: 'retry', error: 'the token is refused' } : result;
  }

  /** A group that has become a supergroup has another id from then on, which Telegram names. */
  function sendTo(
    chatId: string,
    to: Spot,
    { html, keyboard }: TelegramMessage,
  ): Promise<TelegramResult<Message>> {
    return call(async (by) => {
      const send = (id: string | number) =>
        by.sendMessage(id, html, {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          ...(keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } }),
          ...(to.threadId === undefined ? {} : { message_thread_id: to.threadId }),
          ...(to.replyTo === undefined
            ? {}
            : { reply_parameters: { message_id: to.replyTo, allow_sending_without_reply: true } }),
        });
      try {
        return await send(chatId);
      } catch (error) {
        // The refusal says that nothing was sent: the second try cannot make two messages of it.
        const moved = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
        if (moved === undefined) throw error;
        return await send(moved);
      }
    });
  }

  return {
    ask: (work) => run(() => work(api)),
    call,
    async send(to, message) {
      const sent = await sendTo(to.chatId, to, message);
      if (sent.kind !== 'ok') return sent;
      return { kind: 'ok', value: { chatId: String(sent.value.chat.id), id: sent.value.message_id } };
    },
    async edit({ chatId, id }, { html, keyboard }) {
      const result = await call((by) =>
        by.editMessageText(chatId, id, html, {
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: keyboard },
        }),
      );
      // Compared by Telegram's words: the code is 400, as for every other wrong request.
      const stands = result.kind === 'closed' && result.error.includes(UNCHANGED);
      return stands ? { kind: 'ok', value: undefined } : result;
    },
    updates: (offset, timeoutS) =>
      run(() => poller.getUpdates({ offset, timeout: timeoutS, allowed_updates: ASKED_FOR })),
    confirm: (offset) => run(() => api.getUpdates({ offset, limit: 1, timeout: 0 })),
    fileUrl: (path) => `${apiUrl}/file/bot${token}/${path}`,
  };
}

/**
 * Neither the address nor grammY's message of a network error is passed on: both may hold the token. A description of
 * Telegram's own is, cut to a length for a log.
 */
function sorted(error: unknown, now: number): Exclude<TelegramResult<never>, { kind: 'ok' }> {
  if (error instanceof GrammyError) {
    const { error_code: status, description, parameters } = error;
    if (REFUSED.includes(status))
      return { kind: 'operator', error: `${status} ${description}`, remedy: TOKEN_REMEDY };
    if (parameters.retry_after !== undefined)
      return { kind: 'retry', error: 'rate limited', notBefore: now + parameters.retry_after * 1000 };
    if (status >= 500 || status === 429) return { kind: 'retry', error: `HTTP ${status}` };
    return { kind: 'closed', error: `${status} ${description.slice(0, 100)}`, status };
  }
  return { kind: 'retry', error: error instanceof HttpError ? 'network' : 'unreadable answer' };
}

/** What grammY passes to `fetch`: its signal is of another make than Node's. */
interface FetchOptions {
  readonly method?: string;
  readonly body?: RequestInit['body'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: { addEventListener(name: 'abort', heard: () => void): void; readonly aborted: boolean };
}

/** Node's `fetch` with grammY's request: of the headers only the type is taken, since Node sets the others itself. */
function ownFetch(
  url: string,
  { method, body, headers, signal }: FetchOptions,
  leaving?: AbortSignal,
): Promise<Response> {
  const ending = new AbortController();
  if (signal?.aborted) ending.abort();
  signal?.addEventListener('abort', () => ending.abort());
  const type = headers?.['content-type'];
  return fetch(url, {
    signal: leaving ? AbortSignal.any([ending.signal, leaving]) : ending.signal,
    ...(method === undefined ? {} : { method }),
    // `duplex` is asked for by Node where a body is a stream, as grammY makes of a file.
    ...(body === undefined ? {} : { body, duplex: 'half' }),
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
}
