import { type ClientOptions, GatewayIntentBits, Options, Partials } from 'discord.js';

/** None of them is privileged. Discord's docs: mentions and direct messages come with their text all the same. */
export const GATEWAY_INTENTS: GatewayIntentBits[] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];

/** What every client of the bot's is like. */
export const CLIENT_OPTIONS: ClientOptions = {
  intents: GATEWAY_INTENTS,
  // Without it discord.js drops what is written in a direct message that it has not seen yet.
  partials: [Partials.Channel],
  // No text may alert anybody by itself (Discord's docs, Allowed Mentions).
  allowedMentions: { parse: [] },
  // Only ids are used: a bot that runs for weeks needs no cache of messages and people.
  makeCache: Options.cacheWithLimits({
    ...Options.DefaultMakeCacheSettings,
    MessageManager: 0,
    GuildMemberManager: {
      maxSize: 1,
      keepOverLimit: (member) => member.id === member.client.user.id,
    },
    UserManager: 100,
    PresenceManager: 0,
    ReactionManager: 0,
  }),
};
