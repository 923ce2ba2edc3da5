import { InputFile } from 'grammy';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { maskIccidsIn } from '../../domain/iccid.ts';
import type { AlertBoard, BoardResult } from '../../usage/alert-board.ts';
import type { BulkBoard } from '../../usage/bulk-board.ts';
import { boardResult, createAlertBoard } from '../chat/alert-board.ts';
import { createListBoard, outcomeOf } from '../chat/lists.ts';
import type { Pen } from '../chat/seam.ts';
import type { Posted, Spot, TelegramApi, TelegramResult } from './api.ts';
import type { TelegramChat } from './chat.ts';
import type { TelegramMessage } from './pen.ts';

const PRIVATE_REMEDY = 'The person must not have blocked the bot';
const ALERT_REMEDY =
  'Check TELEGRAM_ALERT_CHANNEL, and let the bot write there: a member of a group, an administrator of a channel';
/** Telegram's words for a message that was deleted. */
const GONE = /message to (edit|be replied|reply) not found|message can't be edited/i;
const place = z.object({ chatId: z.string(), id: z.number() });

/** `<chat>` or `<chat>:<topic>`, as the setting has it. */
export function spotOf(setting: string): Spot {
  const [chatId = '', topic] = setting.split(':');
  return { chatId, ...(topic === undefined ? {} : { threadId: Number(topic) }) };
}

/**
 * The alert channel in Telegram: parent messages that are edited, later warnings as replies to them. A bot cannot
 * look for an earlier try: after a crash between sending and noting an alert comes twice.
 */
export function createTelegramAlertBoard(parts: {
  readonly api: TelegramApi;
  readonly pen: Pen<TelegramMessage>;
  readonly channel: string;
  readonly locale: string;
}): AlertBoard {
  const { api, locale } = parts;
  const spot = spotOf(parts.channel);
  // Masked once more, whatever the cards have done: everybody in the channel reads it.
  const masked = ({ html, keyboard }: TelegramMessage) => ({ html: maskIccidsIn(html), keyboard });
  const send = async (message: TelegramMessage) =>
    resultOf(await api.send(spot, masked(message)), (posted) => posted);

  return createAlertBoard({
    platform: 'telegram',
    locale,
    pen: parts.pen,
    parent: place,
    post: send,
    edit: async (parent, message) => resultOf(await api.edit(parent, masked(message)), () => parent),
    tell: async (parent, line) =>
      resultOf(await api.send({ ...spot, replyTo: parent.id }, masked(line)), () => parent),
    say: send,
  });
}

/**
 * Lists on their way out: the message that fills, and the file in the private chat. After a crash between the two a
 * file comes twice: nothing tells of the first.
 */
export function createTelegramListBoard({
  chat,
  api,
  clock,
}: {
  readonly chat: TelegramChat;
  readonly api: TelegramApi;
  readonly clock: Clock;
}): BulkBoard {
  return createListBoard({
    chat,
    clock,
    edit: (ctx, message) => (ctx.message ? api.edit(ctx.message, message) : undefined),
    async send(address, file) {
      const stored = chat.read(address);
      if (!stored) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
      const { userId, locale } = stored.ctx;
      const { bulk } = wordsFor(locale);
      const sent = await api.call((by) =>
        by.sendDocument(userId, new InputFile(file.bytes, file.name), { caption: bulk.title }),
      );
      return sent.kind === 'ok'
        ? { kind: 'delivered', route: 'file' }
        : outcomeOf(sent, 'file', PRIVATE_REMEDY);
    },
  });
}

/** Deleted is told apart by Telegram's words: its error code is 400 for much else, too. */
function resultOf<T>(result: TelegramResult<T>, placeOf: (value: T) => Posted): BoardResult {
  if (result.kind === 'ok') return { kind: 'ok', place: placeOf(result.value) };
  return boardResult(result, {
    platform: 'telegram',
    remedy: ALERT_REMEDY,
    isGone: ({ error }) => GONE.test(error),
  });
}
