import { PermissionFlagsBits, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import {
  type AccessDecision,
  type AccessPolicy,
  type Asker,
  decideAccess,
  type MoneyDecision,
} from '../../usage/access.ts';
import { createTtlCache } from '../chat/ttl-cache.ts';
import type { DiscordRoutes } from './address.ts';
import type { DiscordRest } from './rest.ts';

/**
 * What the policy needs to know of where and by whom it was asked: ids alone, so that it can be asked again at a
 * delivery.
 */
type Whereabouts = Pick<DiscordRoutes, 'userId' | 'guildId' | 'channelId' | 'parentId' | 'reachable'>;

/** Decides who may ask, from facts of Discord's. */
export interface AccessControl {
  /** Never throws: where Discord is silent it is `check-failed`. */
  decide(where: Whereabouts): Promise<AccessDecision>;
  /** Prices and the balance: asked beside `decide`, which says who may ask at all. */
  mayReadMoney(where: Whereabouts): Promise<MoneyDecision>;
}

/** Long enough to spare Discord two calls for every command, short enough for somebody who has just lost a role. */
const KEPT_MS = 3 * 60_000;
/** Its owners and the Public Bot switch hardly ever change. */
const APPLICATION_KEPT_MS = 60 * 60_000;
/** Beyond it a direct message is not looked up in every guild the bot is in. */
const MAX_GUILDS = 25;
/** Discord's docs, JSON error codes: the person, or the bot itself, is not in that server. */
const UNKNOWN_MEMBER = 10_007;
const UNKNOWN_GUILD = 10_004;
const MISSING_ACCESS = 50_001;
/** Discord's docs, Permissions: whoever may add a bot to a server. Administrators have every permission. */
const STEWARD = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

const memberShape = z.object({ roles: z.array(z.string()) });
const guildShape = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});
const applicationShape = z.object({
  bot_public: z.boolean(),
  owner: z.object({ id: z.string() }).optional(),
  team: z.object({ members: z.array(z.object({ user: z.object({ id: z.string() }) })) }).nullish(),
});

/**
 * Of one guild: whether they belong to it, the roles they hold there (without @everyone), whether they may manage it.
 */
interface Membership {
  readonly belongs: boolean;
  readonly roles: readonly string[];
  readonly managesServer: boolean;
}
const STRANGER: Membership = { belongs: false, roles: [], managesServer: false };

/**
 * The facts come from REST, with the bot's token, and are believed for three minutes; the same for commands, buttons,
 * messages and promised answers. Where Discord does not answer, the person is refused rather than guessed about.
 */
export function createAccessControl(
  rest: DiscordRest,
  policy: AccessPolicy,
  clock: Clock,
  ownGuilds: () => readonly string[],
  balanceRoles: readonly string[],
  isRefused: () => boolean = () => false,
): AccessControl {
  const memberships = createTtlCache<Membership>(clock, KEPT_MS);
  const guilds = createTtlCache<z.infer<typeof guildShape>>(clock, KEPT_MS);
  const applications = createTtlCache<z.infer<typeof applicationShape>>(clock, APPLICATION_KEPT_MS);

  function membership(guildId: string, userId: string): Promise<Membership | undefined> {
    return memberships(`${guildId}:${userId}`, async () => {
      const [member, guild] = await Promise.all([
        rest.call(async (by) => memberShape.parse(await by.get(Routes.guildMember(guildId, userId)))),
        guilds(guildId, async () => {
          const found = await rest.call(async (by) => guildShape.parse(await by.get(Routes.guild(guildId))));
          return found.kind === 'ok' ? found.value : undefined;
        }),
      ]);
      if (member.kind === 'closed' && [UNKNOWN_MEMBER, UNKNOWN_GUILD, MISSING_ACCESS].includes(member.code))
        return STRANGER;
      // Anything but a clear no is no answer: not remembered, and refused for this time.
      if (member.kind !== 'ok' || !guild) return undefined;
      // The role @everyone has the server's own id and stands in nobody's list.
      const held = new Set([guildId, ...member.value.roles]);
      const permissions = guild.roles
        .filter((role) => held.has(role.id))
        .reduce((sum, role) => sum | BigInt(role.permissions), 0n);
      const managesServer = guild.owner_id === userId || (permissions & STEWARD) !== 0n;
      return { belongs: true, roles: member.value.roles, managesServer };
    });
  }

  const application = () =>
    applications('own', async () => {
      const found = await rest.call(async (by) =>
        applicationShape.parse(await by.get(Routes.currentApplication())),
      );
      return found.kind === 'ok' ? found.value : undefined;
    });

  /**
   * Where a person's roles count: the guild they ask in, or, in a direct message, those the policy names or the bot
   * is in.
   */
  function guildsFor({ guildId, reachable }: Whereabouts): readonly string[] {
    if (guildId !== undefined && reachable) return [guildId];
    return policy.spaces.length > 0 ? policy.spaces : ownGuilds().slice(0, MAX_GUILDS);
  }

  return {
    async mayReadMoney(where) {
      if (balanceRoles.length === 0) return { kind: 'not-set-up', setting: 'DISCORD_BALANCE_ROLES' };
      const found = await Promise.all(guildsFor(where).map((id) => membership(id, where.userId)));
      if (found.includes(undefined)) return { kind: 'check-failed' };
      const held = found.some((one) => one?.roles.some((role) => balanceRoles.includes(role)));
      return held ? { kind: 'allowed' } : { kind: 'not-in-group', groupIds: balanceRoles };
    },
    async decide(where) {
      const { userId, guildId, channelId, parentId, reachable } = where;
      const [owned, ...found] = await Promise.all([
        application(),
        ...guildsFor(where).map((id) => membership(id, userId)),
      ]);
      if (!owned || found.includes(undefined))
        return {
          kind: 'refused',
          need: { kind: 'check-failed', ...(isRefused() ? { because: 'credentials-refused' } : {}) },
        };
      const known = found.flatMap((one) => one ?? []);
      // Also without a server in common: who owns the application has its token anyway.
      const owner =
        owned.owner?.id === userId || (owned.team?.members ?? []).some(({ user }) => user.id === userId);
      // Anybody may put a public bot into a server of their own and manage it: that is no ground for trust.
      const serverCounts = !owned.bot_public || policy.spaces.length > 0;
      const named = policy.users.includes(userId);
      // In a server where the app is only installed by the person, nothing about that server can be checked.
      const inGuild = guildId !== undefined && reachable;
      const asker: Asker = {
        userId,
        standing: owner || named || known.some(({ belongs }) => belongs) ? 'member' : 'outsider',
        groupIds: known.flatMap(({ roles }) => roles),
        steward: owner || (serverCounts && known.some(({ managesServer }) => managesServer)),
        ...(inGuild
          ? { spaceId: guildId, channelIds: [channelId, ...(parentId === undefined ? [] : [parentId])] }
          : {}),
      };
      return decideAccess(policy, asker);
    },
  };
}
