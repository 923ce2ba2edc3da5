import { PermissionFlagsBits, Routes } from 'discord.js';
import {
  channelShape,
  guildShape,
  memberShape,
  ownShape,
  permissionsIn,
  TEXT_CHANNELS,
} from './channel-permissions.ts';
import type { DiscordRest } from './rest.ts';

/** What a table in a channel takes of the bot. */
const TO_POST =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks;

/**
 * The server of a text channel that a person can read and the bot can post to, worked out from roles and overwrites; undefined for any
 * other, and where Discord does not say. A thread is none: who may read a private one no permission tells.
 */
export async function guildOfSharedChannel(
  rest: DiscordRest,
  channelId: string,
  userId: string,
): Promise<string | undefined> {
  const facts = await rest.call(async (by) => {
    const channel = channelShape.parse(await by.get(Routes.channel(channelId)));
    const { guild_id: guildId, permission_overwrites: overwrites = [] } = channel;
    if (guildId === undefined || !TEXT_CHANNELS.includes(channel.type)) return undefined;
    const own = ownShape.parse(await by.get(Routes.user()));
    const [guild, ...members] = await Promise.all([
      by.get(Routes.guild(guildId)).then((found) => guildShape.parse(found)),
      ...[userId, own.id].map(async (id) => {
        const { roles } = memberShape.parse(await by.get(Routes.guildMember(guildId, id)));
        return { id, roles };
      }),
    ]);
    const [person, bot] = members.map((member) =>
      permissionsIn({ guildId, ownerId: guild.owner_id, roles: guild.roles, member, overwrites }),
    );
    return person?.has(PermissionFlagsBits.ViewChannel) && bot?.has(TO_POST) ? guildId : undefined;
  });
  return facts.kind === 'ok' ? facts.value : undefined;
}
