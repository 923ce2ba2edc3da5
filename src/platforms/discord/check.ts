import { DiscordAPIError, HTTPError, RateLimitError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordSettings } from '../../config.ts';
import { howToRun } from '../../how-to-run.ts';
import type { Finding } from '../../ops/doctor.ts';
import { checkAlertChannel } from './check-alert-channel.ts';
import { checkIntents } from './check-intents.ts';
import { checkRoles } from './check-roles.ts';
import { GATEWAY_INTENTS } from './client-options.ts';
import { areRegistered } from './commands.ts';

/** A bot that starts once a day uses one of a thousand. */
const FEW_STARTS = 50;
/** Longer than for an answer that somebody is owed: the doctor is asked by hand. */
const TIMEOUT_MS = 10_000;
const gateway = z.object({ session_start_limit: z.object({ total: z.number(), remaining: z.number() }) });
const application = z.object({
  id: z.string(),
  name: z.string(),
  bot_public: z.boolean(),
  flags: z.number().default(0),
  interactions_endpoint_url: z.string().nullish(),
});

/**
 * Checks the settings with real calls: who we are, the starts left today, intents and commands, what makes the bot deaf
 * or too open, whether alerts can be posted.
 */
export async function checkDiscord(settings: DiscordSettings): Promise<Finding[]> {
  const rest = new REST({
    ...(settings.apiUrl === undefined ? {} : { api: settings.apiUrl }),
    // The doctor says that it is to wait, it does not wait.
    rejectOnRateLimit: () => true,
    timeout: TIMEOUT_MS,
    retries: 1,
  }).setToken(settings.token);
  try {
    const own = application.parse(await rest.get(Routes.currentApplication()));
    const { session_start_limit: starts } = gateway.parse(await rest.get(Routes.gatewayBot()));
    return [
      { level: 'ok', what: `signed in as ${own.name}` },
      startsLeft(starts),
      ...checkIntents(GATEWAY_INTENTS, own.flags),
      ...otherApplication(own, settings.applicationId),
      await checkCommands(rest, own.id, settings.access.spaces),
      ...deaf(own.interactions_endpoint_url),
      ...tooOpen(own.bot_public, settings),
      ...(await checkRoles(rest, settings)),
      ...(settings.alertChannel === undefined ? [] : await checkAlertChannel(rest, settings.alertChannel)),
    ];
  } catch (error) {
    return [refused(error)];
  }
}

/** What keeps the doctor out. Only a refusal of Discord's own says anything about the token. */
function refused(error: unknown): Finding {
  if (error instanceof RateLimitError)
    return {
      level: 'warning',
      what: `not checked, Discord asks to wait ${Math.ceil(error.retryAfter / 1000)} s (429); that says nothing against the token`,
      remedy: 'Ask the doctor again then; see the log of the bot when it happens again and again',
    };
  // Discord's own errors carry a code in JSON; a page of a proxy or of Cloudflare has none.
  const isDiscords = error instanceof DiscordAPIError && typeof error.code === 'number';
  if (isDiscords && error.status === 401)
    return {
      level: 'error',
      what: 'Discord does not let the bot in (401)',
      remedy: 'Copy DISCORD_TOKEN again (Developer Portal, Bot, Reset Token)',
    };
  if (isDiscords)
    return {
      level: 'error',
      what: `Discord refuses ${error.method} (${error.status}, code ${error.code}: ${error.message})`,
      remedy: 'Look the code up in Discord’s documentation, JSON Error Codes',
    };
  const status =
    error instanceof DiscordAPIError || error instanceof HTTPError ? `status ${error.status}` : undefined;
  return {
    level: 'error',
    what: `no answer of Discord’s own (${status ?? 'none'}); that says nothing against the token`,
    remedy:
      'Check the network and what stands in it (HTTPS_PROXY, a firewall), and DISCORD_API_URL where it is set',
  };
}

/** Discord lets a token write only the commands of its own application (code 20012). */
function otherApplication(own: { id: string; name: string }, applicationId: string | undefined): Finding[] {
  if (applicationId === undefined || applicationId === own.id) return [];
  return [
    {
      level: 'error',
      what: `DISCORD_APPLICATION_ID is another application's: the token has no permission to write its commands`,
      remedy: `Set it to ${own.id} (${own.name}), or leave it out: the bot asks Discord for it`,
    },
  ];
}

/** Discord's docs, Session Start Limit: the count starts anew each day. */
function startsLeft({ total, remaining }: { total: number; remaining: number }): Finding {
  const what = `${remaining} of ${total} gateway starts left today`;
  if (remaining > FEW_STARTS) return { level: 'ok', what };
  return { level: 'warning', what, remedy: 'Something starts the bot again and again: look at its log' };
}

/** Registered for every server, or with `register --guild` in each of those that are allowed. */
async function checkCommands(
  rest: REST,
  applicationId: string,
  allowedGuilds: readonly string[],
): Promise<Finding> {
  const registered: Finding = { level: 'ok', what: 'the commands are registered as in the manifest' };
  // Registered for every server is enough, whatever a single one has beside it.
  if (await areRegistered(rest, applicationId)) return registered;
  const inGuilds = await Promise.all(
    // A server the bot is not in has none of its commands either.
    allowedGuilds.map((guildId) => areRegistered(rest, applicationId, guildId).catch(() => false)),
  );
  if (inGuilds.length > 0 && inGuilds.every(Boolean)) return registered;
  return {
    level: 'error',
    what: 'the commands are not registered as in the manifest',
    remedy: howToRun('register'),
  };
}

/** Discord's docs: with an Interactions Endpoint URL commands and buttons no longer come over the gateway. */
function deaf(endpoint: string | null | undefined): Finding[] {
  if (!endpoint) return [];
  const remedy = 'Empty Interactions Endpoint URL (Developer Portal, General Information)';
  return [{ level: 'error', what: 'commands go to an HTTP address, not to this bot', remedy }];
}

/** A warning, not an error: the access policy holds in either case. */
function tooOpen(botPublic: boolean, { access }: DiscordSettings): Finding[] {
  if (!botPublic || access.spaces.length > 0) return [];
  const what =
    'anybody may add the bot to a server; only the application’s owners and named people are answered';
  return [{ level: 'warning', what, remedy: 'Switch Public Bot off, or set DISCORD_ALLOWED_GUILDS' }];
}
