import { afterEach, describe, expect, it } from 'vitest';
import { command } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { type SlackBot, startSlackBot } from './slack-bot.ts';

let it_: SlackBot;
afterEach(() => it_.close());

describe.each<TransportKind>(['socket', 'http'])('a burst over %s', (kind) => {
  it('of 500 commands about 50 eSIMs is acknowledged whole, answered whole, and costs 50 calls', async () => {
    it_ = await startSlackBot(kind);
    const iccids = it_.bot.simulator.addEsims(50);
    const pushes = Array.from({ length: 500 }, (_, index) =>
      it_.slack.push(command(it_.slack, iccids[index % 50] ?? '')),
    );
    expect(await Promise.all(pushes)).toEqual(Array(500).fill(200));
    await it_.seen('UANNA', 'CSUPPORT', 500);
    await it_.pass(1);
    expect(it_.bot.simulator.calls).toHaveLength(50);
    expect(it_.bot.simulator.refusals).toBe(0);
    expect(it_.slack.workspace.posts).toHaveLength(500);
  });
});

describe('an acknowledgement', () => {
  it('leaves although Airalo hangs for every question', async () => {
    it_ = await startSlackBot('http');
    it_.bot.simulator.inject('usage', { kind: 'hang' }, 99);
    it_.bot.simulator.inject('token', { kind: 'hang' }, 99);
    const pushes = it_.bot.simulator.addEsims(40).map((iccid) => it_.slack.push(command(it_.slack, iccid)));
    expect(await Promise.all(pushes)).toEqual(Array(40).fill(200));
    expect(it_.slack.workspace.posts).toEqual([]);
  });
});

describe('two bots on one workspace and one store', () => {
  it('answer each question once, whichever socket it comes through, also when it comes through both', async () => {
    it_ = await startSlackBot('socket');
    const { startBot } = await import('../../support/bot.ts');
    const second = await startBot({ clock: it_.clock, world: it_.bot.world, env: it_.slack.env });
    try {
      const [one = '', two = ''] = it_.bot.simulator.addEsims(2);
      const twice = command(it_.slack, one, { id: 'trigger.same' });
      await it_.slack.push(twice);
      const [newest] = [...it_.slack.sockets].toReversed();
      newest?.close();
      await it_.soon('the socket is gone', () => it_.slack.sockets.size < 2 || newest?.readyState === 3);
      await it_.slack.push(twice);
      await it_.slack.push(command(it_.slack, two));
      await it_.seen('UANNA', 'CSUPPORT', 2);
      await it_.pass(1);
      expect(it_.slack.workspace.posts).toHaveLength(2);
    } finally {
      await second.stop({ keep: true });
    }
  });
});
