import { type AutocompleteInteraction, Routes } from 'discord.js';
import { maskIccid } from '../../domain/iccid.ts';
import { fitting, type KnownEsim } from '../../domain/known-esim.ts';
import type { Log } from '../../log.ts';
import type { Conversation } from '../chat/conversation.ts';
import { askerOf, type Place } from './address.ts';
import type { DiscordMessageWithFiles } from './embed.ts';
import { placeOf } from './place.ts';
import type { DiscordRest } from './rest.ts';

/** What suggesting needs. */
export interface SuggestParts {
  readonly rest: DiscordRest;
  readonly conversation: Pick<Conversation<Place, DiscordMessageWithFiles>, 'refusalFor'>;
  /** The eSIMs a person has asked about, and those the team has named. */
  readonly knownTo: (asker: string) => Promise<readonly KnownEsim[]>;
  readonly log: Log;
}

/** Answers somebody who is typing, within the three seconds of every interaction. Never rejects. */
export type Suggest = (interaction: AutocompleteInteraction) => Promise<void>;

/** Discord's docs, Interaction Callback Type and Autocomplete: 25 choices of at most 100 characters. */
const AUTOCOMPLETE_RESULT = 8;
const MAX_CHOICES = 25;

/**
 * What fits what has been typed so far: the person's own recent eSIMs and those the team has named, by a part of the
 * name or the last digits. Only the typing person's client sees it. Nothing is offered to those who may not ask, and
 * none of it is worth a word of failure: the next key asks again.
 */
export function createSuggest({ rest, conversation, knownTo, log }: SuggestParts): Suggest {
  async function choicesFor(
    interaction: AutocompleteInteraction,
  ): Promise<{ name: string; value: string }[]> {
    const place = placeOf(interaction);
    if (await conversation.refusalFor(place)) return [];
    const typed = interaction.options.getFocused().trim();
    const known = await knownTo(askerOf(place.userId));
    const fits = typed === '' ? known : fitting(typed, known, 'part');
    return fits.slice(0, MAX_CHOICES).map(({ iccid, name }) => ({
      name: name === undefined ? maskIccid(iccid) : `${name} ${maskIccid(iccid)}`,
      value: iccid,
    }));
  }

  return async (interaction) => {
    const choices = await choicesFor(interaction).catch((error: unknown) => {
      log.warn({ err: error, requestId: interaction.id }, 'Nothing could be suggested');
      return [];
    });
    const result = await rest.answer((by) =>
      by.post(Routes.interactionCallback(interaction.id, interaction.token), {
        body: { type: AUTOCOMPLETE_RESULT, data: { choices } },
        // The interaction's own token is the credential: the bot's must not be lost over a 401 here.
        auth: false,
      }),
    );
    if (result.kind !== 'ok')
      log.debug({ requestId: interaction.id, error: result.error }, 'A suggestion came too late');
  };
}
