import { Routes } from 'discord.js';
import type { Place } from './address.ts';
import type { DiscordMessageWithFiles } from './embed.ts';
import type { DiscordRest, DiscordResult } from './rest.ts';
import { messageRequest } from './upload.ts';

/** The message flag for "only the asker sees it". */
export const EPHEMERAL = 64;

/** Where the first answer to a question is shown and filled in, by REST and stored ids alone. */
export interface Surface {
  show(message: DiscordMessageWithFiles): Promise<DiscordResult<unknown>>;
}

/** The first answer of an interaction, or the message whose button was pressed. */
export function originalSurface(rest: DiscordRest, place: Place): Surface {
  return {
    async show(message) {
      const request = await messageRequest(message);
      const path = Routes.webhookMessage(place.applicationId, place.token?.value ?? '', '@original');
      return rest.call((by) => by.patch(path, { ...request, auth: false }));
    },
  };
}

/** A word beside it, for the person alone. */
export function asideSurface(rest: DiscordRest, place: Place): Surface {
  return {
    async show(message) {
      const request = await messageRequest(message, { flags: EPHEMERAL });
      const path = Routes.webhook(place.applicationId, place.token?.value ?? '');
      return rest.call((by) => by.post(path, { ...request, auth: false }));
    },
  };
}

/** A message of our own in a direct message. */
export function messageSurface(rest: DiscordRest, at: NonNullable<Place['message']>): Surface {
  return {
    async show(message) {
      const request = await messageRequest(message);
      return rest.call((by) => by.patch(Routes.channelMessage(at.channelId, at.id), request));
    },
  };
}
