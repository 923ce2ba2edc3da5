import { DiscordAPIError, PermissionsBitField, type REST, Routes } from 'discord.js';
import type { z } from 'zod';
import type { Finding } from '../../ops/doctor.ts';
import {
  channelShape,
  guildShape,
  memberShape,
  ownShape,
  permissionsIn,
  TEXT_CHANNELS,
} from './channel-permissions.ts';

/** Discord's docs, Channel Types: the threads of text and announcement channels. */
const THREADS = [10, 11, 12];
const UNKNOWN_CHANNEL = 10_003;
const MISSING_ACCESS = 50_001;

const { Flags } = PermissionsBitField;
const NAMES = {
  'View Channel': Flags.ViewChannel,
  'Send Messages': Flags.SendMessages,
  'Embed Links': Flags.EmbedLinks,
  'Read Message History': Flags.ReadMessageHistory,
  'Create Public Threads': Flags.CreatePublicThreads,
  'Send Messages in Threads': Flags.SendMessagesInThreads,
} as const;
type Name = keyof typeof NAMES;
/** Without these an alert cannot be shown at all. */
const NEEDED: readonly Name[] = ['View Channel', 'Send Messages', 'Embed Links', 'Read Message History'];
const NEEDED_IN_A_THREAD: readonly Name[] = NEEDED.with(1, 'Send Messages in Threads');
/** Without these what follows an alert stands in the channel instead of in a thread of its own. */
const WELCOME: readonly Name[] = ['Create Public Threads', 'Send Messages in Threads'];

/**
 * Whether the bot may post to `DISCORD_ALERT_CHANNEL`, worked out from what Discord says of it. Throws when Discord
 * is away.
 */
export async function checkAlertChannel(rest: REST, channelId: string): Promise<Finding[]> {
  try {
    const channel = channelShape.parse(await rest.get(Routes.channel(channelId)));
    const { guild_id: guildId } = channel;
    const inThread = THREADS.includes(channel.type);
    if (guildId === undefined || !(inThread || TEXT_CHANNELS.includes(channel.type)))
      return [unusable(`${channelId} is no text channel of a server`)];
    const permissions = await permissionsOfBot(rest, channel, guildId);
    const lacking = (names: readonly Name[]) => names.filter((name) => !permissions.has(NAMES[name]));
    const missing = lacking(inThread ? NEEDED_IN_A_THREAD : NEEDED);
    if (missing.length > 0) return [lacks('error', channel.name, missing, 'alerts cannot be shown there')];
    const unthreaded = inThread ? [] : lacking(WELCOME);
    if (unthreaded.length > 0)
      return [lacks('warning', channel.name, unthreaded, 'alerts cannot be followed up in a thread')];
    return [{ level: 'ok', what: `alerts can be posted to #${channel.name ?? channelId}` }];
  } catch (error) {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code === UNKNOWN_CHANNEL) return [unusable(`there is no channel ${channelId}`)];
    // Discord says the same for a server the bot is not in and for a channel it may not see.
    if (code === MISSING_ACCESS) return [lacks('error', undefined, ['View Channel'], 'it cannot be seen')];
    throw error;
  }
}

/** From three answers: the bot's own id, the server's roles, which of them the bot holds. */
async function permissionsOfBot(
  rest: REST,
  channel: z.infer<typeof channelShape>,
  guildId: string,
): Promise<PermissionsBitField> {
  const { id } = ownShape.parse(await rest.get(Routes.user()));
  const { parent_id: parentId } = channel;
  // A thread has the permissions of the channel it hangs on; any other channel's parent is only its category.
  const ruling =
    THREADS.includes(channel.type) && parentId
      ? channelShape.parse(await rest.get(Routes.channel(parentId)))
      : channel;
  const guild = guildShape.parse(await rest.get(Routes.guild(guildId)));
  const { roles } = memberShape.parse(await rest.get(Routes.guildMember(guildId, id)));
  return permissionsIn({
    guildId,
    ownerId: guild.owner_id,
    roles: guild.roles,
    member: { id, roles },
    overwrites: ruling.permission_overwrites ?? [],
  });
}

/** An id that leads to no channel in which alerts could stand. */
function unusable(why: string): Finding {
  return {
    level: 'error',
    what: `DISCORD_ALERT_CHANNEL: ${why}`,
    remedy:
      'Set it to the id of a text channel (Developer Mode on, right-click the channel, Copy Channel ID)',
  };
}

/** `so` says what comes of it for the people in the channel. */
function lacks(
  level: 'warning' | 'error',
  name: string | null | undefined,
  missing: readonly Name[],
  so: string,
): Finding {
  const where = name ? `#${name}` : 'the channel';
  return {
    level,
    what: `DISCORD_ALERT_CHANNEL: the bot lacks ${missing.join(', ')} in ${where}, ${so}`,
    remedy: `Give its role ${missing.join(', ')} (${where}, Edit Channel, Permissions); the bot must be in that server`,
  };
}
