import type { z } from 'zod';
import { type Cleaned, cleaned } from './config/cleaned.ts';
import { type Environment, environment, SETTING_NAMES } from './config/environment.ts';
import { misspeltNames } from './config/misspelt.ts';
import { proxyProblems, proxySettings } from './config/proxy-settings.ts';
import type { LogLevel } from './log.ts';
import type { ProxySettings } from './proxy.ts';
import type { AccessPolicy } from './usage/access.ts';

/** Everything the environment may say, read once, with every problem named in one message. */
export interface Config {
  readonly airalo: AiraloSettings | undefined;
  readonly slack: SlackSettings | undefined;
  readonly discord: DiscordSettings | undefined;
  readonly telegram: TelegramSettings | undefined;
  /** `sqlite:<path>` or `redis://…`; checked for its form, not tried. */
  readonly storeUrl: string;
  /** The first seals, all of them open. Empty: secrets stand in the store as they are. */
  readonly storeKeys: readonly Buffer[];
  /** The reseller's own records; undefined where none are connected. */
  readonly customerLookup: CustomerLookupSettings | undefined;
  /** eSIMs that one person may have from lists in a day; 0: none. */
  readonly bulkRowsPerDay: number;
  /** Port 0 takes any that is free. */
  readonly http: { readonly host: string; readonly port: number };
  /** The way out of the network, from `HTTPS_PROXY` and the like; each service that is asked has it too. */
  readonly proxy: ProxySettings | undefined;
  /** Under which the HTTP server is reached from outside, without a path or a slash at its end; for the webhooks. */
  readonly publicUrl: string | undefined;
  /** Undefined: no HTTP API and no MCP over HTTP. */
  readonly httpApi: HttpApiSettings | undefined;
  readonly logLevel: LogLevel;
  /** BCP 47: what is posted in the alert channels has no reader whose language is known. */
  readonly alertLocale: string;
}

/** The HTTP API, where it is switched on. */
export interface HttpApiSettings {
  /** Callbacks may be plain http, and lead into private networks. */
  readonly privateCallbacks: boolean;
  /** Beside localhost: under which the server may be named in `Host`; undefined where it listens everywhere and nobody said how it is reached. */
  readonly hostnames: readonly string[] | undefined;
}

/** The partner account and how often one eSIM of it may be read. */
export interface AiraloSettings {
  readonly clientId: string;
  /** Also the key of the signatures on webhooks (Airalo's docs). */
  readonly clientSecret: string;
  /** No trailing slash; `/v2/...` is appended. */
  readonly baseUrl: string;
  /** The bot's own window per eSIM. */
  readonly usageWindowMs: number;
  readonly proxy?: ProxySettings | undefined;
}

/** The reseller's server that knows which eSIMs a customer has. */
export interface CustomerLookupSettings {
  readonly url: string;
  /** Key of the signatures, and of the hashes by which the audit knows an e-mail. */
  readonly secret: string;
  readonly proxy?: ProxySettings | undefined;
}

/** Slack, where a bot token is set. */
export interface SlackSettings {
  readonly botToken: string;
  /** Socket Mode needs no public address; over HTTP requests are known by the signing secret. */
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  /** Web API base, ends in `/api/`. */
  readonly apiUrl: string | undefined;
  readonly access: AccessPolicy;
  /** User groups whose members may read prices and the balance; empty: nobody. */
  readonly balanceGroups: readonly string[];
  readonly proxy?: ProxySettings | undefined;
  readonly alertChannel: string | undefined;
}

/** Discord, where a token is set. */
export interface DiscordSettings {
  readonly token: string;
  /** Undefined: Discord is asked which one the token belongs to. The doctor compares the two. */
  readonly applicationId: string | undefined;
  /** REST base without the version (discord.js `rest.api`). */
  readonly apiUrl: string | undefined;
  readonly access: AccessPolicy;
  /** Roles whose holders may read prices and the balance; empty: nobody. */
  readonly balanceRoles: readonly string[];
  readonly proxy?: ProxySettings | undefined;
  readonly alertChannel: string | undefined;
}

/** Telegram, where a token is set. */
export interface TelegramSettings {
  readonly token: string;
  /** Bot API base without a slash at its end; `/bot<token>/<method>` is appended. */
  readonly apiUrl: string;
  /** `spaces` are groups. With neither groups nor people named nobody is answered: anybody can find a bot. */
  readonly access: AccessPolicy;
  /** People who may read prices and the balance; empty: nobody. */
  readonly balanceUsers: readonly string[];
  /** `<chat>` or `<chat>:<topic>`. */
  readonly alertChannel: string | undefined;
}

/** Settings that cannot be used: one message with all of them. The command ends with exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG_INVALID';
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
  }
}

/** What a command cannot run without. */
export type ConfigNeed = 'airalo' | 'platform';
/** A configuration in which Airalo's credentials are set. */
export type AiraloConfig = Config & { readonly airalo: AiraloSettings };

/** `readConfig` for a command that cannot do without Airalo's credentials. */
export function requireAiralo(env: NodeJS.ProcessEnv, needs: readonly ConfigNeed[] = []): AiraloConfig {
  const config = readConfig(env, ['airalo', ...needs]);
  if (!config.airalo) throw new ConfigError(['AIRALO_CLIENT_ID and AIRALO_CLIENT_SECRET are missing']);
  return { ...config, airalo: config.airalo };
}

/**
 * Reads the settings. `needs` says what the command cannot run without.
 * Throws one `ConfigError` with every problem, naming settings and remedies, never values.
 */
export function readConfig(env: NodeJS.ProcessEnv, needs: readonly ConfigNeed[] = []): Config {
  const said = cleaned(env);
  const parsed = environment.safeParse(said);
  // All of them at once: an operator mends a file in one go.
  const problems = [
    ...misspeltNames(said, SETTING_NAMES),
    ...(parsed.success ? [] : parsed.error.issues.map(describeIssue)),
    ...airaloProblems(said, needs.includes('airalo')),
    ...slackProblems(said),
    ...customerLookupProblems(said),
    ...platformProblems(said, needs.includes('platform')),
    ...proxyProblems(said),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const settings = parsed.data;
  const proxy = proxySettings(said);
  return {
    airalo: airaloSettings(settings, proxy),
    slack: slackSettings(settings, proxy),
    discord: discordSettings(settings, proxy),
    telegram: telegramSettings(settings),
    storeUrl: settings.STORE_URL,
    storeKeys: settings.STORE_KEY,
    customerLookup: customerLookupSettings(settings, proxy),
    bulkRowsPerDay: settings.BULK_ROWS_PER_DAY,
    http: { host: settings.HOST, port: settings.PORT },
    proxy,
    publicUrl: settings.PUBLIC_URL,
    httpApi: httpApiSettings(settings),
    logLevel: settings.LOG_LEVEL,
    alertLocale: settings.ALERT_LANGUAGE,
  };
}

/** The name of the setting, then what is wrong with it; never the value. */
function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

/** Both may be missing where the command can do without Airalo; one alone never. */
function airaloProblems(settings: Cleaned, needed: boolean): string[] {
  const missing = (['AIRALO_CLIENT_ID', 'AIRALO_CLIENT_SECRET'] as const).filter((name) => !settings[name]);
  if (missing.length === 0 || (missing.length === 2 && !needed)) return [];
  return missing.map((name) => `${name} is missing (Airalo Partner Platform, Developer, API credentials)`);
}

function slackProblems(settings: Cleaned): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = settings;
  if (bot && !app && !secret)
    return ['SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it'];
  if (!bot && (app || secret)) return ['SLACK_BOT_TOKEN is missing beside the other Slack setting'];
  return [];
}

function customerLookupProblems(settings: Cleaned): string[] {
  const { CUSTOMER_LOOKUP_URL: url, CUSTOMER_LOOKUP_SECRET: secret } = settings;
  if (url && !secret)
    return [
      'CUSTOMER_LOOKUP_URL needs CUSTOMER_LOOKUP_SECRET beside it, the same as on your server: openssl rand -base64 32',
    ];
  return !url && secret ? ['CUSTOMER_LOOKUP_URL is missing beside CUSTOMER_LOOKUP_SECRET'] : [];
}

/** Only for a command that needs somebody to answer. */
function platformProblems(settings: Cleaned, needed: boolean): string[] {
  if (!needed || settings.SLACK_BOT_TOKEN || settings.DISCORD_TOKEN || settings.TELEGRAM_TOKEN) return [];
  if (settings.HTTP_API?.toLowerCase() === 'on') return [];
  return [
    'no platform is configured: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN, DISCORD_TOKEN, TELEGRAM_TOKEN or HTTP_API=on; ' +
      'to see the bot work without any account, run: npm run demo (installed: esim-usage-bot demo)',
  ];
}

function airaloSettings(settings: Environment, proxy: Config['proxy']): AiraloSettings | undefined {
  if (!settings.AIRALO_CLIENT_ID || !settings.AIRALO_CLIENT_SECRET) return undefined;
  return {
    clientId: settings.AIRALO_CLIENT_ID,
    clientSecret: settings.AIRALO_CLIENT_SECRET,
    baseUrl: settings.AIRALO_BASE_URL ?? 'https://partners-api.airalo.com',
    usageWindowMs: settings.AIRALO_USAGE_WINDOW_SECONDS * 1000,
    proxy,
  };
}

/** Every address of this machine: such a HOST is no name under which anybody calls. */
const EVERYWHERE = ['0.0.0.0', '::'];

function httpApiSettings(settings: Environment): HttpApiSettings | undefined {
  if (!settings.HTTP_API) return undefined;
  const { HOST: host, PUBLIC_URL: publicUrl, HTTP_API_PRIVATE_CALLBACKS: privateCallbacks } = settings;
  const listed = EVERYWHERE.includes(host) ? [] : [host.includes(':') ? `[${host}]` : host];
  const hostnames = [...listed, ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname])];
  return { privateCallbacks, hostnames: hostnames.length === 0 ? undefined : hostnames };
}

function customerLookupSettings(
  { CUSTOMER_LOOKUP_URL: url, CUSTOMER_LOOKUP_SECRET: secret }: Environment,
  proxy: Config['proxy'],
): CustomerLookupSettings | undefined {
  return url && secret ? { url, secret, proxy } : undefined;
}

/** Both sets given: Socket Mode wins, since it needs no public address. */
function slackSettings(settings: Environment, proxy: Config['proxy']): SlackSettings | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = settings;
  if (!botToken) return undefined;
  const access: AccessPolicy = {
    spaces: [],
    channels: settings.SLACK_ALLOWED_CHANNELS,
    groups: settings.SLACK_ALLOWED_USERGROUPS,
    users: [],
    whenUnset: 'members',
  };
  const rest = {
    botToken,
    apiUrl: settings.SLACK_API_URL,
    access,
    balanceGroups: settings.SLACK_BALANCE_USERGROUPS,
    proxy,
    alertChannel: settings.SLACK_ALERT_CHANNEL,
  };
  if (appToken) return { ...rest, transport: { kind: 'socket', appToken } };
  return signingSecret ? { ...rest, transport: { kind: 'http', signingSecret } } : undefined;
}

function discordSettings(settings: Environment, proxy: Config['proxy']): DiscordSettings | undefined {
  if (!settings.DISCORD_TOKEN) return undefined;
  return {
    token: settings.DISCORD_TOKEN,
    applicationId: settings.DISCORD_APPLICATION_ID,
    apiUrl: settings.DISCORD_API_URL,
    access: {
      spaces: settings.DISCORD_ALLOWED_GUILDS,
      channels: settings.DISCORD_ALLOWED_CHANNELS,
      groups: settings.DISCORD_ALLOWED_ROLES,
      users: settings.DISCORD_ALLOWED_USERS,
      whenUnset: 'stewards',
    },
    balanceRoles: settings.DISCORD_BALANCE_ROLES,
    proxy,
    alertChannel: settings.DISCORD_ALERT_CHANNEL,
  };
}

function telegramSettings(settings: Environment): TelegramSettings | undefined {
  if (!settings.TELEGRAM_TOKEN) return undefined;
  return {
    token: settings.TELEGRAM_TOKEN,
    apiUrl: settings.TELEGRAM_API_URL ?? 'https://api.telegram.org',
    access: {
      spaces: settings.TELEGRAM_ALLOWED_CHATS,
      channels: [],
      groups: [],
      users: settings.TELEGRAM_ALLOWED_USERS,
      whenUnset: 'stewards',
    },
    balanceUsers: settings.TELEGRAM_BALANCE_USERS,
    alertChannel: settings.TELEGRAM_ALERT_CHANNEL,
  };
}
