/** discord.js, a handler, and the bot's card as a constant: what any bot must cost that shows it. */
import './control.ts';
import { MessageFlags } from 'discord.js';
import { discordPen } from '../../src/platforms/discord/pen.ts';
import { startDiscordJs } from './discord.ts';
import { sameCard } from './same-card.ts';

const { embeds, components } = sameCard(discordPen);
await startDiscordJs((interaction) =>
  interaction.reply({ embeds, components, allowedMentions: { parse: [] }, flags: MessageFlags.Ephemeral }),
);
