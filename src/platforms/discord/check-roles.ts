import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordSettings } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';

const withId = z.array(z.object({ id: z.string() }));
/** A bot of one team is in a few; each costs a call. */
const MAX_GUILDS = 20;

/**
 * Whether the roles of the settings are there: one that is in no server of the bot lets nobody in, without a word.
 * Throws when Discord is away.
 */
export async function checkRoles(rest: REST, settings: DiscordSettings): Promise<Finding[]> {
  const named = [
    ...settings.access.groups.map((id) => ['DISCORD_ALLOWED_ROLES', id] as const),
    ...settings.balanceRoles.map((id) => ['DISCORD_BALANCE_ROLES', id] as const),
  ];
  if (named.length === 0) return [];
  const guilds = withId.parse(await rest.get(Routes.userGuilds())).slice(0, MAX_GUILDS);
  const roles = await Promise.all(
    guilds.map(async ({ id }) => withId.parse(await rest.get(Routes.guildRoles(id)))),
  );
  const known = new Set(roles.flat().map(({ id }) => id));
  return named.map(([setting, id]) =>
    known.has(id)
      ? { level: 'ok', what: `${setting}: the role ${id} is there` }
      : {
          level: 'error',
          what: `${setting}: no server of the bot has a role ${id}`,
          remedy:
            'Copy the id of a role (Server Settings, Roles, … of the role, Copy Role ID); the bot must be in that server',
        },
  );
}
