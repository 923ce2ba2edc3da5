import { LRUCache } from 'lru-cache';
import type { TelegramSettings } from '../../config.ts';
import { roomFor } from '../../room-for.ts';
import { type Platform, StartError } from '../../usage/platform.ts';
import { createConversation } from '../chat/conversation.ts';
import { createTaskTracker } from '../chat/task-tracker.ts';
import type { PlatformParts } from '../platform-parts.ts';
import { reconnectDelayMs, throttledCause } from '../reconnect-pace.ts';
import { createAccessControl } from './access.ts';
import { readAddress } from './address.ts';
import { createTelegramApi, TOKEN, TOKEN_REMEDY } from './api.ts';
import { createTelegramAlertBoard, createTelegramListBoard } from './boards.ts';
import { createQueryAnswers, createTelegramChat } from './chat.ts';
import { createListeners } from './listeners.ts';
import { createTelegramPen } from './pen.ts';
import { createPolling } from './polling.ts';

/**
 * People whose names are drawn in mentions; far more than ask within a day. In memory: after a restart an id stands
 * there until they write again.
 */
const MAX_NAMES = 2_000;
/** Also where Telegram asks for more: `/healthz` takes a longer silence for a bot that has stopped trying. */
const MAX_WAIT_MS = 60_000;

/**
 * Telegram: events by long polling, answers in private chats, groups told only what everybody may read. Nothing is
 * called before `start`, which rejects with a `StartError` where Telegram refuses the token.
 */
export function createTelegramPlatform(settings: TelegramSettings, parts: PlatformParts): Platform {
  const { usageService, clock } = parts;
  const log = parts.log.child({ platform: 'telegram' });
  const leaving = new AbortController();
  const api = createTelegramApi(settings, clock, parts.credentials, leaving.signal);
  const access = createAccessControl(api, settings, clock, () => parts.credentials.isRefused(TOKEN));
  const names = new LRUCache<string, string>(roomFor(MAX_NAMES));
  const pen = createTelegramPen((userId) => names.get(userId));
  const queries = createQueryAnswers(
    api,
    (outcome, tookMs) => parts.onAcknowledged?.('telegram', outcome, tookMs),
    clock,
  );
  const { run, patiently, isOver, end } = createTaskTracker(clock, log);
  const chat = createTelegramChat({ api, pen, access, queries, clock });
  const conversation = createConversation({ ...parts, chat, patiently, isOver, log });
  const sayAway = throttledCause(clock, (cause) =>
    log.warn({ cause }, 'Telegram does not answer at the start: it is asked again and again'),
  );
  // Empty until Telegram has said who the bot is: no mention and no link can be made before.
  let botName = '';
  let away = 'connecting';

  const take = createListeners({
    api,
    chat,
    conversation,
    usageService,
    access,
    queries,
    botName: () => botName,
    noteName: (user) => void names.set(String(user.id), user.first_name),
    clock,
    log,
    run,
  });
  const polling = createPolling({
    api,
    usageService,
    take,
    lost: (error) => parts.lost('telegram', error),
    leaving: leaving.signal,
    clock,
    log,
  });

  /** Asks until Telegram says yes or no. Undefined when the bot stops first. */
  async function whoWeAre(): Promise<number | undefined> {
    for (let failures = 1; !leaving.signal.aborted; failures++) {
      const own = await api.ask((by) => by.getMe());
      if (own.kind === 'ok') {
        botName = own.value.username;
        return own.value.id;
      }
      if (own.kind !== 'retry')
        throw new StartError(
          `Telegram refuses the bot: ${own.error}`,
          own.kind === 'operator' ? own.remedy : TOKEN_REMEDY,
        );
      away = own.error;
      sayAway(own.error);
      const waitMs = Math.max(reconnectDelayMs(failures), (own.notBefore ?? 0) - clock.now());
      await clock.sleep(Math.min(waitMs, MAX_WAIT_MS), leaving.signal).catch(() => undefined);
    }
    return undefined;
  }

  return {
    name: 'telegram',
    async start() {
      const botId = await whoWeAre();
      if (botId === undefined) return;
      await polling.open(botId);
      if (leaving.signal.aborted) return;
      log.info({ bot: botName }, 'Connected to Telegram');
      const { users, spaces } = settings.access;
      if (users.length + spaces.length === 0)
        log.warn(
          { remedy: 'Set TELEGRAM_ALLOWED_CHATS or TELEGRAM_ALLOWED_USERS' },
          'Nobody is answered in Telegram: the settings name nobody',
        );
    },
    async stop() {
      // First, so that the poll which waits for events ends now; what is being answered has its time after it.
      leaving.abort();
      await polling.close();
      await end();
    },
    health() {
      return botName === ''
        ? { ready: false, detail: `not connected (${away})`, stalled: false }
        : polling.health();
    },
    async mayReceive(address) {
      const stored = readAddress(address);
      if (!stored) return { kind: 'refused', need: { kind: 'check-failed' } };
      return access.decide(stored.ctx);
    },
    deliver: conversation.deliver,
    report: conversation.report,
    async resume(question, context) {
      // Links into the private chat need the bot's name.
      if (botName === '') return { kind: 'retry', error: 'not connected yet' };
      return conversation.resume(question, context);
    },
    bulkBoard: createTelegramListBoard({ chat, api, clock }),
    ...(settings.alertChannel === undefined
      ? {}
      : {
          alertBoard: createTelegramAlertBoard({
            api,
            pen,
            channel: settings.alertChannel,
            locale: parts.alertLocale,
          }),
        }),
  };
}
