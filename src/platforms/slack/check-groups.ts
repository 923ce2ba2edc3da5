import { z } from 'zod';
import { systemClock } from '../../clock.ts';
import type { SlackSettings } from '../../config.ts';
import type { Finding } from '../../ops/doctor.ts';
import { callSlack, type SlackClient } from './web.ts';

const members = z.object({ users: z.array(z.string()) });

/**
 * Whether the user groups of the settings are there and have members: one that is not lets nobody in, without a word.
 * One finding for each; needs `usergroups:read`. Never throws.
 */
export async function checkGroups(client: SlackClient, settings: SlackSettings): Promise<Finding[]> {
  const named = [
    ...settings.access.groups.map((id) => ['SLACK_ALLOWED_USERGROUPS', id] as const),
    ...settings.balanceGroups.map((id) => ['SLACK_BALANCE_USERGROUPS', id] as const),
  ];
  return Promise.all(named.map(([setting, id]) => checkGroup(client, setting, id)));
}

async function checkGroup(client: SlackClient, setting: string, id: string): Promise<Finding> {
  const found = await callSlack(systemClock, async () =>
    members.parse(await client.usergroups.users.list({ usergroup: id })),
  );
  if (found.kind === 'ok') {
    const { length } = found.value.users;
    if (length > 0) return { level: 'ok', what: `${setting}: ${id} has ${length} members` };
    const remedy = 'Add people to the group, or name another';
    return { level: 'warning', what: `${setting}: ${id} has no members, so nobody is let in by it`, remedy };
  }
  if (found.kind === 'retry')
    return {
      level: 'warning',
      what: `${setting}: ${id} not looked at (${found.error})`,
      remedy: 'Ask the doctor again in a minute',
    };
  const remedy =
    found.kind === 'operator'
      ? found.remedy
      : 'Copy its id (People & user groups, … of the group, Copy group ID)';
  return { level: 'error', what: `${setting}: ${id}: ${found.error}`, remedy };
}
