import { randomBytes } from 'node:crypto';
import { attachmentPayload, storeFile } from './attachment-body.ts';
import { directMessageChannel } from './channel-routes.ts';
import { type Gateway, INTENTS } from './gateway.ts';
import { interactionPayload, memberPayload, messagePayload, userPayload } from './payloads.ts';
import {
  addMessage,
  CHANNEL_TYPE,
  type Channel,
  EVERYTHING_NEEDED,
  type Guild,
  type Interaction,
  type StoredMessage,
  type User,
  type World,
} from './world.ts';

export interface CommandCall {
  readonly by: User;
  readonly in: Channel;
  /** What is typed into the option `iccid`. */
  readonly iccid?: string;
  /** What is chosen in the option `show`: the value of a choice. */
  readonly show?: string;
  readonly locale?: string;
  /** The app is installed by the person, not in the guild. */
  readonly userInstall?: boolean;
}

export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
}

/** What people and administrators do on Discord: they cause the events. */
export function createPeople(world: World, gateway: Gateway) {
  function person(name: string, directMessages: User['directMessages'] = 'open'): User {
    const user: User = { id: world.nextId(), name, bot: false, directMessages };
    world.users.set(user.id, user);
    return user;
  }

  function guild(name: string, owner: User): Guild {
    const id = world.nextId();
    const roles = new Map([[id, 0n]]);
    const made: Guild = {
      id,
      name,
      ownerId: owner.id,
      roles,
      members: new Map([owner.id, world.bot.id].map((userId) => [userId, []])),
      botIsMember: true,
    };
    world.guilds.set(id, made);
    return made;
  }

  function role(of: Guild, permissions = 0n): string {
    const id = world.nextId();
    of.roles.set(id, permissions);
    return id;
  }

  function channel(of: Guild, parent?: Channel): Channel {
    const made: Channel = {
      id: world.nextId(),
      type: parent ? CHANNEL_TYPE.thread : CHANNEL_TYPE.text,
      guildId: of.id,
      ...(parent ? { parentId: parent.id } : {}),
      messages: [],
      botPermissions: EVERYTHING_NEEDED,
      deleted: false,
    };
    world.channels.set(made.id, made);
    return made;
  }

  /** A conversation between two people, or a group: the bot is no part of it. */
  function privateChannel(): Channel {
    const type = CHANNEL_TYPE.group;
    const made: Channel = { id: world.nextId(), type, messages: [], botPermissions: 0n, deleted: false };
    world.channels.set(made.id, made);
    return made;
  }

  function interact(
    call: Omit<CommandCall, 'iccid'>,
    kind: Interaction['kind'],
    data: unknown,
    source?: StoredMessage,
  ): Interaction {
    const interaction: Interaction = {
      id: world.nextId(),
      token: `aW50ZXJhY3Rpb246${randomBytes(60).toString('base64url')}`,
      userId: call.by.id,
      channelId: call.in.id,
      ...(call.in.guildId === undefined ? {} : { guildId: call.in.guildId }),
      kind,
      userInstall: call.userInstall ?? false,
      ...(source ? { sourceMessageId: source.id } : {}),
      awaiting: false,
      followUps: 0,
    };
    world.interactions.set(interaction.id, interaction);
    announce(interaction, call, data, source);
    return interaction;
  }

  /** Sends the event; once more for a test of duplicates. */
  function announce(
    interaction: Interaction,
    call: Omit<CommandCall, 'iccid'>,
    data: unknown,
    source?: StoredMessage,
  ): void {
    const about = { channel: call.in, user: call.by, locale: call.locale ?? 'en-US', data };
    const payload = interactionPayload(world, interaction, about);
    const message = source ? { message: messagePayload(world, source) } : {};
    gateway.dispatch('INTERACTION_CREATE', { ...payload, ...message });
  }

  const usageData = (iccid: string, show?: string) => ({
    id: world.applicationId,
    name: 'esim-usage',
    type: 1,
    options: [
      { name: 'iccid', type: 3, value: iccid },
      ...(show === undefined ? [] : [{ name: 'show', type: 3, value: show }]),
    ],
  });

  return {
    person,
    guild,
    role,
    channel,
    privateChannel,
    directMessages: (user: User) => directMessageChannel(world, user.id),

    join(of: Guild, user: User, roleIds: readonly string[] = []): void {
      of.members.set(user.id, [...roleIds]);
    },

    /** `/esim-usage iccid:…` */
    usage: (call: CommandCall & { readonly iccid: string }) =>
      interact(call, 'command', usageData(call.iccid, call.show)),

    /** `/esim-usage list:…` */
    usageList(call: CommandCall, { name, bytes, contentType = 'text/csv' }: AttachedFile) {
      const file = storeFile(world, name, contentType, Buffer.from(bytes));
      const data = {
        ...usageData(''),
        options: [{ name: 'list', type: 11, value: file.id }],
        resolved: { attachments: { [file.id]: attachmentPayload(world, file.id)[0] } },
      };
      return interact(call, 'command', data);
    },

    /** Types into the option `iccid`, without sending. */
    typing: (call: CommandCall & { readonly iccid: string }) =>
      interact(call, 'typing', {
        ...usageData(call.iccid),
        options: [{ name: 'iccid', type: 3, value: call.iccid, focused: true }],
      }),

    /** The same event once more, as after a resume. */
    repeatUsage: (interaction: Interaction, call: CommandCall & { readonly iccid: string }) =>
      announce(interaction, call, usageData(call.iccid)),

    /** `/esim-help` */
    help: (call: CommandCall) =>
      interact(call, 'command', { id: world.applicationId, name: 'esim-help', type: 1 }),

    /** "Check eSIM usage" on a message. */
    check(call: CommandCall, target: StoredMessage, more: Readonly<Record<string, unknown>> = {}) {
      const resolved = { messages: { [target.id]: { ...messagePayload(world, target), ...more } } };
      const data = {
        id: world.applicationId,
        name: 'Check eSIM usage',
        type: 3,
        target_id: target.id,
        resolved,
      };
      return interact(call, 'command', data);
    },

    /** Presses the button, or chooses from a menu, whose label begins with `label`. */
    press(call: Omit<CommandCall, 'iccid'>, message: StoredMessage, label: string) {
      const controls = controlsOf(message);
      const control = controls.find((one) => one.label.startsWith(label));
      if (!control)
        throw new Error(`No button "${label}" there, only: ${controls.map((one) => one.label).join(', ')}`);
      return interact(call, 'button', control.data, message);
    },

    /** Writes a message; a mention of the bot is `<@id>` in the text. */
    write(
      user: User,
      where: Channel,
      content: string,
      files: readonly AttachedFile[] = [],
      /** Of the message as it goes over the wire: embeds, components, snapshots. */
      more: Readonly<Record<string, unknown>> = {},
    ): StoredMessage {
      const attachments = files.map(({ name, bytes, contentType = 'text/csv' }) => {
        const { id, filename } = storeFile(world, name, contentType, Buffer.from(bytes));
        return { id, filename };
      });
      const body = attachments.length > 0 ? { content, attachments } : { content };
      const message = addMessage(world, where, { authorId: user.id, body });
      const guildOfIt = where.guildId === undefined ? undefined : world.guilds.get(where.guildId);
      const mentioned = content.includes(`<@${world.bot.id}>`);
      const visible = guildOfIt === undefined || mentioned || user.id === world.bot.id;
      const payload = {
        ...messagePayload(world, message),
        ...(visible ? { content, ...more } : { content: '', attachments: [] }),
        mentions: mentioned ? [userPayload(world.bot)] : [],
        channel_type: where.type,
        ...(guildOfIt ? { guild_id: guildOfIt.id, member: memberPayload(world, guildOfIt, user.id) } : {}),
      };
      gateway.dispatch('MESSAGE_CREATE', payload, guildOfIt ? INTENTS.guildMessages : INTENTS.directMessages);
      return message;
    },

    /** The bot's own ephemeral answer comes back like this: without a guild, under the intent for direct messages. */
    echo(message: StoredMessage): void {
      gateway.dispatch('MESSAGE_CREATE', messagePayload(world, message), INTENTS.directMessages);
    },
  };
}
export type People = ReturnType<typeof createPeople>;

/** What can be pressed or chosen on a message, and what is sent for it (Discord's docs, Component interaction data). */
export function controlsOf({ body }: StoredMessage): { readonly label: string; readonly data: object }[] {
  return (body.components ?? []).flatMap((row) =>
    row.components.flatMap((one) => {
      if (one.type === 2)
        return one.disabled
          ? []
          : [{ label: one.label, data: { custom_id: one.custom_id, component_type: 2 } }];
      return one.options.map(({ label, value }) => ({
        label,
        data: { custom_id: one.custom_id, component_type: 3, values: [value] },
      }));
    }),
  );
}
