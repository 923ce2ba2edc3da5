import { type Interaction, InteractionContextType, type Message } from 'discord.js';
import { type Place, tokenOf } from './address.ts';

/** Where an interaction comes from. Its id is the question's: the same for every session that gets the event. */
export function placeOf(interaction: Interaction): Place {
  const { id, token, applicationId, user, guildId, channelId, channel, locale } = interaction;
  // A thread counts as its channel wherever channels are named.
  const parentId = channel?.isThread() ? channel.parentId : null;
  // The bot itself is there ("0" in its own direct message), not only the person's own installation of it.
  const reachable =
    interaction.authorizingIntegrationOwners.guildId !== null &&
    interaction.context !== InteractionContextType.PrivateChannel;
  return {
    applicationId,
    userId: user.id,
    channelId: channelId ?? '',
    reachable,
    locale,
    questionId: id,
    token: tokenOf(token, interaction.createdTimestamp),
    ...(guildId === null ? {} : { guildId }),
    ...(parentId === null ? {} : { parentId }),
  };
}

/** Where a message stands. `knownLocale`: of its author, from an earlier interaction; a message does not tell it. */
export function placeOfMessage(message: Message, knownLocale: string | undefined): Place {
  const { id, author, guildId, channelId, channel, client } = message;
  const parentId = channel.isThread() ? channel.parentId : null;
  return {
    applicationId: client.application?.id ?? '',
    userId: author.id,
    channelId,
    // A message reaches the bot only where it is a member itself.
    reachable: true,
    locale: knownLocale ?? message.guild?.preferredLocale ?? 'en',
    questionId: id,
    replyTo: id,
    ...(guildId === null ? {} : { guildId }),
    ...(parentId === null ? {} : { parentId }),
  };
}
