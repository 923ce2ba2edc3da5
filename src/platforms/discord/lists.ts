import { Routes } from 'discord.js';
import { z } from 'zod';
import { bulkCard } from '../../cards/bulk-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { DiscordSettings } from '../../config.ts';
import type { BulkFace } from '../../domain/bulk.ts';
import type { Log } from '../../ops/log.ts';
import type { BulkBoard, BulkDesk, BulkFile } from '../../usage/bulk-board.ts';
import type { DeliveryContext, DeliveryOutcome, ReplyAddress } from '../../usage/platform.ts';
import { type AttachedFile, notAllowedCard, takeList } from '../list-upload.ts';
import { addressOf, askerOf, type DiscordRoutes, messageKeyOf, type Place, routesOf } from './address.ts';
import type { Answering } from './answering.ts';
import { fetchAttachment } from './attachments.ts';
import { type DiscordMessage, discordMessage, discordNotice } from './embed.ts';
import { DISCORD_LIMITS } from './limits.ts';
import type { DiscordRest, DiscordResult } from './rest.ts';
import type { Surface } from './surface.ts';
import { messageRequest } from './upload.ts';

/** What lists in Discord need. */
export interface ListParts {
  readonly rest: DiscordRest;
  readonly settings: Pick<DiscordSettings, 'apiUrl'>;
  readonly bulk: BulkDesk;
  readonly answering: Answering;
  readonly clock: Clock;
  readonly log: Log;
}

/** Messages of the direct message that are looked through for a file of ours. */
const HISTORY = 50;
const REMEDY = 'The person must let the server’s members write to them (Privacy, Direct Messages)';

const history = z.array(
  z.object({
    author: z.object({ bot: z.boolean().optional() }),
    attachments: z.array(z.object({ filename: z.string() })),
  }),
);

/** Lists on their way in: a file in the direct message, and the press on Cancel. */
export function createListDoor({ settings, bulk, answering, clock, log }: Omit<ListParts, 'rest'>) {
  return {
    /** Whether the files are what the message is about. Not so for a picture beside a number. */
    concerns: (files: readonly AttachedFile[], asksSomething: boolean): boolean =>
      files.length > 0 && (!asksSomething || bulk.pick(files).kind === 'list'),

    /** `place.message` is ours: it shows how far the list is from then on. */
    async answer(place: Place, files: readonly AttachedFile[], surface: Surface): Promise<void> {
      const refused = await answering.refusalFor(place);
      if (refused) return answering.finish(place, surface, refused);
      const address = addressOf(place, [], messageKeyOf(place.questionId), '');
      const upload = { address, requestId: place.questionId, locale: place.locale };
      const fetch = (url: string, most: number) => fetchAttachment(clock, settings, url, most);
      const refusal = await takeList(bulk, files, fetch, upload, log);
      if (refusal)
        await answering.finish(place, surface, faceMessage(place.locale, { kind: 'refused', refusal }));
    },

    /** Under a mention in a channel, where the file is seen by others already: nothing of it is read. */
    wordForChannel: (place: Place): DiscordMessage =>
      discordNotice([wordsFor(place.locale).bulk.refusals['only-in-direct-message']]),

    async cancel(jobId: string, place: Place, surface: Surface): Promise<void> {
      const face = await bulk.cancel(jobId, askerOf(place.userId));
      if (face) await answering.finish(place, surface, faceMessage(place.locale, face));
    },
  };
}

/** See `createListDoor`. */
export type ListDoor = ReturnType<typeof createListDoor>;

/** Lists on their way out: the message that fills, and the file. */
export function createListBoard({ rest, clock }: Pick<ListParts, 'rest' | 'clock'>): BulkBoard {
  async function send(
    address: ReplyAddress,
    file: BulkFile,
    context: Omit<DeliveryContext, 'stage'>,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes) return { kind: 'undeliverable', reason: 'The stored address cannot be read' };
    const channelId = routes.message?.channelId ?? routes.channelId;
    if (routes.sendingFile) {
      const found = await wasSent(channelId, file.name);
      if (found.kind !== 'ok') return outcomeOf(found, 'look');
      if (found.value) return { kind: 'delivered', route: 'file (found)' };
    }
    // Durable before it is sent: the nonce holds for minutes, and after a crash longer than that it is looked for.
    await context.saveAddress({ ...address, routes: { ...routes, sendingFile: true } });
    const { bulk: words } = wordsFor(routes.locale);
    const message = {
      ...discordNotice([words.finished(file.rows)]),
      files: [{ name: file.name, type: 'text/csv', bytes: new Uint8Array(file.bytes) }],
      attachments: [{ id: 0, filename: file.name, description: words.title }],
    };
    const nonce = `${context.jobId.slice(-(DISCORD_LIMITS.nonce - 1))}f`;
    const request = await messageRequest(message, { nonce, enforce_nonce: true });
    const sent = await rest.call((by) => by.post(Routes.channelMessages(channelId), request));
    return sent.kind === 'ok' ? { kind: 'delivered', route: 'file' } : outcomeOf(sent, 'file');
  }

  function wasSent(channelId: string, name: string): Promise<DiscordResult<boolean>> {
    return rest.call(async (by) => {
      const query = new URLSearchParams({ limit: String(HISTORY) });
      const messages = history.parse(await by.get(Routes.channelMessages(channelId), { query }));
      return messages.some(
        ({ author, attachments }) => author.bot && attachments.some(({ filename }) => filename === name),
      );
    });
  }

  async function update(
    address: ReplyAddress,
    draw: (routes: DiscordRoutes) => DiscordMessage,
  ): Promise<DeliveryOutcome> {
    const routes = routesOf(address);
    if (!routes?.message) return { kind: 'undeliverable', reason: 'No message to edit' };
    const { channelId, id } = routes.message;
    const body = draw(routes);
    const result = await rest.call((by) => by.patch(Routes.channelMessage(channelId, id), { body }));
    return result.kind === 'ok' ? { kind: 'delivered', route: 'edit' } : outcomeOf(result, 'edit');
  }

  return {
    send,
    show: (address, face) => update(address, ({ locale }) => faceMessage(locale, face)),
    refuse: (address, decision) =>
      update(address, ({ locale }) =>
        discordMessage([{ card: notAllowedCard(decision, locale, clock.now()) }]),
      ),
  };
}

function faceMessage(locale: string, face: BulkFace): DiscordMessage {
  const card = bulkCard(face, { locale });
  return discordMessage([face.kind === 'reading' ? { card, handle: face.jobId } : { card }]);
}

function outcomeOf(result: Exclude<DiscordResult<unknown>, { kind: 'ok' }>, step: string): DeliveryOutcome {
  if (result.kind === 'retry') return result;
  return { kind: 'undeliverable', reason: `${step}: ${result.error}`, remedy: REMEDY };
}
