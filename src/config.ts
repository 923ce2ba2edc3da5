import { z } from 'zod';
import type { LogLevel } from './ops/log.ts';
import { readKey } from './storage/sealed/seal.ts';
import type { AccessPolicy } from './usage/access.ts';

/** Everything the environment may say, read once, with every problem named in one message. */
export interface Config {
  readonly airalo: AiraloSettings | undefined;
  readonly slack: SlackSettings | undefined;
  readonly discord: DiscordSettings | undefined;
  readonly storeUrl: string;
  /** The first seals, all of them open. Empty: secrets stand in the store as they are. */
  readonly storeKeys: readonly Buffer[];
  /** eSIMs that one person may have from lists in a day; 0: none. */
  readonly bulkRowsPerDay: number;
  readonly http: { readonly host: string; readonly port: number };
  /** Under which the HTTP server is reached from outside, without a path; for the webhooks. */
  readonly publicUrl: string | undefined;
  readonly logLevel: LogLevel;
  /** BCP 47: what is posted in the alert channels has no reader whose language is known. */
  readonly alertLocale: string;
}

/** The partner account and how often one eSIM of it may be read. */
export interface AiraloSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** No trailing slash; `/v2/...` is appended. */
  readonly baseUrl: string;
  /** The bot's own window per eSIM. */
  readonly usageWindowMs: number;
}

/** Slack, where a bot token is set. */
export interface SlackSettings {
  readonly botToken: string;
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  /** Web API base, ends in `/api/`. */
  readonly apiUrl: string | undefined;
  readonly access: AccessPolicy;
  /** User groups whose members may read prices and the balance; empty: nobody. */
  readonly balanceGroups: readonly string[];
  readonly alertChannel: string | undefined;
}

/** Discord, where a token is set. */
export interface DiscordSettings {
  readonly token: string;
  readonly applicationId: string | undefined;
  /** REST base without the version (discord.js `rest.api`). */
  readonly apiUrl: string | undefined;
  readonly access: AccessPolicy;
  /** Roles whose holders may read prices and the balance; empty: nobody. */
  readonly balanceRoles: readonly string[];
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

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();
const list = z
  .string()
  .optional()
  .transform((value) => (value ?? '').split(',').flatMap((part) => part.trim() || []));
const ids = (pattern: RegExp, example: string) =>
  list.refine(
    (all) => all.every((id) => pattern.test(id)),
    `must be ids parted by commas, such as ${example}`,
  );
const httpUrl = (what: string) =>
  text.refine((value) => value === undefined || /^https?:\/\/[^\s]+$/.test(value), `must be ${what}`);
const wholeNumber = (fallback: number, lowest: number, highest: number) =>
  text.transform((value, context) => {
    const number = value === undefined ? fallback : Number(value);
    if (Number.isInteger(number) && number >= lowest && number <= highest) return number;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${lowest} to ${highest}` });
    return z.NEVER;
  });
const token = (pattern: RegExp, hint: string) =>
  text.refine((value) => value === undefined || pattern.test(value), hint);

const SLACK_ID = /^[A-Z0-9]{2,}$/;
const DISCORD_ID = /^\d{15,22}$/;

const environment = z.object({
  AIRALO_CLIENT_ID: text,
  AIRALO_CLIENT_SECRET: text,
  AIRALO_BASE_URL: httpUrl('an address such as https://partners-api.airalo.com'),
  AIRALO_USAGE_WINDOW_SECONDS: wholeNumber(900, 1, 86_400),
  SLACK_BOT_TOKEN: token(/^xoxb-/, 'must begin with xoxb- (OAuth & Permissions, Bot User OAuth Token)'),
  SLACK_APP_TOKEN: token(/^xapp-/, 'must begin with xapp- (Basic Information, App-Level Tokens)'),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: httpUrl('an address ending in /api/'),
  SLACK_ALLOWED_CHANNELS: ids(SLACK_ID, 'C0123456789'),
  SLACK_ALLOWED_USERGROUPS: ids(SLACK_ID, 'S0123456789'),
  SLACK_BALANCE_USERGROUPS: ids(SLACK_ID, 'S0123456789'),
  SLACK_ALERT_CHANNEL: text,
  DISCORD_TOKEN: text,
  DISCORD_APPLICATION_ID: token(DISCORD_ID, 'must be digits (General Information, Application ID)'),
  DISCORD_API_URL: httpUrl('an address such as https://discord.com/api'),
  DISCORD_ALLOWED_GUILDS: ids(DISCORD_ID, '112233445566778899'),
  DISCORD_ALLOWED_CHANNELS: ids(DISCORD_ID, '112233445566778899'),
  DISCORD_ALLOWED_ROLES: ids(DISCORD_ID, '112233445566778899'),
  DISCORD_ALLOWED_USERS: ids(DISCORD_ID, '112233445566778899'),
  DISCORD_BALANCE_ROLES: ids(DISCORD_ID, '112233445566778899'),
  DISCORD_ALERT_CHANNEL: text,
  STORE_URL: text
    .transform((value) => value ?? 'sqlite:./data/esim-usage.sqlite')
    .refine(
      (value) => /^(sqlite:.+|rediss?:\/\/.+)/.test(value),
      'must be sqlite:<path>, redis://… or rediss://…',
    ),
  STORE_KEY: list.transform((values, context) =>
    values.flatMap((value) => {
      const key = readKey(value);
      if (!key)
        context.addIssue({ code: 'custom', message: 'must be 32 bytes as base64: openssl rand -base64 32' });
      return key ?? [];
    }),
  ),
  BULK_ROWS_PER_DAY: wholeNumber(2_000, 0, 100_000),
  HOST: text.transform((value) => value ?? '127.0.0.1'),
  PORT: wholeNumber(3000, 0, 65_535),
  PUBLIC_URL: httpUrl('an address such as https://bot.example.com'),
  ALERT_LANGUAGE: text.transform((value) => value ?? 'en'),
  LOG_LEVEL: text
    .transform((value) => value ?? 'info')
    .pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
});
type Environment = z.infer<typeof environment>;

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
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describeIssue));
  const settings = parsed.data;
  const problems = [
    ...airaloProblems(settings, needs.includes('airalo')),
    ...slackProblems(settings),
    ...platformProblems(settings, needs.includes('platform')),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    airalo: airaloSettings(settings),
    slack: slackSettings(settings),
    discord: discordSettings(settings),
    storeUrl: settings.STORE_URL,
    storeKeys: settings.STORE_KEY,
    bulkRowsPerDay: settings.BULK_ROWS_PER_DAY,
    http: { host: settings.HOST, port: settings.PORT },
    publicUrl: settings.PUBLIC_URL,
    logLevel: settings.LOG_LEVEL,
    alertLocale: settings.ALERT_LANGUAGE,
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function airaloProblems(settings: Environment, needed: boolean): string[] {
  const missing = (['AIRALO_CLIENT_ID', 'AIRALO_CLIENT_SECRET'] as const).filter((name) => !settings[name]);
  if (missing.length === 0 || (missing.length === 2 && !needed)) return [];
  return missing.map((name) => `${name} is missing (Airalo Partner Platform, Developer, API credentials)`);
}

function slackProblems(settings: Environment): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = settings;
  if (bot && !app && !secret)
    return ['SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it'];
  if (!bot && (app || secret)) return ['SLACK_BOT_TOKEN is missing beside the other Slack setting'];
  return [];
}

function platformProblems(settings: Environment, needed: boolean): string[] {
  if (!needed || settings.SLACK_BOT_TOKEN || settings.DISCORD_TOKEN) return [];
  return [
    'no platform is configured: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN, or DISCORD_TOKEN; ' +
      'to see the bot work without any account, run: npm run demo (installed: esim-usage-bot demo)',
  ];
}

function airaloSettings(settings: Environment): AiraloSettings | undefined {
  if (!settings.AIRALO_CLIENT_ID || !settings.AIRALO_CLIENT_SECRET) return undefined;
  return {
    clientId: settings.AIRALO_CLIENT_ID,
    clientSecret: settings.AIRALO_CLIENT_SECRET,
    baseUrl: (settings.AIRALO_BASE_URL ?? 'https://partners-api.airalo.com').replace(/\/+$/, ''),
    usageWindowMs: settings.AIRALO_USAGE_WINDOW_SECONDS * 1000,
  };
}

/** Both sets given: Socket Mode wins, since it needs no public address. */
function slackSettings(settings: Environment): SlackSettings | undefined {
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
    alertChannel: settings.SLACK_ALERT_CHANNEL,
  };
  if (appToken) return { ...rest, transport: { kind: 'socket', appToken } };
  return signingSecret ? { ...rest, transport: { kind: 'http', signingSecret } } : undefined;
}

function discordSettings(settings: Environment): DiscordSettings | undefined {
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
    alertChannel: settings.DISCORD_ALERT_CHANNEL,
  };
}
