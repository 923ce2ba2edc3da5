import { afterEach, describe, expect, it } from 'vitest';
import { command, directMessage, press } from '../../support/slack/people.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP } from './slack-bot.ts';

const GRID = { enterprise_id: 'E0001', teams: ['T0001', 'T0002'] };

let it_: SlackBot;
afterEach(() => it_.close());

const start = (wide: boolean, env = {}) =>
  startSlackBot('socket', env, {}, (workspace) => {
    workspace.enterprise = { id: 'E0001', wide };
    workspace.users.set('UANNA', { id: 'UANNA', team_id: 'T0002', enterprise_user: GRID });
    workspace.users.set('UBEN', {
      id: 'UBEN',
      team_id: 'T0099',
      enterprise_user: { enterprise_id: 'E0099', teams: ['T0099'] },
      is_stranger: true,
    });
  });

describe.each([
  ['one workspace of an organisation', false],
  ['a whole organisation', true],
])('installed for %s', (_what, wide) => {
  it('a member is answered by every door, and is one person through all of them', async () => {
    it_ = await start(wide);
    await it_.slack.push(command(it_.slack, USED_UP, { team: 'T0001' }));
    const [post] = await it_.seen('UANNA', 'CSUPPORT');
    await it_.soon('the promise', () => /answer/i.test(lastForm(post).text));
    await it_.slack.push(directMessage(it_.slack, ACTIVE, { team: 'E0001' }, { team: 'E0001' }));
    await it_.soon('the card', () => /1\.3\sGB/.test(it_.newestText('UANNA', 'DANNA')));
    if (!post) throw new Error('no post');
    await it_.slack.push(press(it_.slack, post, 'esim:', { team: 'T0002' }));
    await it_.soon('an entry for each', async () => {
      const home = wide ? 'E0001' : 'T0001';
      const events = await it_.bot.app.store.audit.recent({ asker: `slack:${home}:UANNA`, limit: 9 });
      return events.length >= 2;
    });
    expect(it_.bot.log.text()).not.toContain('full-member');
  });

  it('a stranger of a shared channel and a guest stay out', async () => {
    it_ = await start(wide);
    await it_.slack.push(command(it_.slack, ACTIVE, { user: 'UBEN', team: 'T0099' }));
    await it_.seen('UBEN', 'CSUPPORT');
    expect(it_.newestText('UBEN')).toMatch(/full members/);
    it_.slack.workspace.users.set('UGUEST', { id: 'UGUEST', enterprise_user: GRID, is_restricted: true });
    await it_.slack.push(command(it_.slack, ACTIVE, { user: 'UGUEST' }));
    await it_.seen('UGUEST', 'CSUPPORT');
    expect(it_.newestText('UGUEST')).toMatch(/full members/);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('a user group is asked for in its own workspace', async () => {
    it_ = await start(wide, { SLACK_ALLOWED_USERGROUPS: 'S0001' });
    it_.slack.workspace.groups.set('S0001', ['UANNA']);
    if (wide) it_.slack.workspace.groupHomes.set('S0001', 'T0002');
    await it_.slack.push(directMessage(it_.slack, ACTIVE));
    await it_.soon('the card', () => /1\.3\sGB/.test(it_.newestText('UANNA', 'DANNA')));
  });
});
