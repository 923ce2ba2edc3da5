import type { Clock } from '../../../src/clock.ts';
import type { StoredFile } from './attachment-body.ts';
import type { MessageBody } from './body-rules.ts';
import { createSnowflakes } from './snowflake.ts';

/** Permissions of the bot in a channel, by the bits of the documentation. */
export const VIEW_CHANNEL = 1n << 10n;
export const SEND_MESSAGES = 1n << 11n;
export const EMBED_LINKS = 1n << 14n;
export const ATTACH_FILES = 1n << 15n;
export const READ_MESSAGE_HISTORY = 1n << 16n;
export const MANAGE_GUILD = 1n << 5n;
export const CREATE_PUBLIC_THREADS = 1n << 35n;
export const SEND_MESSAGES_IN_THREADS = 1n << 38n;
export const EVERYTHING_NEEDED =
  VIEW_CHANNEL |
  SEND_MESSAGES |
  EMBED_LINKS |
  READ_MESSAGE_HISTORY |
  CREATE_PUBLIC_THREADS |
  SEND_MESSAGES_IN_THREADS;

export const CHANNEL_TYPE = { text: 0, dm: 1, group: 3, thread: 11 } as const;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** How a direct message to them ends. */
  directMessages: 'open' | 'closed' | 'no-mutual-guild';
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** Role id to its permissions; the guild's own id is @everyone. */
  readonly roles: Map<string, bigint>;
  /** User id to role ids. */
  readonly members: Map<string, string[]>;
  botIsMember: boolean;
}

export interface Channel {
  readonly id: string;
  readonly type: (typeof CHANNEL_TYPE)[keyof typeof CHANNEL_TYPE];
  readonly guildId?: string;
  readonly parentId?: string;
  /** Of a direct message. */
  readonly recipientId?: string;
  readonly messages: StoredMessage[];
  /** What the channel routes go by; shown as an overwrite for the bot, unless there are `overwrites`. */
  botPermissions: bigint;
  overwrites?: readonly Overwrite[];
  deleted: boolean;
}

/** `type` 0 for a role, 1 for a member. */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** The one person who sees it; absent when everybody in the channel does. */
  readonly onlyFor?: string;
  readonly nonce?: string;
  readonly answers?: string;
  readonly createdAt: number;
  /** "Bot is thinking…" */
  loading: boolean;
  body: MessageBody;
  /** Every body it has had, oldest first. */
  readonly history: MessageBody[];
  deleted: boolean;
}

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId?: string;
  readonly kind: 'command' | 'button' | 'typing';
  /** Only installed by the person, not in the guild. */
  readonly userInstall: boolean;
  /** For a button: the message it stands on. */
  readonly sourceMessageId?: string;
  acknowledged?: { readonly type: number; readonly at: number };
  /** What was offered to somebody who is typing. */
  choices?: readonly { readonly name: string; readonly value: string }[];
  originalId?: string;
  /** A deferred answer nobody has written yet. */
  awaiting: boolean;
  followUps: number;
}

/** The state of Discord, shared by gateway, REST and the people. */
export interface World {
  readonly clock: Clock;
  readonly nextId: () => string;
  readonly applicationId: string;
  readonly bot: User;
  readonly token: string;
  /** Owner of the application. */
  readonly ownerId: string;
  readonly users: Map<string, User>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly interactions: Map<string, Interaction>;
  /** Registered commands: `global`, or the guild's id. */
  readonly commands: Map<string, unknown[]>;
  /** Anybody may add the bot to a server. */
  botPublic: boolean;
  interactionsEndpointUrl: string | null;
  /** What is switched on for the application, such as a privileged intent. */
  applicationFlags: number;
  /** How many of the day's 1000 gateway starts are left. */
  startsLeft: number;
  /** Outgoing bodies that broke a documented limit. */
  readonly violations: string[];
  /** Everything that was attached, by its id. */
  readonly files: Map<string, StoredFile>;
  /** Of the stand-in, once it listens. */
  url: string;
  /** Told of each interaction in the moment in which its first answer has come in. */
  onAcknowledged: (interaction: Interaction) => void;
}

export function createWorld(clock: Clock): World {
  const nextId = createSnowflakes(clock);
  const bot: User = { id: nextId(), name: 'esim-usage', bot: true, directMessages: 'open' };
  const owner: User = { id: nextId(), name: 'owner', bot: false, directMessages: 'open' };
  return {
    clock,
    nextId,
    applicationId: bot.id,
    bot,
    token: `${Buffer.from(bot.id).toString('base64url')}.AAAAAA.stand-in-token-stand-in-token`,
    ownerId: owner.id,
    users: new Map([bot, owner].map((user) => [user.id, user])),
    guilds: new Map(),
    channels: new Map(),
    interactions: new Map(),
    commands: new Map(),
    botPublic: false,
    interactionsEndpointUrl: null,
    applicationFlags: 0,
    startsLeft: 1000,
    violations: [],
    files: new Map(),
    url: '',
    onAcknowledged: () => undefined,
  };
}

/** Puts a message into a channel; the caller has checked that this is allowed. */
export function addMessage(
  world: World,
  channel: Channel,
  message: Pick<StoredMessage, 'authorId' | 'body'> &
    Partial<Pick<StoredMessage, 'onlyFor' | 'nonce' | 'answers' | 'loading'>>,
): StoredMessage {
  const stored: StoredMessage = {
    loading: false,
    ...message,
    id: world.nextId(),
    channelId: channel.id,
    createdAt: world.clock.now(),
    history: message.loading ? [] : [message.body],
    deleted: false,
  };
  channel.messages.push(stored);
  return stored;
}

/** An edit keeps what it does not name. */
export function editMessage(message: StoredMessage, change: MessageBody): void {
  message.body = { ...message.body, ...change };
  message.loading = false;
  message.history.push(message.body);
}

export function findMessage(world: World, messageId: string): StoredMessage | undefined {
  for (const channel of world.channels.values()) {
    const found = channel.messages.find(({ id, deleted }) => id === messageId && !deleted);
    if (found) return found;
  }
  return undefined;
}
