import { ApplicationFlags, GatewayIntentBits } from 'discord.js';
import type { Finding } from '../../ops/doctor.ts';

/**
 * Discord's docs, Gateway, Privileged Intents: each must be switched on in the portal, and the switch shows in the
 * application's flags, as the second one below a hundred servers.
 */
const PRIVILEGED = [
  {
    name: 'Message Content',
    intent: GatewayIntentBits.MessageContent,
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
  },
  {
    name: 'Server Members',
    intent: GatewayIntentBits.GuildMembers,
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
  },
  {
    name: 'Presence',
    intent: GatewayIntentBits.GuildPresences,
    flags: ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited,
  },
] as const;

const WHERE = 'Developer Portal, Bot, Privileged Gateway Intents';

/**
 * Compares the intents the bot asks for with the switches in the portal. One that is asked for and off closes the
 * connection with 4014 (Discord's docs, Gateway close event codes); one that is on and not asked for only gives the
 * token more to lose. `applicationFlags`: the bits of the application object. Pure; at least one finding.
 */
export function checkIntents(asked: readonly GatewayIntentBits[], applicationFlags: number): Finding[] {
  const stated = PRIVILEGED.map(({ name, intent, flags }) => ({
    name,
    wanted: asked.includes(intent),
    on: (applicationFlags & flags) !== 0,
  }));
  const off = stated.filter(({ wanted, on }) => wanted && !on).map(({ name }) => name);
  const idle = stated.filter(({ wanted, on }) => on && !wanted).map(({ name }) => name);
  const findings: Finding[] = [];
  if (off.length > 0)
    findings.push({
      level: 'error',
      what: `intents the bot asks for are off: ${off.join(', ')}`,
      remedy: `Switch them on (${WHERE})`,
    });
  if (idle.length > 0)
    findings.push({
      level: 'warning',
      what: `intents the bot does not use are on: ${idle.join(', ')}`,
      remedy: `Switch them off (${WHERE}), unless something else runs on this token`,
    });
  return findings.length > 0
    ? findings
    : [{ level: 'ok', what: 'the portal grants the intents the bot asks for, and no more' }];
}
