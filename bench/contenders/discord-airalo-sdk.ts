/** An afternoon's work: discord.js, and Airalo's official SDK in the handler. */
import './control.ts';
import { MessageFlags } from 'discord.js';
import { startDiscordJs } from './discord.ts';

const { usageText } = await import('./airalo-sdk.ts');
await startDiscordJs(async (interaction) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply(await usageText(interaction.options.getString('iccid') ?? ''));
});
