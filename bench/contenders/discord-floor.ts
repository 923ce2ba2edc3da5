/** The floor: discord.js, a handler, a constant. What any bot on discord.js must cost. */
import './control.ts';
import { MessageFlags } from 'discord.js';
import { startDiscordJs } from './discord.ts';

await startDiscordJs((interaction) =>
  interaction.reply({ content: '1331 MB of 5120 MB left', flags: MessageFlags.Ephemeral }),
);
