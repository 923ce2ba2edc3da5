import { z } from 'zod';
import type { Asker } from '../../usage/access.ts';

/** What the bot's token was installed for. */
export interface Installation {
  /** The workspace; of an installation for a whole organisation the one that `auth.test` names, or the organisation. */
  readonly teamId: string;
  /** Of Enterprise Grid, where there is one. */
  readonly enterpriseId?: string;
  /** For every workspace of the organisation. */
  readonly organisationWide: boolean;
}

/**
 * Slack's docs, user object. `is_stranger`: of another organisation, met in a shared channel. Every part may be
 * absent, since what Slack sends depends on the scopes and the plan.
 */
export const slackUser = z.object({
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  locale: z.string().optional(),
  tz: z.string().optional(),
  /**
   * Of Enterprise Grid: `teams` are all workspaces of the person; `team_id` is any of them, or the organisation, or
   * absent.
   */
  enterprise_user: z
    .object({ enterprise_id: z.string().optional(), teams: z.array(z.string()).optional() })
    .optional(),
  enterprise_id: z.string().optional(),
  teams: z.array(z.string()).optional(),
});
/** See `slackUser`. */
export type SlackUser = z.infer<typeof slackUser>;

/** One name for a person, from whichever workspace of the organisation they ask. */
export function homeOf({ teamId, enterpriseId, organisationWide }: Installation): string {
  return organisationWide ? (enterpriseId ?? teamId) : teamId;
}

/** The workspaces of a person, as far as Slack lists them. */
export function workspacesOf(user: SlackUser): string[] {
  return [...new Set([...(user.enterprise_user?.teams ?? []), ...(user.teams ?? [])])];
}

/**
 * Full members of the installation, guests, and everybody else. `claimedTeamId` came with the question; it says where
 * the person is at home in Slack, which on Enterprise Grid may be another workspace of the organisation. What
 * `users.info` says is Slack's own word.
 */
export function standingOf(
  user: SlackUser,
  claimedTeamId: string,
  installation: Installation,
): Asker['standing'] {
  const outsider = user.is_stranger || user.is_bot || user.deleted;
  if (outsider || !belongs(user, claimedTeamId, installation)) return 'outsider';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

/**
 * By Slack's own lists where it has them: on Enterprise Grid a person has several workspaces, and the question names
 * just one.
 */
function belongs(user: SlackUser, claimedTeamId: string, installation: Installation): boolean {
  const { teamId, enterpriseId, organisationWide } = installation;
  const organisation = user.enterprise_user?.enterprise_id ?? user.enterprise_id;
  if (organisationWide) return enterpriseId !== undefined && organisation === enterpriseId;
  const workspaces = workspacesOf(user);
  if (workspaces.length > 0) return workspaces.includes(teamId);
  // Without such a list both are looked at: the claim and Slack's word.
  const claimsUs = claimedTeamId === teamId || (enterpriseId !== undefined && claimedTeamId === enterpriseId);
  return claimsUs && (user.team_id === undefined || user.team_id === teamId);
}
