import { attachmentPayload } from './attachment-body.ts';
import { madeAt } from './snowflake.ts';
import {
  EVERYTHING_NEEDED as ALL,
  type Channel,
  type Guild,
  type Interaction,
  type Overwrite,
  type StoredMessage,
  type User,
  type World,
} from './world.ts';

/** Discord's own pictures of its state, as they go over the wire. */

export function userPayload(user: User) {
  return {
    id: user.id,
    username: user.name,
    discriminator: '0',
    global_name: user.name,
    avatar: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function channelPayload(world: World, channel: Channel) {
  const recipient = channel.recipientId === undefined ? undefined : world.users.get(channel.recipientId);
  const thread = {
    archived: false,
    auto_archive_duration: 60,
    archive_timestamp: '2026-01-01T00:00:00Z',
    locked: false,
  };
  return {
    id: channel.id,
    type: channel.type,
    ...(channel.guildId === undefined
      ? {}
      : {
          guild_id: channel.guildId,
          name: `channel-${channel.id.slice(-4)}`,
          position: 0,
          ...(channel.type === 11 ? {} : { permission_overwrites: overwritesOf(world, channel) }),
        }),
    ...(channel.type === 11 ? { thread_metadata: thread, owner_id: world.ownerId } : {}),
    ...(channel.parentId === undefined ? {} : { parent_id: channel.parentId }),
    ...(recipient ? { recipients: [userPayload(recipient)] } : {}),
  };
}

/** Without overwrites of a test's own: one for the bot that comes to `botPermissions`. */
function overwritesOf(world: World, { overwrites, botPermissions }: Channel) {
  const derived: Overwrite = {
    id: world.bot.id,
    type: 1,
    allow: botPermissions,
    deny: ~botPermissions & ALL,
  };
  return (overwrites ?? [derived]).map(({ id, type, allow, deny }) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  }));
}

export function rolePayload(id: string, permissions: bigint) {
  return {
    id,
    name: `role-${id.slice(-4)}`,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 1,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

export function memberPayload(world: World, guild: Guild, userId: string) {
  const user = world.users.get(userId);
  return {
    ...(user ? { user: userPayload(user) } : {}),
    roles: guild.members.get(userId) ?? [],
    joined_at: '2026-01-01T00:00:00Z',
    deaf: false,
    mute: false,
    flags: 0,
  };
}

export function guildPayload(world: World, guild: Guild) {
  const channels = [...world.channels.values()].filter(
    ({ guildId, deleted }) => guildId === guild.id && !deleted,
  );
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: 'en-US',
    roles: [...guild.roles].map(([id, permissions]) => rolePayload(id, permissions)),
    channels: channels.filter(({ type }) => type === 0).map((channel) => channelPayload(world, channel)),
    threads: channels.filter(({ type }) => type === 11).map((channel) => channelPayload(world, channel)),
    members: [],
    member_count: guild.members.size,
    emojis: [],
    stickers: [],
    features: [],
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    unavailable: false,
  };
}

export function messagePayload(world: World, message: StoredMessage) {
  const author = world.users.get(message.authorId);
  return {
    id: message.id,
    channel_id: message.channelId,
    author: author ? userPayload(author) : undefined,
    type: 0,
    content: message.body.content ?? '',
    embeds: message.body.embeds ?? [],
    components: message.body.components ?? [],
    timestamp: new Date(madeAt(message.id)).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: (message.body.attachments ?? []).flatMap(({ id }) => attachmentPayload(world, id)),
    pinned: false,
    flags: (message.onlyFor === undefined ? 0 : 64) | (message.loading ? 128 : 0),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(message.answers === undefined
      ? {}
      : { message_reference: { message_id: message.answers, channel_id: message.channelId } }),
  };
}

/** Permissions of a person in a guild: the sum of @everyone and their roles. */
function permissionsOf(guild: Guild, userId: string): bigint {
  const held = [guild.id, ...(guild.members.get(userId) ?? [])];
  return held.reduce((sum, roleId) => sum | (guild.roles.get(roleId) ?? 0n), 0n);
}

/** The part every INTERACTION_CREATE has. */
export function interactionPayload(
  world: World,
  interaction: Interaction,
  about: { readonly channel: Channel; readonly user: User; readonly locale: string; readonly data: unknown },
) {
  const { channel, user, locale, data } = about;
  const guild = interaction.guildId === undefined ? undefined : world.guilds.get(interaction.guildId);
  const context = guild ? 0 : channel.type === 1 && channel.recipientId === user.id ? 1 : 2;
  const owners = interaction.userInstall ? { '1': user.id } : { '0': guild ? guild.id : '0' };
  const member = guild && {
    ...memberPayload(world, guild, user.id),
    permissions: String(permissionsOf(guild, user.id)),
  };
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: { command: 2, button: 3, typing: 4 }[interaction.kind],
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelPayload(world, channel),
    ...(guild
      ? { guild_id: guild.id, guild_locale: 'en-US', guild: { id: guild.id, locale: 'en-US', features: [] } }
      : {}),
    ...(member ? { member } : { user: userPayload(user) }),
    app_permissions: String(channel.botPermissions),
    locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context,
    attachment_size_limit: 10_485_760,
  };
}
