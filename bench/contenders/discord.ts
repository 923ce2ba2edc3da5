import { type ChatInputCommandInteraction, Client, Events, GatewayIntentBits } from 'discord.js';
import { ready } from './control.ts';

/** discord.js as its guide starts it, pointed at the imitated Discord. Resolves once events come. */
export async function startDiscordJs(
  answer: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): Promise<void> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: process.env.DISCORD_API_URL ?? '' },
  });
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isChatInputCommand()) await answer(interaction);
  });
  client.once(Events.ClientReady, () => ready(0));
  await client.login(process.env.DISCORD_TOKEN);
}
