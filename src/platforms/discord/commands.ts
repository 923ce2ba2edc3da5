import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordSettings } from '../../config.ts';
import type { Log } from '../../log.ts';
import { StartError } from '../../usage/platform.ts';

/** What `npm run register` did. */
export interface Registration {
  readonly outcome: 'written' | 'unchanged';
  /** `global`, or the id of the one server. */
  readonly scope: 'global' | string;
  /** The names of all commands of the manifest, whether written now or there before. */
  readonly commands: readonly string[];
}

const MANIFEST = new URL('../../../manifests/discord-commands.json', import.meta.url);
const command = z.looseObject({ name: z.string() });
const commands = z.array(command);
type Command = z.infer<typeof command>;

/** The commands as the project wants them: for every server, or for one. */
export async function wantedCommands(guildId?: string): Promise<Command[]> {
  return forScope(commands.parse(JSON.parse(await readFile(MANIFEST, 'utf8'))), guildId);
}

function commandsPath(applicationId: string, guildId: string | undefined): `/${string}` {
  return guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);
}

/**
 * Whether Discord has the commands of the manifest, for every server or for this one. Throws what discord.js throws.
 */
export async function areRegistered(rest: REST, applicationId: string, guildId?: string): Promise<boolean> {
  return sameAs(rest, commandsPath(applicationId, guildId), await wantedCommands(guildId));
}

/**
 * Writes the manifest in one call, and only when Discord has something else: written commands are counted per day.
 * With `guildId` for that server alone. Throws a `StartError` with a remedy for what Discord refuses, and what
 * discord.js throws when Discord is away.
 */
export async function registerCommands(
  settings: DiscordSettings,
  { guildId, log }: { readonly guildId?: string; readonly log: Log },
): Promise<Registration> {
  const rest = new REST(settings.apiUrl === undefined ? {} : { api: settings.apiUrl }).setToken(
    settings.token,
  );
  try {
    const applicationId = settings.applicationId ?? (await ownId(rest));
    const path = commandsPath(applicationId, guildId);
    const wanted = await wantedCommands(guildId);
    const names = wanted.map(({ name }) => name);
    const scope = guildId ?? 'global';
    // Discord's docs: 200 new commands a day and scope.
    if (await sameAs(rest, path, wanted)) return { outcome: 'unchanged', scope, commands: names };
    await rest.put(path, { body: wanted });
    log.info({ scope, commands: names }, 'Discord commands written');
    return { outcome: 'written', scope, commands: names };
  } catch (error) {
    throw asStartError(error);
  }
}

/** True when every wanted property stands in Discord as it is in the manifest; what Discord adds does not count. */
async function sameAs(rest: REST, path: `/${string}`, wanted: readonly Command[]): Promise<boolean> {
  // Without it Discord leaves the other languages out, and every registration would look like a change.
  const query = new URLSearchParams({ with_localizations: 'true' });
  const known = commands.parse(await rest.get(path, { query }));
  if (known.length !== wanted.length) return false;
  return wanted.every((one) => known.some((other) => contains(other, one)));
}

async function ownId(rest: REST): Promise<string> {
  return z.object({ id: z.string() }).parse(await rest.get(Routes.currentApplication())).id;
}

/** Contexts and installations belong to global commands only. */
function forScope(wanted: readonly Command[], guildId: string | undefined): Command[] {
  if (guildId === undefined) return [...wanted];
  return wanted.map(({ contexts: _contexts, integration_types: _types, ...rest }) => ({ ...rest }));
}

/** Whether everything wanted is there: Discord adds ids, versions and defaults of its own. */
function contains(known: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted) && Array.isArray(known))
    return wanted.length === known.length && wanted.every((item, index) => contains(known[index], item));
  const object = z.record(z.string(), z.unknown());
  const [left, right] = [object.safeParse(known), object.safeParse(wanted)];
  if (!left.success || !right.success) return isDeepStrictEqual(known, wanted);
  return Object.entries(right.data).every(([key, value]) => contains(left.data[key], value));
}

/** What the operator can mend as a `StartError`; anything else as it came. */
function asStartError(error: unknown): unknown {
  if (!(error instanceof DiscordAPIError)) return error;
  if (error.status === 401)
    return new StartError(
      'Discord refuses DISCORD_TOKEN',
      'Copy it again (Developer Portal, Bot, Reset Token)',
    );
  if (error.code === 50_001)
    return new StartError(
      'The bot is not in that server',
      'Invite it first, with the scope applications.commands',
    );
  return new StartError(`Discord refuses the commands (code ${error.code})`, 'See the manifest and the code');
}
