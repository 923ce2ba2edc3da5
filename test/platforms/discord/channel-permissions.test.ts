import { Client, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { permissionsIn } from '../../../src/platforms/discord/channel-permissions.ts';
import { type DiscordStandIn, startDiscord } from '../../support/discord/discord.ts';
import type { Overwrite } from '../../support/discord/world.ts';
import { until } from '../../support/until.ts';

const BITS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.SendMessagesInThreads,
];
const CHANNELS = 40;

let discord: DiscordStandIn;
let client: Client;
beforeEach(async () => {
  discord = await startDiscord(systemClock);
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } });
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
});

/** Any of the four bits. */
const someBits = fc.subarray(BITS).map((bits) => bits.reduce((sum, bit) => sum | bit, 0n));

describe('the permissions of the bot in a channel', () => {
  it('come out as discord.js works them out, whatever roles and overwrites there are', async () => {
    const { people, world } = discord;
    const guild = people.guild('support', people.person('anna'));
    const everyone = guild.id;
    guild.roles.set(everyone, PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    const [first, second, foreign] = [
      people.role(guild, PermissionFlagsBits.EmbedLinks),
      people.role(guild, PermissionFlagsBits.SendMessagesInThreads),
      people.role(guild, PermissionFlagsBits.Administrator),
    ];
    const held = [first, second];
    guild.members.set(world.bot.id, held);
    const channels = Array.from({ length: CHANNELS }, (_, seed) => {
      const channel = people.channel(guild);
      const ids = [everyone, first, second, foreign, world.bot.id];
      const [chosen = []] = fc.sample(
        fc.subarray(ids).chain((some) =>
          fc.tuple(
            ...some.map((id) =>
              fc.record<Overwrite>({
                id: fc.constant(id),
                type: fc.constant(id === world.bot.id ? 1 : 0),
                allow: someBits,
                deny: someBits,
              }),
            ),
          ),
        ),
        { seed, numRuns: 1 },
      );
      channel.overwrites = chosen;
      return channel;
    });
    await client.login(world.token);
    await until('the server is known', () => client.guilds.cache.get(guild.id)?.available);
    const member = await client.guilds.cache.get(guild.id)?.members.fetch(world.bot.id);

    const seen = new Set<bigint>();
    for (const { id, overwrites = [] } of channels) {
      const theirs = member?.permissionsIn(id).bitfield;
      const ours = permissionsIn({
        guildId: guild.id,
        ownerId: guild.ownerId,
        roles: [...guild.roles].map(([role, permissions]) => ({
          id: role,
          permissions: String(permissions),
        })),
        member: { id: world.bot.id, roles: held },
        overwrites: overwrites.map(({ allow, deny, ...rest }) => ({
          ...rest,
          allow: String(allow),
          deny: String(deny),
        })),
      });
      // Where the channel cannot be seen discord.js still lists the rest, which Discord does not honour.
      const honoured =
        theirs === undefined || (theirs & PermissionFlagsBits.ViewChannel) === 0n ? 0n : theirs;
      expect(ours.bitfield).toBe(honoured);
      seen.add(honoured);
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it('are all of them for an administrator and for the owner', () => {
    const facts = {
      guildId: '1',
      ownerId: '2',
      roles: [
        { id: '1', permissions: '0' },
        { id: '3', permissions: String(PermissionFlagsBits.Administrator) },
      ],
      overwrites: [{ id: '1', type: 0, allow: '0', deny: String(PermissionFlagsBits.ViewChannel) }],
    };
    const may = (id: string, roles: string[]) =>
      permissionsIn({ ...facts, member: { id, roles } }).has(PermissionFlagsBits.SendMessages);
    expect([may('9', ['3']), may('2', []), may('9', [])]).toEqual([true, true, false]);
  });
});
