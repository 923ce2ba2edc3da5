import { z } from 'zod';
import { LANGUAGES } from '../cards/languages.ts';
import { readKey } from '../storage/sealed/seal.ts';
import { address, formed, ids, isLocal, isWithin, onOff, plain, wholeNumber } from './fields.ts';
import { DEFAULT_STORE_URL, wrongWithStoreUrl } from './store-url.ts';

/**
 * Slack's ids begin with a letter for their kind: C, G and D for channels, S for user groups
 * (Slack's docs).
 */
const slackIds = (letters: string, example: string, where: string) =>
  ids(
    new RegExp(`^[${letters}][A-Z0-9]{2,}$`),
    `must be ids parted by commas, such as ${example} (${where}); a name such as #support is none`,
  );
const slackChannels = slackIds('CGD', 'C0123456789', 'at the end of the channel’s About');
const slackGroups = slackIds('S', 'S0123456789', 'People & user groups, … of the group, Copy group ID');
/** Snowflakes: 64-bit numbers as text (Discord's docs, Reference). */
const discordIds = (what: string) =>
  ids(
    /^\d{15,22}$/,
    `must be ids parted by commas, such as 112233445566778899 (Developer Mode on, then Copy ${what} ID); a name is none`,
  );

const telegramIds = (hint: string, form: RegExp) =>
  ids(form, `${hint} (the bot names it where it refuses somebody); a name such as @support is none`);
/** Positive; ids of groups are negative (Telegram's Bot API). */
const telegramPeople = telegramIds('must be ids of people parted by commas, such as 123456789', /^\d{3,20}$/);

/** Every setting there is, with what it may be. `.env.example`, the README and the documents name the same (held by a test). */
export const environment = z.object({
  AIRALO_CLIENT_ID: plain,
  AIRALO_CLIENT_SECRET: plain,
  AIRALO_BASE_URL: address('https://partners-api.airalo.com', ({ pathname }) =>
    /^\/(v\d+\/?)$/.test(pathname) ? 'must not end in the version: /v2 is appended by the bot' : undefined,
  ),
  AIRALO_USAGE_WINDOW_SECONDS: wholeNumber(900, 1, 86_400),
  SLACK_BOT_TOKEN: formed(/^xoxb-/, 'must begin with xoxb- (OAuth & Permissions, Bot User OAuth Token)'),
  SLACK_APP_TOKEN: formed(/^xapp-/, 'must begin with xapp- (Basic Information, App-Level Tokens)'),
  SLACK_SIGNING_SECRET: formed(
    /^(?!xox|xapp-)/,
    'is a token: the secret stands in Basic Information, Signing Secret',
  ),
  SLACK_API_URL: address('https://slack.com/api/', ({ pathname, search }) =>
    /\/api\/?$/.test(pathname) && search === ''
      ? undefined
      : 'must end in /api/, such as https://slack.com/api/',
  ).transform((value) => (value === undefined ? undefined : `${value}/`)),
  SLACK_ALLOWED_CHANNELS: slackChannels,
  SLACK_ALLOWED_USERGROUPS: slackGroups,
  SLACK_BALANCE_USERGROUPS: slackGroups,
  SLACK_ALERT_CHANNEL: formed(
    /^[CGD][A-Z0-9]{2,}$/,
    'must be the id of one channel, such as C0123456789 (at the end of the channel’s About); a name such as #alerts is none',
  ),
  DISCORD_TOKEN: formed(
    /^\S+$/,
    'must be the token alone, without the word Bot (Developer Portal, Bot, Reset Token)',
  ),
  DISCORD_APPLICATION_ID: formed(/^\d{15,22}$/, 'must be digits (General Information, Application ID)'),
  DISCORD_API_URL: address('https://discord.com/api', ({ pathname }) =>
    /\/v\d+\/?$/.test(pathname) ? 'must not end in the version: discord.js appends it' : undefined,
  ),
  DISCORD_ALLOWED_GUILDS: discordIds('Server'),
  DISCORD_ALLOWED_CHANNELS: discordIds('Channel'),
  DISCORD_ALLOWED_ROLES: discordIds('Role'),
  DISCORD_ALLOWED_USERS: discordIds('User'),
  DISCORD_BALANCE_ROLES: discordIds('Role'),
  DISCORD_ALERT_CHANNEL: formed(
    /^\d{15,22}$/,
    'must be the id of one channel, such as 112233445566778899 (Developer Mode on, then Copy Channel ID); a name such as #alerts is none',
  ),
  TELEGRAM_TOKEN: formed(
    /^\d+:[\w-]{20,}$/,
    'must be the whole token, digits, a colon and letters (@BotFather, /mybots, API Token)',
  ),
  TELEGRAM_API_URL: address('https://api.telegram.org', ({ pathname }) =>
    /\/bot/.test(pathname) ? 'must not hold the token: /bot<token> is appended by the bot' : undefined,
  ),
  TELEGRAM_ALLOWED_CHATS: telegramIds(
    'must be ids of groups parted by commas, such as -1001234567890',
    /^-\d{5,20}$/,
  ),
  TELEGRAM_ALLOWED_USERS: telegramPeople,
  TELEGRAM_BALANCE_USERS: telegramPeople,
  TELEGRAM_ALERT_CHANNEL: formed(
    /^-?\d{5,20}(:\d+)?$/,
    'must be the id of one chat, such as -1001234567890, in a topic -1001234567890:12; a name such as @alerts is none',
  ),
  STORE_URL: plain.transform((value = DEFAULT_STORE_URL, context) => {
    const wrong = wrongWithStoreUrl(value);
    if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong });
    return value;
  }),
  STORE_KEY: ids(/^/, '').transform((values, context) =>
    values.flatMap((value) => {
      const key = readKey(value);
      if (!key)
        context.addIssue({ code: 'custom', message: 'must be 32 bytes as base64: openssl rand -base64 32' });
      return key ?? [];
    }),
  ),
  CUSTOMER_LOOKUP_URL: address('https://shop.example.com/esim-lookup', (url) => {
    if (url.hash !== '') return 'must have no # in it';
    return url.protocol === 'https:' || isWithin(url)
      ? undefined
      : 'must be https, or a host of your own network (without a dot, or .internal, .local, or a private address): e-mails of customers go there';
  }),
  CUSTOMER_LOOKUP_SECRET: plain,
  BULK_ROWS_PER_DAY: wholeNumber(2_000, 0, 100_000),
  HOST: formed(
    /^[^\s/:]+$|^[0-9a-f:]+$/i,
    'must be a host alone, such as 127.0.0.1 or 0.0.0.0: the port is PORT',
  ).transform((value) => value ?? '127.0.0.1'),
  PORT: wholeNumber(3000, 0, 65_535),
  PUBLIC_URL: address('https://bot.example.com', (url) => {
    if (url.protocol !== 'https:' && !isLocal(url)) return 'must be https: Airalo delivers to nothing else';
    const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
    return bare
      ? undefined
      : 'must be a host without a path, such as https://bot.example.com: the bot knows its paths';
  }),
  HTTP_API: onOff,
  HTTP_API_PRIVATE_CALLBACKS: onOff,
  ALERT_LANGUAGE: plain.transform((value = 'en', context) => {
    const tag = canonical(value);
    const spoken: readonly string[] = LANGUAGES;
    if (tag !== undefined && (spoken.includes(tag) || spoken.includes(tag.split('-', 1).join()))) return tag;
    context.addIssue({
      code: 'custom',
      message: `must be one of ${spoken.join(', ')}, or with a region: pt-BR`,
    });
    return z.NEVER;
  }),
  LOG_LEVEL: plain
    .transform((value = 'info') => value.toLowerCase())
    .pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
});
/** All of it, read. Texts that were not set are undefined; what has a default is never so. */
export type Environment = z.infer<typeof environment>;

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** `pt_BR`, as systems write it, is taken for `pt-BR`. */
function canonical(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale.replace('_', '-'))[0];
  } catch {
    return undefined;
  }
}
