import { Routes } from 'discord.js';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { AttachedFile } from '../list-upload.ts';
import type { Place } from './address.ts';
import type { DoorParts } from './doors.ts';
import { discordNotice } from './embed.ts';
import { messageSurface, type Surface } from './surface.ts';

const opened = z.object({ id: z.string() });
const posted = z.object({ id: z.string(), channel_id: z.string() });

/** Lists that do not come in a direct message, and are answered there: in a server others would see their numbers. */
export function createConversations({
  rest,
  answering,
  lists,
  log,
}: Pick<DoorParts, 'rest' | 'answering' | 'lists' | 'log'>) {
  /** `surface` shows where the answer comes; in the bot's own direct message it is the answer's own. */
  async function answerListFrom(
    place: Place,
    files: readonly AttachedFile[],
    surface: Surface,
  ): Promise<void> {
    if (place.message) return lists.answer(place, files, surface);
    const refused = await answering.refusalFor(place);
    if (refused) return answering.finish(place, surface, refused);
    const at = await firstLine(place);
    if (!at) return answering.finish(place, surface, lists.wordForChannel(place));
    await answering.finish(place, surface, discordNotice([wordsFor(place.locale).bulk.inDirectMessage]));
    // The token belongs to the word in the channel; what becomes of the list is told where its answer comes.
    const { token: _token, ...lasting } = place;
    await lists.answer({ ...lasting, message: at }, files, messageSurface(rest, at));
  }

  /** A message of our own in the direct message; undefined where the person cannot be written to. */
  async function firstLine(place: Place): Promise<Place['message'] | undefined> {
    const words = wordsFor(place.locale);
    const result = await rest.call(async (by) => {
      const { id } = opened.parse(
        await by.post(Routes.userChannels(), { body: { recipient_id: place.userId } }),
      );
      // The question is the idempotency key.
      const body = { ...discordNotice([words.bulk.taking]), nonce: place.questionId, enforce_nonce: true };
      return posted.parse(await by.post(Routes.channelMessages(id), { body }));
    });
    if (result.kind === 'ok') return { channelId: result.value.channel_id, id: result.value.id };
    log.warn({ requestId: place.questionId, error: result.error }, 'A direct message could not be opened');
    return undefined;
  }

  return { answerListFrom };
}
