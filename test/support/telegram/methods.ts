import { z } from 'zod';
import { readHtml } from './html.ts';
import type { StoredMessage, TelegramWorld } from './world.ts';

/** Refused as Telegram does. */
export class Refusal extends Error {
  readonly status: number;
  readonly description: string;
  readonly parameters: Readonly<Record<string, number>>;
  constructor(status: number, description: string, parameters: Readonly<Record<string, number>> = {}) {
    super(description);
    this.status = status;
    this.description = description;
    this.parameters = parameters;
  }
}

const bad = (description: string) => new Refusal(400, `Bad Request: ${description}`);
const id = z.coerce.number();
const button = z.object({
  text: z.string().min(1),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});
const markup = z.object({ inline_keyboard: z.array(z.array(button)) });
const sending = z.object({
  chat_id: id,
  text: z.string(),
  parse_mode: z.literal('HTML').optional(),
  message_thread_id: z.number().optional(),
  reply_markup: markup.optional(),
  reply_parameters: z
    .object({ message_id: z.number(), allow_sending_without_reply: z.boolean().optional() })
    .optional(),
});
const editing = sending
  .omit({ message_thread_id: true, reply_parameters: true })
  .extend({ message_id: z.number() });

/** What the bot calls, by the rules of Telegram's documentation. */
export function createMethods(world: TelegramWorld): Readonly<Record<string, (body: unknown) => unknown>> {
  function checkText(html: string): string {
    const read = readHtml(html);
    if ('problem' in read) throw violation(bad(read.problem));
    if (read.text.trim() === '') throw violation(bad('message text is empty'));
    if (read.text.length > 4_096) throw violation(bad('message is too long'));
    return read.text;
  }

  function checkButtons(rows: z.infer<typeof markup> | undefined) {
    const buttons = rows?.inline_keyboard.flat() ?? [];
    for (const { callback_data: data, url } of buttons) {
      if ((data === undefined) === (url === undefined)) throw violation(bad('BUTTON_TYPE_INVALID'));
      if (data !== undefined && (Buffer.byteLength(data) > 64 || data === ''))
        throw violation(bad('BUTTON_DATA_INVALID'));
    }
    return buttons.map(({ text, callback_data, url }) => ({
      text,
      ...(callback_data === undefined ? {} : { callback_data }),
      ...(url === undefined ? {} : { url }),
    }));
  }

  function violation(refusal: Refusal): Refusal {
    world.violations.push(refusal.description);
    return refusal;
  }

  function checkChat(chatId: number): void {
    if (chatId < 0) {
      const group = world.groups.get(chatId);
      if (!group) throw bad('chat not found');
      if (group.kicked) throw new Refusal(403, 'Forbidden: bot was kicked from the supergroup chat');
      return;
    }
    if (!world.users.has(chatId)) throw bad('chat not found');
    if (world.blocked.has(chatId)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (!world.started.has(chatId))
      throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
  }

  function post(chatId: number, more: Partial<StoredMessage>): unknown {
    checkChat(chatId);
    const message: StoredMessage = {
      id: world.nextId(),
      chatId,
      from: world.bot,
      html: '',
      text: '',
      buttons: [],
      deleted: false,
      edits: 0,
      ...more,
    };
    world.messages.push(message);
    return shown(message);
  }

  const shown = ({ id: messageId, chatId, text }: StoredMessage) => ({
    message_id: messageId,
    date: Math.floor(world.clock.now() / 1000),
    chat: { id: chatId, type: chatId < 0 ? 'supergroup' : 'private' },
    text,
  });

  return {
    getMe: () => ({
      ...world.bot,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
    getWebhookInfo: () => ({ url: world.webhook, has_custom_certificate: false, pending_update_count: 0 }),
    sendMessage(body) {
      const {
        chat_id: chatId,
        text: html,
        message_thread_id: threadId,
        reply_markup: rows,
        reply_parameters: reply,
      } = sending.parse(body);
      const text = checkText(html);
      const buttons = checkButtons(rows);
      return post(chatId, {
        html,
        text,
        buttons,
        ...(threadId === undefined ? {} : { threadId }),
        ...(reply === undefined ? {} : { replyTo: reply.message_id }),
      });
    },
    editMessageText(body) {
      const { chat_id: chatId, message_id: messageId, text: html, reply_markup: rows } = editing.parse(body);
      const text = checkText(html);
      const buttons = checkButtons(rows);
      const found = world.messages.find(
        (one) => one.chatId === chatId && one.id === messageId && !one.deleted,
      );
      if (!found) throw bad('message to edit not found');
      if (found.from !== world.bot) throw violation(bad("message can't be edited"));
      checkChat(chatId);
      if (found.html === html && JSON.stringify(found.buttons) === JSON.stringify(buttons))
        throw bad(
          'message is not modified: specified new message content and reply markup are exactly the same',
        );
      Object.assign(found, { html, text, buttons, edits: found.edits + 1 });
      return shown(found);
    },
    answerCallbackQuery(body) {
      const asked = z
        .object({
          callback_query_id: z.string(),
          text: z.string().max(200).optional(),
          url: z.string().optional(),
        })
        .parse(body);
      const query = world.queries.get(asked.callback_query_id);
      if (!query || query.answered)
        throw bad('query is too old and response timeout expired or query ID is invalid');
      query.answered = true;
      if (asked.url !== undefined) {
        if (!asked.url.startsWith(`https://t.me/${world.bot.username}?start=`))
          throw violation(bad('URL_INVALID'));
        query.url = asked.url;
      }
      if (asked.text) world.toasts.push({ userId: query.userId, text: asked.text });
      return true;
    },
    getChatMember(body) {
      const { chat_id: chatId, user_id: userId } = z.object({ chat_id: id, user_id: id }).parse(body);
      const group = world.groups.get(chatId);
      if (!group) throw bad('chat not found');
      if (group.kicked) throw new Refusal(403, 'Forbidden: bot was kicked from the supergroup chat');
      if (userId === world.bot.id) return { status: 'administrator', user: world.bot };
      const user = world.users.get(userId);
      if (!user) throw bad('invalid user_id specified');
      return { status: group.members.has(userId) ? 'member' : 'left', user };
    },
    getFile(body) {
      const { file_id: fileId } = z.object({ file_id: z.string() }).parse(body);
      const bytes = world.files.get(fileId);
      if (!bytes) throw bad('invalid file_id');
      return {
        file_id: fileId,
        file_unique_id: fileId,
        file_size: bytes.length,
        file_path: `documents/${fileId}`,
      };
    },
    /** Its body comes as a form: see the server. */
    sendDocument(body) {
      const { chat_id: chatId, document } = z
        .object({ chat_id: id, document: z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }) })
        .parse(body);
      return post(chatId, { document, text: document.name });
    },
    getMyCommands: (body) => world.commands.get(languageOf(body)) ?? [],
    setMyCommands(body) {
      const { commands } = z
        .object({
          commands: z
            .array(
              z.object({
                command: z.string().regex(/^[a-z0-9_]{1,32}$/),
                description: z.string().min(1).max(256),
              }),
            )
            .max(100),
        })
        .parse(body);
      world.commands.set(languageOf(body), commands);
      return true;
    },
  };
}

function languageOf(body: unknown): string {
  return z.object({ language_code: z.string().optional() }).parse(body).language_code ?? '';
}
