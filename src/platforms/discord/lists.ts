import { Routes } from 'discord.js';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { BulkBoard, BulkFile } from '../../usage/bulk-board.ts';
import type { DeliveryContext, DeliveryOutcome } from '../../usage/platform.ts';
import { createListBoard, outcomeOf } from '../chat/lists.ts';
import type { Stored } from '../chat/seam.ts';
import { addressOf, type Place } from './address.ts';
import type { DiscordChat } from './chat.ts';
import { discordNotice } from './embed.ts';
import { DISCORD_LIMITS } from './limits.ts';
import type { DiscordRest, DiscordResult } from './rest.ts';
import { messageRequest } from './upload.ts';

/** Messages of the direct message that are looked through for a file of ours. */
const HISTORY = 50;
const REMEDY = 'The person must let the server’s members write to them (Privacy, Direct Messages)';

const history = z.array(
  z.object({
    author: z.object({ bot: z.boolean().optional() }),
    attachments: z.array(z.object({ filename: z.string() })),
  }),
);

/**
 * Lists on their way out: the message that fills, and the file in the direct message. A nonce and the file's name
 * keep it from coming twice.
 */
export function createDiscordListBoard(parts: {
  readonly chat: DiscordChat;
  readonly rest: DiscordRest;
  readonly clock: Clock;
}): BulkBoard {
  const { chat, rest, clock } = parts;

  async function send(
    stored: Stored<Place>,
    file: BulkFile,
    context: Omit<DeliveryContext, 'stage'>,
  ): Promise<DeliveryOutcome> {
    const { ctx: place } = stored;
    const channelId = place.message?.channelId ?? place.channelId;
    if (place.sendingFile) {
      const found = await wasSent(channelId, file.name);
      if (found.kind !== 'ok') return outcomeOf(found, 'look', REMEDY);
      if (found.value) return { kind: 'delivered', route: 'file (found)' };
    }
    // Durable before it is sent: the nonce holds for minutes, and after a crash longer than that it is looked for.
    await context.saveAddress(addressOf({ ...place, sendingFile: true }, stored));
    const { bulk: words } = wordsFor(place.locale);
    const message = {
      ...discordNotice([words.finished(file.rows)]),
      files: [{ name: file.name, type: 'text/csv', bytes: new Uint8Array(file.bytes) }],
      attachments: [{ id: 0, filename: file.name, description: words.title }],
    };
    // The last letter keeps it apart from the nonce of a message of the same job.
    const nonce = `${context.jobId.slice(-(DISCORD_LIMITS.nonce - 1))}f`;
    const request = await messageRequest(message, { nonce, enforce_nonce: true });
    const sent = await rest.call((by) => by.post(Routes.channelMessages(channelId), request));
    return sent.kind === 'ok' ? { kind: 'delivered', route: 'file' } : outcomeOf(sent, 'file', REMEDY);
  }

  /** By the file's name, which is the list's own, among the bot's last messages there. */
  function wasSent(channelId: string, name: string): Promise<DiscordResult<boolean>> {
    return rest.call(async (by) => {
      const query = new URLSearchParams({ limit: String(HISTORY) });
      const messages = history.parse(await by.get(Routes.channelMessages(channelId), { query }));
      return messages.some(
        ({ author, attachments }) => author.bot && attachments.some(({ filename }) => filename === name),
      );
    });
  }

  return createListBoard({
    chat,
    clock,
    edit(place, body) {
      if (!place.message) return undefined;
      const { channelId, id } = place.message;
      return rest.call((by) => by.patch(Routes.channelMessage(channelId, id), { body }));
    },
    send,
  });
}
