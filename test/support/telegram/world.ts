import type { Clock } from '../../../src/clock.ts';

export interface TelegramUser {
  readonly id: number;
  readonly first_name: string;
  readonly username?: string;
  readonly is_bot: boolean;
  language_code: string;
}

export interface TelegramGroup {
  id: number;
  readonly title: string;
  readonly members: Set<number>;
  /** The bot was removed. */
  kicked: boolean;
}

/** Where a message stands: a group's id, or the person's whose private chat it is. */
export interface StoredMessage {
  readonly id: number;
  chatId: number;
  readonly from: TelegramUser;
  html: string;
  text: string;
  buttons: { readonly text: string; readonly callback_data?: string; readonly url?: string }[];
  readonly threadId?: number;
  readonly replyTo?: number;
  readonly document?: { readonly name: string; readonly bytes: Uint8Array };
  deleted: boolean;
  edits: number;
}

/** An answer to a press that is shown in a box, to the presser alone. */
export interface Toast {
  readonly userId: number;
  readonly text: string;
}

export interface Query {
  readonly id: string;
  readonly userId: number;
  answered: boolean;
  url?: string;
}

/** Everything Telegram knows. */
export class TelegramWorld {
  readonly token = '7000000001:AAtest-token_with-letters-0123456789';
  readonly bot: TelegramUser = {
    id: 7_000_000_001,
    first_name: 'eSIM usage',
    username: 'esim_usage_bot',
    is_bot: true,
    language_code: 'en',
  };
  readonly users = new Map<number, TelegramUser>();
  readonly groups = new Map<number, TelegramGroup>();
  /** People whom the bot may write to. */
  readonly started = new Set<number>();
  readonly blocked = new Set<number>();
  readonly messages: StoredMessage[] = [];
  readonly toasts: Toast[] = [];
  readonly queries = new Map<string, Query>();
  readonly files = new Map<string, Uint8Array>();
  readonly commands = new Map<string, unknown>();
  /** Of rules that the bot has broken. */
  readonly violations: string[] = [];
  webhook = '';
  #next = 100;

  readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }

  nextId(): number {
    return ++this.#next;
  }

  person(name: string): TelegramUser {
    const user = { id: 500_000_000 + this.nextId(), first_name: name, is_bot: false, language_code: 'en' };
    this.users.set(user.id, user);
    return user;
  }

  group(title: string, ...members: TelegramUser[]): TelegramGroup {
    const id = -1_001_000_000_000 - this.nextId();
    const group = { id, title, members: new Set(members.map((one) => one.id)), kicked: false };
    this.groups.set(id, group);
    return group;
  }

  fromBot(chatId?: number): StoredMessage[] {
    return this.messages.filter(
      (one) => one.from === this.bot && !one.deleted && (chatId === undefined || one.chatId === chatId),
    );
  }
}
