import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from 'discord.js';
import { StartError } from '../../usage/platform.ts';
import type { SessionEnd } from './session.ts';

const WRONG_TOKEN = 'DISCORD_TOKEN is wrong or was reset: copy it again (Developer Portal, Bot, Reset Token)';

/** Close codes after which discord.js does not connect again (Discord, Gateway close event codes). */
export const FATAL: ReadonlyMap<number, string> = new Map([
  [4004, WRONG_TOKEN],
  [4010, 'Run one bot process per token without sharding settings'],
  [4011, 'The bot is in too many servers for one connection: sharding is needed'],
  [4012, 'This version of the bot is too old for Discord: update it'],
  [4013, 'Discord does not know an intent this bot asks for: update the bot'],
  [
    4014,
    'Discord refuses an intent: the bot needs none that is privileged; check the application (Developer Portal, Bot)',
  ],
]);

/** The day's starts come back one by one; asking more often would not bring them sooner. */
const STARTS_USED_UP_MS = 60_000;

/**
 * Sorts what `login()` rejects with. discord.js puts a 401 of `/gateway/bot` as an invalid token. `refused` only
 * where the operator must act; for all else (`away`) another client is made, after `waitMs` where Discord asks for a
 * wait.
 */
export function loginFailure(error: unknown): SessionEnd {
  const refused =
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
    (error instanceof DiscordAPIError && error.status === 401);
  if (refused)
    return {
      kind: 'refused',
      error: new StartError('Discord does not let the bot in', WRONG_TOKEN, { cause: error }),
    };
  if (error instanceof RateLimitError)
    return { kind: 'away', cause: 'rate limited', waitMs: Math.max(error.retryAfter, error.timeToReset) };
  if (error instanceof HTTPError || error instanceof DiscordAPIError)
    return { kind: 'away', cause: `HTTP ${error.status}` };
  if (error instanceof Error && error.message.startsWith('Not enough sessions'))
    return { kind: 'away', cause: 'the starts of today are used up', waitMs: STARTS_USED_UP_MS };
  return { kind: 'away', cause: causeOf(error) };
}

/** The innermost code there is, such as `ECONNREFUSED`; no message, since one may hold an address. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'network';
  const inner = error.cause === undefined ? '' : causeOf(error.cause);
  if (inner !== '' && inner !== 'network') return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
