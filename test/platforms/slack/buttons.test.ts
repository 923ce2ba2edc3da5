import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, command, press } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];

describe.each(TRANSPORTS)('Slack over %s', (kind) => {
  let it_: SlackBot;
  const anna = 'UANNA';
  const channel = 'CSUPPORT';

  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  const push = (what: Parameters<SlackBot['slack']['push']>[0]) => it_.slack.push(what);
  const textOf = (index: number, where = channel) =>
    lastForm(it_.slack.workspace.seenBy(anna, where)[index]).text;
  const calls = () => it_.bot.simulator.calls.length;

  describe('a button', () => {
    const card = async () => {
      await push(command(it_.slack, ACTIVE));
      const [post] = await it_.seen(anna, channel);
      if (!post) throw new Error('No card');
      return post;
    };

    it('offers no Refresh before the time, and a time to be told at', async () => {
      const offered = buttonsOf(await card()).map(({ action_id: id, text }) => `${id} ${text.text}`);
      expect(offered.join()).not.toContain('esim:refresh');
      expect(offered[0]).toMatch(/^esim:tell-when-fresh:0 Notify me at \d/);
    });

    it('Notify me after the time shows the new figure, in place, also after a restart', async () => {
      const post = await card();
      await it_.restart();
      await it_.pass(WINDOW_MS);
      await push(press(it_.slack, post, 'esim:tell-when-fresh'));
      await it_.soon('the new figure', () => /1\.2\sGB left of 5\sGB/.test(textOf(0)));
      expect(calls()).toBe(2);
    });

    it('Notify me promises, and the answer edits the card', async () => {
      await push(press(it_.slack, await card(), 'esim:tell-when-fresh'));
      await it_.soon('the promise', () => /I’ll update this/.test(textOf(0)));
      await it_.pass(WINDOW_MS);
      await it_.soon('the new figure', () => /1\.2\sGB left of 5\sGB/.test(textOf(0)));
      expect(it_.slack.workspace.seenBy(anna, channel)).toHaveLength(1);
    });

    it.each([
      ['is slow', undefined],
      ['fails once', { status: 500 }],
      ['loses its answer', { lostAnswer: true }],
    ])('that is answered beside its card leaves the card as it is, though Slack %s', async (_what, fault) => {
      const post = await card();
      const before = textOf(0);
      it_.slack.workspace.fail('response_url', fault ?? {});
      if (!fault) it_.bot.simulator.inject('packages', { kind: 'hang' });
      await push(press(it_.slack, post, fault ? 'esim:ask-reply' : 'esim:ask-packages'));
      await it_.soon('the answer', () => it_.slack.workspace.seenBy(anna, channel).length > 1);
      expect(textOf(0)).toBe(before);
    });

    it('Share shows everybody a masked card; Show gives the presser a private one', async () => {
      await push(press(it_.slack, await card(), 'esim:share'));
      const shared = await it_.soon('the shared card', () => it_.slack.workspace.publicIn(channel)[0]);
      expect(JSON.stringify(shared.forms)).not.toContain(ACTIVE);
      expect(lastForm(shared).text).toContain('…0019');
      await push(press(it_.slack, shared, 'esim:show', { user: 'UBEN' }));
      const posts = await it_.seen('UBEN', channel, 2);
      expect(posts[1]).toMatchObject({ onlyFor: 'UBEN' });
      expect(JSON.stringify(lastForm(posts[1]).blocks)).toContain(ACTIVE);
    });

    it('Share where the bot is no member says how to invite it', async () => {
      await push(command(it_.slack, ACTIVE, { channel: 'CELSEWHERE' }));
      const [post] = await it_.seen(anna, 'CELSEWHERE');
      if (post) await push(press(it_.slack, post, 'esim:share'));
      await it_.soon('the hint', () => /invite/i.test(it_.newestText(anna, 'CELSEWHERE')));
      expect(it_.slack.workspace.publicIn('CELSEWHERE')).toEqual([]);
    });

    it('pressed by a guest is refused privately', async () => {
      await push(press(it_.slack, await card(), 'esim:share'));
      const shared = await it_.soon('the shared card', () => it_.slack.workspace.publicIn(channel)[0]);
      it_.slack.workspace.users.set('UGUEST', { id: 'UGUEST', team_id: 'T0001', is_restricted: true });
      await push(press(it_.slack, shared, 'esim:show', { user: 'UGUEST' }));
      await it_.soon('the refusal', () => /full members/.test(it_.newestText('UGUEST')));
    });

    it('that is not remembered any more says what to type', async () => {
      const post = await card();
      await it_.pass(8 * 24 * 3_600_000);
      await push(press(it_.slack, post, 'esim:share'));
      await it_.soon('the hint', () => /too old/.test(it_.newestText()));
    });
  });
});
