import { OverwriteType, PermissionsBitField } from 'discord.js';
import { z } from 'zod';

/** Discord's docs, Overwrite: 0 for a role, 1 for a member; the sets are decimal strings. */
const overwrite = z.object({
  id: z.string(),
  type: z.union([z.literal(0), z.literal(1)]),
  allow: z.string(),
  deny: z.string(),
});
/** Discord's docs, Channel object, as far as it decides over permissions. */
export const channelShape = z.object({
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwrite).optional(),
});
/** Discord's docs, Guild object. */
export const guildShape = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});
/** Discord's docs, Guild Member object. */
export const memberShape = z.object({ roles: z.array(z.string()) });
/** The bot itself. */
export const ownShape = z.object({ id: z.string() });
/** Discord's docs, Channel Types: text and announcement. */
export const TEXT_CHANNELS: readonly number[] = [0, 5];

/** What decides over a member's permissions in a channel; bit sets are decimal strings, as Discord sends them. */
export interface PermissionFacts {
  readonly guildId: string;
  readonly ownerId: string;
  /** All roles of the server; the one with the server's own id is @everyone. */
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
  readonly member: { readonly id: string; readonly roles: readonly string[] };
  /** Of the channel, or of the parent channel where it is a thread: a thread has none of its own. */
  readonly overwrites: readonly {
    readonly id: string;
    readonly type: OverwriteType;
    readonly allow: string;
    readonly deny: string;
  }[];
}

const { Flags } = PermissionsBitField;

/**
 * The permissions of a member in a channel, by the order of Discord's docs (Permissions, Permission Overwrites):
 * @everyone, roles, then the overwrites for @everyone, for all roles together, for the member. Owner and
 * administrators have everything; who may not see the channel can do nothing in it. Pure.
 */
export function permissionsIn(facts: PermissionFacts): PermissionsBitField {
  const { guildId, ownerId, roles, member, overwrites } = facts;
  const all = new PermissionsBitField(PermissionsBitField.All);
  if (member.id === ownerId) return all;
  // Everybody holds @everyone, which stands in nobody's list of roles.
  const held = new Set([guildId, ...member.roles]);
  const base = union(roles.filter(({ id }) => held.has(id)).map(({ permissions }) => permissions));
  if ((base & Flags.Administrator) !== 0n) return all;

  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guildId && held.has(id)),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.id),
  ];
  // Within a layer what one role allows outweighs what another denies.
  const bits = layers.reduce(
    (sum, layer) => (sum & ~union(layer.map(({ deny }) => deny))) | union(layer.map(({ allow }) => allow)),
    base,
  );
  return new PermissionsBitField((bits & Flags.ViewChannel) === 0n ? 0n : bits);
}

function union(sets: readonly string[]): bigint {
  return sets.reduce((sum, set) => sum | BigInt(set), 0n);
}
