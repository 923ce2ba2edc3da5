import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../../clock.ts';
import type { TelegramSettings } from '../../config.ts';
import { howToRun } from '../../how-to-run.ts';
import type { Finding } from '../../ops/doctor.ts';
import { StartError } from '../../usage/platform.ts';
import { createTelegramApi, type TelegramApi, type TelegramResult } from './api.ts';
import { spotOf } from './boards.ts';
import { commandLists } from './commands.ts';

/** What `npm run register` did. */
export interface TelegramRegistration {
  readonly outcome: 'written' | 'unchanged';
  readonly languages: readonly string[];
}

/**
 * Writes the command list that Telegram offers while people type, in each language where it differs. Throws a `StartError` where Telegram
 * refuses or is away.
 */
export async function registerTelegramCommands(settings: TelegramSettings): Promise<TelegramRegistration> {
  const api = quietApi(settings);
  const written: string[] = [];
  for (const { language, scope, list } of commandLists()) {
    if (isDeepStrictEqual(orFail(await api.ask((by) => by.getMyCommands(scope))), list)) continue;
    orFail(await api.ask((by) => by.setMyCommands(list, scope)));
    written.push(language);
  }
  return { outcome: written.length > 0 ? 'written' : 'unchanged', languages: written };
}

/**
 * Checks the settings with real calls: who we are, what takes the events away, commands, who is answered, where
 * alerts go. Never throws: what does not answer is a finding, and nothing is written or sent.
 */
export async function checkTelegram(settings: TelegramSettings): Promise<Finding[]> {
  const api = quietApi(settings);
  const own = await api.ask((by) => by.getMe());
  if (own.kind !== 'ok') return [unanswered(own)];
  return [
    { level: 'ok', what: `signed in as @${own.value.username}` },
    ...(await checkWebhook(api)),
    await checkCommands(api),
    ...(await checkAccess(api, settings, own.value.id)),
    ...(await checkAlertChannel(api, settings.alertChannel, own.value.id)),
  ];
}

/**
 * Without an answer of Telegram's own nothing is known about the token, and none of the further checks would tell
 * more.
 */
function unanswered(result: Exclude<TelegramResult<unknown>, { kind: 'ok' }>): Finding {
  if (result.kind === 'operator')
    return {
      level: 'error',
      what: `Telegram does not let the bot in (${result.error})`,
      remedy: result.remedy,
    };
  const remedy =
    'Check the network and what stands in it (HTTPS_PROXY, a firewall), and TELEGRAM_API_URL where it is set';
  return {
    level: 'error',
    what: `no answer of Telegram’s own (${result.error}); that says nothing against the token`,
    remedy,
  };
}

/** With a webhook set, Telegram refuses every poll. */
async function checkWebhook(api: TelegramApi): Promise<Finding[]> {
  const found = await api.ask((by) => by.getWebhookInfo());
  if (found.kind !== 'ok' || !found.value.url) return [];
  const remedy = 'End the program it belongs to, or call deleteWebhook of the Bot API with this token';
  return [{ level: 'error', what: 'events go to a webhook, not to this bot', remedy }];
}

async function checkCommands(api: TelegramApi): Promise<Finding> {
  for (const { scope, list } of commandLists()) {
    const found = await api.ask((by) => by.getMyCommands(scope));
    if (found.kind !== 'ok') return unanswered(found);
    if (!isDeepStrictEqual(found.value, list))
      return {
        level: 'warning',
        what: 'the command list is not that of this version',
        remedy: howToRun('register'),
      };
  }
  return { level: 'ok', what: 'the command list is that of this version' };
}

/** That somebody is named at all, and that the bot is in each named group. */
async function checkAccess(
  api: TelegramApi,
  { access }: TelegramSettings,
  botId: number,
): Promise<Finding[]> {
  const { spaces, users } = access;
  if (spaces.length + users.length === 0) {
    const remedy =
      'Set TELEGRAM_ALLOWED_CHATS or TELEGRAM_ALLOWED_USERS: the bot tells each person it refuses their id';
    return [{ level: 'warning', what: 'nobody is answered: the settings name nobody', remedy }];
  }
  const people: Finding[] =
    users.length > 0 ? [{ level: 'ok', what: `${users.length} people are named` }] : [];
  return [
    ...people,
    ...(await Promise.all(spaces.map((chatId) => checkGroup(api, chatId, botId, users.length > 0)))),
  ];
}

/**
 * Telegram's docs, getChatMember: of others it is sure to tell an administrator only. Needed where group members are
 * let in; with people named (`peopleNamed`) nobody else is asked about.
 */
async function checkGroup(
  api: TelegramApi,
  chatId: string,
  botId: number,
  peopleNamed: boolean,
): Promise<Finding> {
  const found = await api.ask((by) => by.getChatMember(chatId, botId));
  const name = `TELEGRAM_ALLOWED_CHATS: ${chatId}`;
  if (found.kind === 'closed')
    return {
      level: 'error',
      what: `${name}: the bot is not in that group (${found.error})`,
      remedy: 'Add it to the group, or correct the id',
    };
  if (found.kind !== 'ok') return unanswered(found);
  if (peopleNamed || found.value.status === 'administrator')
    return { level: 'ok', what: `${name}: the bot is there` };
  const remedy =
    'Make it an administrator (no right is needed), so that members can ask in the private chat too';
  return { level: 'warning', what: `${name}: the bot is there, and may not be told who else is`, remedy };
}

/** From the bot's own membership alone: nothing is posted to try it. */
async function checkAlertChannel(
  api: TelegramApi,
  setting: string | undefined,
  botId: number,
): Promise<Finding[]> {
  if (setting === undefined) return [];
  const { chatId } = spotOf(setting);
  const found = await api.ask((by) => by.getChatMember(chatId, botId));
  if (found.kind !== 'ok' && found.kind !== 'closed') return [unanswered(found)];
  const posts =
    found.kind === 'ok' &&
    (found.value.status === 'administrator' ||
      found.value.status === 'member' ||
      found.value.status === 'creator');
  if (posts) return [{ level: 'ok', what: 'TELEGRAM_ALERT_CHANNEL: the bot may write there' }];
  return [
    {
      level: 'error',
      what: 'TELEGRAM_ALERT_CHANNEL: the bot may not write there',
      remedy: 'Add it to that chat, or correct the id',
    },
  ];
}

/** For commands that ask once: nobody is told of credentials by the way. */
function quietApi(settings: TelegramSettings): TelegramApi {
  const silent = { refused: () => undefined, taken: () => undefined };
  return createTelegramApi(settings, systemClock, silent, new AbortController().signal);
}

/** The value, or a `StartError` for the command line to show. */
function orFail<T>(result: TelegramResult<T>): T {
  if (result.kind === 'ok') return result.value;
  const remedy = result.kind === 'operator' ? result.remedy : 'Check the network, then try again';
  throw new StartError(`Telegram refuses the commands: ${result.error}`, remedy);
}
