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
import type { Place } from './address.ts';
import { callSlackTwice, type SlackClient } from './web.ts';

/** The facts about a person that the policy asks for, and how to write for them. */
interface Person {
  readonly standing: Asker['standing'];
  readonly locale: string;
  readonly timeZone?: string;
}

/** Decides who may ask, from facts of Slack's. */
export interface AccessControl {
  /** Undefined when Slack does not tell: the person is refused rather than guessed about. */
  person(teamId: string, userId: string): Promise<Person | undefined>;
  /** Prices and the balance: asked beside `decide`, which says who may ask at all. */
  mayReadMoney(userId: string): Promise<MoneyDecision>;
  decide(place: Pick<Place, 'teamId' | 'userId' | 'channelId' | 'inDirectMessage'>): Promise<AccessDecision>;
}

/** Long enough to spare Slack a call for every command, short enough for somebody who was just removed. */
const KEPT_MS = 3 * 60_000;

/** Slack's docs, user object. `is_stranger`: of another organisation, met in a shared channel. */
const userInfo = z.object({
  user: z.object({
    team_id: z.string().optional(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    locale: z.string().optional(),
    tz: z.string().optional(),
  }),
});
const groupUsers = z.object({ users: z.array(z.string()) });

/**
 * Full members of the installed workspace only; guests, people of other workspaces (Slack Connect) and bots are
 * refused, as is everybody about whom Slack does not answer.
 */
export function createAccessControl(
  client: SlackClient,
  policy: AccessPolicy,
  clock: Clock,
  ownTeamId: () => string,
  balanceGroups: readonly string[],
  isRefused: () => boolean = () => false,
): AccessControl {
  const people = createTtlCache<Person>(clock, KEPT_MS);
  const groups = createTtlCache<readonly string[]>(clock, KEPT_MS);

  function person(teamId: string, userId: string): Promise<Person | undefined> {
    return people(`${teamId}:${userId}`, async () => {
      const found = await callSlackTwice(clock, async () =>
        // The locale comes only when it is asked for.
        userInfo.parse(await client.users.info({ user: userId, include_locale: true })),
      );
      return found.kind === 'ok' ? personOf(found.value.user, teamId, ownTeamId()) : undefined;
    });
  }

  /** Of these groups, those that hold the person; undefined when one cannot be read. */
  async function groupsOf(userId: string, named: readonly string[]): Promise<string[] | undefined> {
    const held: string[] = [];
    for (const group of named) {
      const users = await groups(group, async () => {
        const found = await callSlackTwice(clock, async () =>
          groupUsers.parse(await client.usergroups.users.list({ usergroup: group })),
        );
        return found.kind === 'ok' ? found.value.users : undefined;
      });
      // One group that cannot be read could be the one that lets the person in: nothing is decided without it.
      if (!users) return undefined;
      if (users.includes(userId)) held.push(group);
    }
    return held;
  }

  return {
    person,
    async mayReadMoney(userId) {
      if (balanceGroups.length === 0) return { kind: 'not-set-up', setting: 'SLACK_BALANCE_USERGROUPS' };
      const held = await groupsOf(userId, balanceGroups);
      if (!held) return { kind: 'check-failed' };
      return held.length > 0 ? { kind: 'allowed' } : { kind: 'not-in-group', groupIds: balanceGroups };
    },
    async decide({ teamId, userId, channelId, inDirectMessage }) {
      const found = await person(teamId, userId);
      const groupIds = found && (await groupsOf(userId, policy.groups));
      if (!found || !groupIds)
        return {
          kind: 'refused',
          need: { kind: 'check-failed', ...(isRefused() ? { because: 'credentials-refused' } : {}) },
        };
      // A direct message has no channel that a list could name.
      const place = inDirectMessage ? {} : { channelIds: [channelId] };
      return decideAccess(policy, {
        userId,
        standing: found.standing,
        spaceId: teamId,
        groupIds,
        steward: false,
        ...place,
      });
    },
  };
}

function personOf(user: z.infer<typeof userInfo>['user'], teamId: string, ownTeamId: string): Person {
  // Both are looked at: what came with the question is the asker's own claim, what `users.info` says is Slack's.
  const foreign = teamId !== ownTeamId || (user.team_id !== undefined && user.team_id !== ownTeamId);
  const outsider = foreign || user.is_stranger || user.is_bot || user.deleted;
  const guest = user.is_restricted || user.is_ultra_restricted;
  return {
    standing: outsider ? 'outsider' : guest ? 'guest' : 'member',
    locale: user.locale ?? 'en',
    ...(user.tz === undefined ? {} : { timeZone: user.tz }),
  };
}
