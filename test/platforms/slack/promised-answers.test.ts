import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command, press } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { type SlackBot, startSlackBot, USED_UP, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];

describe.each(TRANSPORTS)('Slack over %s', (kind) => {
  let it_: SlackBot;
  const anna = 'UANNA';
  const channel = 'CSUPPORT';
  const dm = 'DANNA';

  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  const push = (what: Parameters<SlackBot['slack']['push']>[0]) => it_.slack.push(what);
  const textOf = (index: number, where = channel) =>
    lastForm(it_.slack.workspace.seenBy(anna, where)[index]).text;
  const calls = () => it_.bot.simulator.calls.length;

  describe('a promised answer', () => {
    const promised = async () => {
      await push(command(it_.slack, USED_UP));
      const [post] = await it_.seen(anna, channel);
      expect(lastForm(post).text).toContain('I’ll post it here');
      return post;
    };

    it('edits the first one while the response URL lives', async () => {
      await promised();
      await it_.pass(WINDOW_MS);
      await it_.soon('the card', () => /GB left of 3\sGB/.test(textOf(0)));
      expect(it_.slack.workspace.seenBy(anna, channel)).toHaveLength(1);
    });

    it('comes as a message only the asker sees when the URL is dead', async () => {
      await promised();
      it_.slack.workspace.responseUrls.clear();
      await it_.pass(WINDOW_MS);
      const posts = await it_.seen(anna, channel, 2);
      expect(posts[1]).toMatchObject({ onlyFor: anna, via: 'chat.postEphemeral' });
    });

    it.each(['channel_not_found', 'not_in_channel', 'user_not_in_channel', 'user_not_found', 'is_archived'])(
      'comes by direct message, never to the channel, when the URL is dead and the channel says %s',
      async (error) => {
        await promised();
        it_.slack.workspace.responseUrls.clear();
        it_.slack.workspace.fail('chat.postEphemeral', { error });
        await it_.pass(WINDOW_MS);
        const [post] = await it_.seen(anna, dm);
        expect(lastForm(post).text).toMatch(/GB left of 3\sGB/);
        expect(it_.slack.workspace.publicIn(channel)).toEqual([]);
      },
    );

    it('never uses a response URL a sixth time', async () => {
      await promised();
      for (const url of it_.slack.workspace.responseUrls.values()) url.uses = 5;
      await it_.pass(WINDOW_MS);
      await it_.seen(anna, channel, 2);
      for (const url of it_.slack.workspace.responseUrls.values()) expect(url.uses).toBe(5);
    });

    it('waits in the outbox when Slack asks to wait, and survives a restart meanwhile', async () => {
      await promised();
      it_.slack.workspace.responseUrls.clear();
      it_.slack.workspace.fail('chat.postEphemeral', { retryAfter: 120 });
      await it_.pass(WINDOW_MS);
      await it_.soon('the refusal', () =>
        it_.slack.workspace.calls.some(({ method }) => method === 'chat.postEphemeral'),
      );
      await it_.soon('the job is back', async () => (await it_.bot.app.store.outbox.depth()).active === 0);
      await it_.restart();
      await it_.pass(119_000);
      expect(it_.slack.workspace.seenBy(anna, channel)).toHaveLength(1);
      await it_.pass(10_000);
      await it_.seen(anna, channel, 2);
    });

    it.each([
      ['5xx', { status: 503 }, 2],
      ['internal_error', { error: 'internal_error' }, 2],
      ['a time-out', { hang: true }, 1],
    ])('is sent again after %s', async (_what, fault, times) => {
      await promised();
      it_.slack.workspace.responseUrls.clear();
      it_.slack.workspace.fail('chat.postEphemeral', fault, times);
      await it_.pass(WINDOW_MS);
      await it_.soon('the answer', () => it_.slack.workspace.seenBy(anna, channel).length === 2);
    });

    it('becomes a dead letter with the remedy in the log when every route misses a scope', async () => {
      const error = 'missing_scope';
      await promised();
      it_.slack.workspace.responseUrls.clear();
      it_.slack.workspace.fail('chat.postEphemeral', { error });
      it_.slack.workspace.fail('conversations.open', { error });
      await it_.pass(WINDOW_MS);
      await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(1)).length === 1);
      expect(it_.bot.log.lines('no route left')[0]?.remedy).toMatch(/install/i);
    });

    it('waits while the token is refused, and comes when it is taken again', async () => {
      await promised();
      it_.slack.workspace.responseUrls.clear();
      it_.slack.workspace.fail('chat.postEphemeral', { error: 'token_revoked' }, 2);
      it_.slack.workspace.fail('conversations.open', { error: 'token_revoked' }, 2);
      await it_.pass(WINDOW_MS);
      await it_.soon('the answer', () => it_.slack.workspace.seenBy(anna, channel).length === 2);
      expect(await it_.bot.app.store.outbox.dead(1)).toEqual([]);
    });

    it('is sent once by direct message although the answer to the sending was lost', async () => {
      await promised();
      it_.slack.workspace.responseUrls.clear();
      it_.slack.workspace.fail('chat.postEphemeral', { error: 'not_in_channel' }, 9);
      it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
      await it_.pass(WINDOW_MS);
      await it_.soon(
        'the end of the job',
        async () => (await it_.bot.app.usageService.pendingOf(`slack:T0001:${anna}`)).length === 0,
      );
      expect(it_.slack.workspace.publicIn(dm)).toHaveLength(1);
    });

    it('is not given to somebody who has become a guest meanwhile', async () => {
      await promised();
      it_.slack.workspace.users.set(anna, { id: anna, team_id: 'T0001', is_restricted: true });
      const before = calls();
      await it_.pass(WINDOW_MS);
      await it_.soon('the refusal', () => /full members/.test(it_.newestText()));
      expect(calls()).toBe(before);
    });

    it('can be cancelled by its button', async () => {
      const post = await promised();
      if (post) await push(press(it_.slack, post, 'esim:cancel'));
      await it_.soon('the word', () => /Cancelled/.test(textOf(0)));
      expect(await it_.bot.app.usageService.pendingOf(`slack:T0001:${anna}`)).toEqual([]);
    });
  });
});
