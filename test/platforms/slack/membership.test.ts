import { describe, expect, it } from 'vitest';
import { homeOf, type Installation, standingOf } from '../../../src/platforms/slack/membership.ts';

const ours = { enterprise_user: { enterprise_id: 'E1', teams: ['T1', 'T2'] } };
const elsewhere = { enterprise_user: { enterprise_id: 'E1', teams: ['T2'] } };
const foreign = { enterprise_user: { enterprise_id: 'E9', teams: ['T9'] } };

const plain: Installation = { teamId: 'T1', organisationWide: false };
const grid: Installation = { teamId: 'T1', enterpriseId: 'E1', organisationWide: false };
const wide: Installation = { teamId: 'E1', enterpriseId: 'E1', organisationWide: true };

describe('who belongs', () => {
  it.each([
    ['a member of the workspace', plain, { team_id: 'T1' }, 'T1', 'member'],
    ['a member whom Slack names no workspace of', plain, {}, 'T1', 'member'],
    ['somebody who claims another workspace', plain, { team_id: 'T1' }, 'T9', 'outsider'],
    ['somebody of another workspace', plain, { team_id: 'T9' }, 'T1', 'outsider'],
    ['a stranger of a shared channel', plain, { team_id: 'T1', is_stranger: true }, 'T1', 'outsider'],
    ['a guest', plain, { team_id: 'T1', is_restricted: true }, 'T1', 'guest'],
    ['a guest of one channel', plain, { team_id: 'T1', is_ultra_restricted: true }, 'T1', 'guest'],
    ['a member whose user names another workspace', grid, { team_id: 'T2', ...ours }, 'T1', 'member'],
    ['a member whose user names the organisation', grid, { team_id: 'E1', ...ours }, 'T1', 'member'],
    ['a member whose press names another workspace', grid, { team_id: 'T1', ...ours }, 'T2', 'member'],
    ['a member whose message names the organisation', grid, { team_id: 'T1', ...ours }, 'E1', 'member'],
    ['the same, without a list of workspaces', grid, { team_id: 'T1' }, 'E1', 'member'],
    ['a colleague of another workspace', grid, { team_id: 'T2', ...elsewhere }, 'T1', 'outsider'],
    ['a member of another organisation', grid, { team_id: 'T9', ...foreign }, 'T1', 'outsider'],
    ['a member of another organisation who claims ours', grid, foreign, 'E1', 'outsider'],
    ['a guest of the organisation', grid, { team_id: 'T2', ...ours, is_restricted: true }, 'T2', 'guest'],
    ['a colleague, installed for all', wide, { team_id: 'T2', ...elsewhere }, 'T2', 'member'],
    [
      'a member of another organisation, installed for all',
      wide,
      { team_id: 'T9', ...foreign },
      'E1',
      'outsider',
    ],
    ['a stranger, installed for all', wide, { ...ours, is_stranger: true }, 'T1', 'outsider'],
    ['somebody without an organisation, installed for all', wide, { team_id: 'T1' }, 'T1', 'outsider'],
    ['a guest, installed for all', wide, { ...ours, is_restricted: true }, 'T1', 'guest'],
    ['a bot', grid, { team_id: 'T1', ...ours, is_bot: true }, 'T1', 'outsider'],
    ['somebody who has left', grid, { ...ours, deleted: true }, 'T1', 'outsider'],
  ] as const)('%s', (_who, installation, user, claim, standing) => {
    const given = {
      ...user,
      ...('enterprise_user' in user
        ? { enterprise_user: { ...user.enterprise_user, teams: [...user.enterprise_user.teams] } }
        : {}),
    };
    expect(standingOf(given, claim, installation)).toBe(standing);
  });

  it('has one name, from whichever workspace they ask', () => {
    expect([plain, grid, wide].map(homeOf)).toEqual(['T1', 'T1', 'E1']);
  });
});
