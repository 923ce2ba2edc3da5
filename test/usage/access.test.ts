import { describe, expect, it } from 'vitest';
import { type AccessPolicy, type Asker, decideAccess } from '../../src/usage/access.ts';

const open: AccessPolicy = { spaces: [], channels: [], groups: [], users: [], whenUnset: 'members' };
const closed: AccessPolicy = { ...open, whenUnset: 'stewards' };
const member: Asker = {
  userId: 'U1',
  standing: 'member',
  spaceId: 'T1',
  channelIds: ['C1'],
  groupIds: [],
  steward: false,
};
const inDirectMessage: Asker = { userId: 'U1', standing: 'member', groupIds: [], steward: false };

describe('who may look up', () => {
  it.each([
    ['a member, where nothing is set and members are let in', open, member],
    ['a steward, where nothing is set and only stewards are', closed, { ...member, steward: true }],
    ['a member in an allowed channel', { ...open, channels: ['C1'] }, member],
    [
      'a member in a thread of an allowed channel',
      { ...open, channels: ['C1'] },
      { ...member, channelIds: ['T9', 'C1'] },
    ],
    ['a holder of an allowed group', { ...closed, groups: ['G1'] }, { ...member, groupIds: ['G1'] }],
    ['a named person without any group', { ...closed, users: ['U1'], groups: ['G1'] }, member],
    ['a named person in a direct message', { ...closed, users: ['U1'], channels: ['C1'] }, inDirectMessage],
    [
      'a group holder in a direct message',
      { ...closed, groups: ['G1'] },
      { ...inDirectMessage, groupIds: ['G1'] },
    ],
    ['anybody of an allowed server', { ...closed, spaces: ['T1'] }, member],
  ])('lets in %s', (_who, policy: AccessPolicy, asker: Asker) => {
    expect(decideAccess(policy, asker)).toEqual({ kind: 'allowed' });
  });

  it.each([
    ['a guest', open, { ...member, standing: 'guest' as const }, 'full-member'],
    ['somebody of another workspace', open, { ...member, standing: 'outsider' as const }, 'full-member'],
    [
      'a guest who is named',
      { ...open, users: ['U1'] },
      { ...member, standing: 'guest' as const },
      'full-member',
    ],
    ['a member of a server that is not listed', { ...open, spaces: ['T2'] }, member, 'space'],
    ['a member in another channel', { ...open, channels: ['C2'] }, member, 'channel'],
    [
      'a group holder in another channel',
      { ...open, channels: ['C2'], groups: ['G1'] },
      { ...member, groupIds: ['G1'] },
      'channel',
    ],
    ['a member without the group', { ...open, groups: ['G1'] }, member, 'group'],
    ['a steward without the group', { ...closed, groups: ['G1'] }, { ...member, steward: true }, 'group'],
    [
      'a direct message, where only channels are listed',
      { ...open, channels: ['C1'] },
      inDirectMessage,
      'channel',
    ],
    [
      'a direct message, where only servers are listed',
      { ...closed, spaces: ['T1'] },
      inDirectMessage,
      'steward',
    ],
    ['a member, where nothing is set and only stewards are let in', closed, member, 'steward'],
  ])('refuses %s', (_who, policy: AccessPolicy, asker: Asker, need) => {
    expect(decideAccess(policy, asker)).toMatchObject({ kind: 'refused', need: { kind: need } });
  });

  it('names the channels or groups that would do', () => {
    const policy = { ...open, channels: ['C7'] };
    expect(decideAccess(policy, member)).toEqual({
      kind: 'refused',
      need: { kind: 'channel', channelIds: ['C7'] },
    });
  });
});
