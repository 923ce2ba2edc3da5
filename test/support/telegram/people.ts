import type { Updates } from './updates.ts';
import type { StoredMessage, TelegramGroup, TelegramUser, TelegramWorld } from './world.ts';

/** What else a message is. */
export interface Writing {
  readonly replyTo?: StoredMessage;
  readonly topic?: number;
  readonly forwarded?: boolean;
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
}

/** What people do, and the updates that come of it. */
export function createPeople(world: TelegramWorld, updates: Updates) {
  const chatOf = (where: TelegramUser | TelegramGroup) =>
    'title' in where
      ? { id: where.id, type: 'supergroup', title: where.title }
      : { id: where.id, type: 'private', first_name: where.first_name };

  function wire(message: StoredMessage, where: TelegramUser | TelegramGroup, more: Writing = {}) {
    const { file } = more;
    const fileId = file ? `file-${message.id}` : '';
    if (file) world.files.set(fileId, file.bytes);
    return {
      message_id: message.id,
      date: Math.floor(world.clock.now() / 1000),
      from: message.from,
      chat: chatOf(where),
      ...(file
        ? {
            caption: message.text || undefined,
            document: {
              file_id: fileId,
              file_unique_id: fileId,
              file_name: file.name,
              file_size: file.bytes.length,
            },
          }
        : { text: message.text }),
      ...(more.topic === undefined ? {} : { message_thread_id: more.topic, is_topic_message: true }),
      ...(more.forwarded
        ? { forward_origin: { type: 'hidden_user', date: 0, sender_user_name: 'Customer' } }
        : {}),
      ...(more.replyTo
        ? {
            reply_to_message: {
              message_id: more.replyTo.id,
              date: 0,
              chat: chatOf(where),
              from: more.replyTo.from,
              text: more.replyTo.text,
            },
          }
        : {}),
    };
  }

  function store(
    from: TelegramUser,
    where: TelegramUser | TelegramGroup,
    text: string,
    threadId?: number,
  ): StoredMessage {
    const message: StoredMessage = {
      id: world.nextId(),
      chatId: where.id,
      from,
      html: text,
      text,
      buttons: [],
      deleted: false,
      edits: 0,
      ...(threadId === undefined ? {} : { threadId }),
    };
    world.messages.push(message);
    return message;
  }

  return {
    /** Presses Start: from then on the bot may write. */
    start(who: TelegramUser, payload = ''): void {
      world.started.add(who.id);
      const message = store(who, who, `/start ${payload}`.trim());
      updates.push({ message: wire(message, who) });
    },
    /** Writes; what is written in a group where the bot's privacy mode keeps it from being heard comes to nothing. */
    write(who: TelegramUser, where: TelegramUser | TelegramGroup, text: string, more: Writing = {}) {
      if (!('title' in where)) world.started.add(who.id);
      const message = store(who, where, text, more.topic);
      const heard =
        !('title' in where) || /^\/|@esim_usage_bot/i.test(text) || more.replyTo?.from === world.bot;
      const event = { message: wire(message, where, more) };
      if (heard) updates.push(event);
      return { message, again: () => updates.push(event) };
    },
    edit(message: StoredMessage, where: TelegramUser | TelegramGroup, text: string): void {
      Object.assign(message, { text, html: text });
      updates.push({
        edited_message: { ...wire(message, where), edit_date: Math.floor(world.clock.now() / 1000) },
      });
    },
    press(who: TelegramUser, message: StoredMessage, label: string): string {
      const button = message.buttons.find(({ text }) => text.startsWith(label));
      if (!button?.callback_data)
        throw new Error(`No button ${label} among ${message.buttons.map((b) => b.text)}`);
      const id = `4000${world.nextId()}`;
      world.queries.set(id, { id, userId: who.id, answered: false });
      const group = world.groups.get(message.chatId);
      updates.push({
        callback_query: {
          id,
          from: who,
          chat_instance: '1',
          data: button.callback_data,
          message: {
            ...wire(message, group ?? who),
            ...(message.threadId === undefined
              ? {}
              : { message_thread_id: message.threadId, is_topic_message: true }),
          },
        },
      });
      return id;
    },
    block: (who: TelegramUser) => world.blocked.add(who.id),
  };
}
export type People = ReturnType<typeof createPeople>;
