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
import {
  homeOf,
  type Installation,
  type SlackUser,
  slackUser,
  standingOf,
  workspacesOf,
} from './membership.ts';
import { callSlackTwice, type SlackClient } from './web.ts';

/** The facts about a person that the policy asks for, and how to write for them. */
interface Person {
  readonly standing: Asker['standing'];
  /** Of a member the same, from whichever workspace of the organisation they ask; else as it came with the question. */
  readonly teamId: string;
  /** On Enterprise Grid. */
  readonly workspaces: readonly string[];
  readonly locale: string;
  readonly timeZone?: string;
}

/** Decides who may ask, from facts of Slack's. */
export interface AccessControl {
  /**
   * From `users.info`, kept for some minutes. Undefined when Slack does not tell: the person is refused rather than
   * guessed about.
   */
  person(teamId: string, userId: string): Promise<Person | undefined>;
  /** Prices and the balance: asked beside `decide`, which says who may ask at all. */
  mayReadMoney(userId: string): Promise<MoneyDecision>;
  /**
   * Where and by whom, from facts that are at most three minutes old. Never throws: a silent Slack is `check-failed`.
   */
  decide(place: Pick<Place, 'teamId' | 'userId' | 'channelId' | 'inDirectMessage'>): Promise<AccessDecision>;
}

/** Long enough to spare Slack a call for every command, short enough for somebody who was just removed. */
const KEPT_MS = 3 * 60_000;

const userInfo = z.object({ user: slackUser });
const groupUsers = z.object({ users: z.array(z.string()) });

/**
/**
 * Full members of the installed workspace or organisation only; guests, people of others (Slack Connect) and bots are
 * refused, as is everybody about whom Slack does not answer. `isRefused`: Slack refuses the bot's own token, so that
 * asking again would not help the person either. `installation` is a function, since Slack says what it is only after
 * the start.
 */
export function createAccessControl(
  client: SlackClient,
  policy: AccessPolicy,
  clock: Clock,
  installation: () => Installation,
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
      return found.kind === 'ok' ? personOf(found.value.user, teamId, installation()) : undefined;
    });
  }

  /**
   * A token of a whole organisation has to say of which workspace the group is: it is looked for in those of the
   * person.
   */
  async function usersIn(
    group: string,
    workspaces: readonly string[],
  ): Promise<readonly string[] | undefined> {
    const places = installation().organisationWide ? workspaces.map((team_id) => ({ team_id })) : [{}];
    for (const place of places) {
      const found = await callSlackTwice(clock, async () =>
        groupUsers.parse(await client.usergroups.users.list({ usergroup: group, ...place })),
      );
      if (found.kind === 'ok') return found.value.users;
      // `closed` in one workspace only means that the group belongs to another; anything else leaves it open.
      if (found.kind !== 'closed') return undefined;
    }
    return undefined;
  }

  /** Of these groups, those that hold the person; undefined when one cannot be read. */
  async function groupsOf(
    userId: string,
    named: readonly string[],
    workspaces: readonly string[],
  ): Promise<string[] | undefined> {
    const held: string[] = [];
    for (const group of named) {
      const users = await groups(group, () => usersIn(group, workspaces));
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
      // Asked as somebody of the home workspace: where prices may be read is no matter of the place.
      const found = await person(homeOf(installation()), userId);
      const held = found && (await groupsOf(userId, balanceGroups, found.workspaces));
      if (!held) return { kind: 'check-failed' };
      return held.length > 0 ? { kind: 'allowed' } : { kind: 'not-in-group', groupIds: balanceGroups };
    },
    async decide({ teamId, userId, channelId, inDirectMessage }) {
      const found = await person(teamId, userId);
      const groupIds = found && (await groupsOf(userId, policy.groups, found.workspaces));
      // No short cut for a named person: whether they still are a full member only `users.info` tells.
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
        spaceId: found.teamId,
        groupIds,
        steward: false,
        ...place,
      });
    },
  };
}

/** `claimedTeamId`: the workspace by the question's own word, which counts for those who are no members here. */
function personOf(user: SlackUser, claimedTeamId: string, installation: Installation): Person {
  const standing = standingOf(user, claimedTeamId, installation);
  return {
    standing,
    teamId: standing === 'member' ? homeOf(installation) : claimedTeamId,
    workspaces: workspacesOf(user),
    locale: user.locale ?? 'en',
    ...(user.tz === undefined ? {} : { timeZone: user.tz }),
  };
}
