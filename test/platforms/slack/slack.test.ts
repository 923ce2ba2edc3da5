import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describePlatform } from '../../contract/platform-contract.ts';
import { rowsOf } from '../../support/lists.ts';
import {
  buttonsOf,
  command,
  directMessage,
  filesInDirectMessage,
  homeOpened,
  mention,
  press,
  pressOnHome,
  shortcut,
  submitForm,
} from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, VOICE, WINDOW_MS } from './slack-bot.ts';

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

  describe('a command', () => {
    it('is answered privately with the card', async () => {
      expect(await push(command(it_.slack, ACTIVE))).toBe(200);
      const [post] = await it_.seen(anna, channel);
      expect(post).toMatchObject({ onlyFor: anna, via: 'response_url' });
      expect(lastForm(post).text).toMatch(/1\.3\sGB left of 5\sGB \(26%\)/);
      expect(JSON.stringify(lastForm(post).blocks)).toMatch(/<!date\^\d+\^/);
      expect(it_.slack.workspace.publicIn(channel)).toEqual([]);
    });

    it('is acknowledged while Airalo is silent, says that it is checking, and is answered later', async () => {
      it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
      expect(await push(command(it_.slack, ACTIVE))).toBe(200);
      await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
      it_.clock.advance(900);
      await it_.soon('the placeholder', () => /^Checking eSIM\s/.test(it_.newestText()));
      it_.bot.simulator.release();
      await it_.soon('the card', () => /GB left of/.test(textOf(0)));
      expect(it_.slack.workspace.seenBy(anna, channel)).toHaveLength(1);
    });

    it.each(['help', '', '  HELP '])('%j is answered with the help', async (text) => {
      await push(command(it_.slack, text));
      await it_.seen(anna, channel);
      expect(textOf(0)).toContain('/esim-usage');
      expect(calls()).toBe(0);
    });

    it('with a number that cannot be one says what is wrong, and asks nobody', async () => {
      await push(command(it_.slack, '891000000000'));
      await it_.seen(anna, channel);
      expect(textOf(0)).toContain('12 digits');
      expect(calls()).toBe(0);
    });

    it('with several numbers gets one message with all of them, each of which opens its own card', async () => {
      await push(command(it_.slack, `${ACTIVE}, ${VOICE}`));
      const [post] = await it_.seen(anna, channel);
      expect(lastForm(post).text).toMatch(/^2 eSIMs: /);
      for (const end of ['0019', '0035'])
        expect(lastForm(post).text).toMatch(new RegExp(`…${end} · [\\d.]+\\sGB of`));
      if (post) await push(press(it_.slack, post, '…0035'));
      const card = (await it_.seen(anna, channel, 2)).at(-1);
      await it_.soon('its card', () => lastForm(card).text.includes(VOICE));
      expect(card?.onlyFor).toBe(anna);
      expect(buttonsOf(card).map(({ action_id: id }) => id)).toContain('esim:share:0');
    });

    it('with several numbers comes as a file into the direct message of whoever asked, without another call', async () => {
      const unknown = '8910000000009999998';
      await push(command(it_.slack, `${ACTIVE}, ${unknown}`));
      const [post] = await it_.seen(anna, channel);
      await it_.soon('the table', () => /Unknown eSIM/.test(lastForm(post).text));
      const asked = calls();
      if (post) await push(press(it_.slack, post, 'esim:csv'));
      const word = (await it_.seen(anna, channel, 2)).at(-1);
      expect(word?.onlyFor).toBe(anna);
      await it_.soon('the word', () => /The file is in your direct message/.test(lastForm(word).text));
      const [sent] = it_.slack.workspace.seenBy(anna, 'DANNA');
      const file = it_.slack.workspace.files.get(sent?.fileIds?.[0] ?? '');
      expect(lastForm(sent).text).toMatch(/^2 eSIMs: /);
      expect(file?.name).toMatch(/^esim-usage-2026-11-23-\w{6}\.csv$/);
      expect(rowsOf(file?.bytes)).toMatchObject([
        { iccid: ACTIVE, status: 'ACTIVE', data_total_mb: '5120' },
        { iccid: unknown, status: '', note: 'Unknown eSIM' },
      ]);
      expect(calls()).toBe(asked);
    });

    it('with more than ten numbers has the first ten answered and the rest named', async () => {
      const given = it_.bot.simulator.addEsims(12);
      await push(command(it_.slack, `${given.join('\n')}\n8.91E+18`));
      await it_.soon('the last form', () => /^I check[\s\S]*Left out/.test(textOf(0)));
      const [tenth = '', ...beyond] = given.slice(9);
      expect(textOf(0)).toMatch(/^I check 10 at a time/);
      expect(beyond).toHaveLength(2);
      for (const iccid of beyond) expect(textOf(0)).toContain(iccid);
      expect(textOf(0)).toMatch(/10 eSIMs: /);
      for (const iccid of given.slice(0, 10)) expect(textOf(0)).toContain(`…${iccid.slice(-4)} · `);
      expect(textOf(0)).not.toContain(tenth);
      expect(textOf(0)).toMatch(/a spreadsheet has changed them: .*8\.91E\+18/);
      expect(calls()).toBe(10);
    });

    it('that comes twice is answered once', async () => {
      const twice = command(it_.slack, ACTIVE, { id: 'same' });
      await Promise.all([push(twice), push(twice)]);
      await it_.seen(anna, channel);
      await push(command(it_.slack, VOICE));
      await it_.seen(anna, channel, 2);
      expect(it_.slack.workspace.seenBy(anna, channel)).toHaveLength(2);
    });
  });

  describe('a direct message', () => {
    it('with a number somewhere in it gets the card in that conversation', async () => {
      await push(directMessage(it_.slack, `hi, ${ACTIVE} please, thanks`));
      await it_.seen(anna, dm);
      await it_.soon('the card', () => /GB left of 5\sGB/.test(textOf(0, dm)));
      expect(it_.slack.workspace.seenBy(anna, dm)).toHaveLength(1);
    });

    it('with anything else gets the help', async () => {
      await push(directMessage(it_.slack, 'hello'));
      await it_.seen(anna, dm);
      await it_.soon('the help', () => /\/esim-usage/.test(textOf(0, dm)));
    });

    it('is updated when the promised answer comes, hours later as well', async () => {
      await push(directMessage(it_.slack, USED_UP));
      await it_.seen(anna, dm);
      await it_.soon('the promise', () => /I’ll post it here/.test(textOf(0, dm)));
      await it_.restart();
      await it_.pass(WINDOW_MS + 3_600_000);
      await it_.soon('the card', () => /GB left of 3\sGB/.test(textOf(0, dm)));
      expect(it_.slack.workspace.seenBy(anna, dm)).toHaveLength(1);
    });

    it.each([
      ['an edit', { subtype: 'message_changed' }],
      ['a join', { subtype: 'channel_join' }],
      ['another bot', { bot_id: 'BOTHER' }],
      ['the bot itself', { user: 'UBOT' }],
    ])('that is %s is dropped', async (_what, more) => {
      await push(directMessage(it_.slack, ACTIVE, {}, more));
      await push(directMessage(it_.slack, 'help'));
      await it_.seen(anna, dm);
      expect(it_.slack.workspace.seenBy(anna, dm)).toHaveLength(1);
      expect(calls()).toBe(0);
    });

    it('that comes again is answered once', async () => {
      const same = directMessage(it_.slack, ACTIVE, { id: 'EvSame' });
      await push(same);
      await push(same);
      await push(directMessage(it_.slack, 'help'));
      await it_.seen(anna, dm, 2);
      expect(it_.slack.workspace.seenBy(anna, dm)).toHaveLength(2);
    });
  });

  it('answers a mention privately, in its thread', async () => {
    await push(mention(it_.slack, ACTIVE, { thread: '77.1' }));
    const [post] = await it_.seen(anna, channel);
    expect(post).toMatchObject({ onlyFor: anna, threadTs: '77.1', via: 'chat.postEphemeral' });
    expect(lastForm(post).text).toMatch(/GB left of 5\sGB/);
  });

  it('finds the numbers in a message by its shortcut', async () => {
    await push(shortcut(it_.slack, `Customer writes: my eSIM ${ACTIVE} is slow`));
    await it_.seen(anna, channel);
    await it_.soon('the card', () => /GB left of 5\sGB/.test(textOf(0)));
  });

  describe('App Home', () => {
    const home = () => JSON.stringify(it_.slack.workspace.views.get(anna) ?? '');

    it('shows a promise that can be cancelled there, and nothing of it after that', async () => {
      await push(homeOpened(it_.slack));
      await it_.soon('the view', () => /You haven’t checked an eSIM yet/.test(home()));
      await push(command(it_.slack, USED_UP));
      await it_.seen(anna, channel);
      await push(homeOpened(it_.slack));
      await it_.soon('the promise in the view', () => /esim-home-cancel/.test(home()));
      expect(home()).toContain('…\u20600092');
      expect(home()).not.toContain(USED_UP);
      await push(pressOnHome(it_.slack, 'esim-home-cancel'));
      await it_.soon('it is gone', () => !/esim-home-cancel/.test(home()));
    });

    it('is filled when Slack takes it again, a minute later', async () => {
      it_.slack.workspace.fail('views.publish', { status: 503 }, 12);
      await push(homeOpened(it_.slack));
      await it_.soon('the first tries', () => it_.slack.workspace.calls.length > 0);
      const askedAt = it_.clock.now();
      await it_.soon('the view', () => home() !== '""');
      expect(it_.clock.now() - askedAt).toBeLessThan(120_000);
    });

    it('checks again what was asked about, and says when that is not to be had yet', async () => {
      await push(command(it_.slack, ACTIVE));
      await it_.seen(anna, channel);
      await it_.soon('the figure in the view', async () => {
        await push(homeOpened(it_.slack));
        return /1\.3\sGB left of 5\sGB/.test(home());
      });
      await push(pressOnHome(it_.slack, 'esim-home-check'));
      await it_.soon('the word', () => /Airalo allows the next check at/.test(home()));
      expect(calls()).toBe(1);
      await it_.pass(WINDOW_MS);
      await push(pressOnHome(it_.slack, 'esim-home-check'));
      await it_.soon('the call', () => calls() === 2);
      await it_.soon('the new figure', () => !/Airalo allows the next check/.test(home()));
    });

    it('takes a number in a form, answers it in the direct message, and shows it from then on', async () => {
      await push(homeOpened(it_.slack));
      await it_.soon('the view', () => home() !== '""');
      await push(pressOnHome(it_.slack, 'esim-home-ask'));
      await it_.soon('the form', () => it_.slack.workspace.modals.length === 1);
      await push(submitForm(it_.slack, ACTIVE));
      const [answer] = await it_.seen(anna, 'DANNA');
      await it_.soon('the card', () => /1\.3\sGB left of 5\sGB/.test(lastForm(answer).text));
      await it_.soon('the view', () => /1\.3\sGB left of 5\sGB/.test(home()));
    });

    it('stops a watch, and explains itself behind a button', async () => {
      await push(command(it_.slack, `watch ${ACTIVE} 10`));
      await it_.seen(anna, channel);
      await it_.soon('the watch in the view', async () => {
        await push(homeOpened(it_.slack));
        return /esim-home-watches/.test(home());
      });
      await push(pressOnHome(it_.slack, 'esim-home-watches'));
      await it_.soon('it is gone', () => !/esim-home-watches/.test(home()));
      await push(pressOnHome(it_.slack, 'esim-home-help'));
      await it_.soon('the help', () => /esim-usage/.test(JSON.stringify(it_.slack.workspace.modals.at(-1))));
    });
  });

  it.each([
    ['a guest', { is_restricted: true }],
    ['a stranger', { is_stranger: true }],
    ['somebody of another workspace', { team_id: 'T0002' }],
  ])('refuses %s privately, and asks nobody', async (_who, flags) => {
    it_.slack.workspace.users.set('UOTHER', { id: 'UOTHER', team_id: 'T0001', ...flags });
    await push(command(it_.slack, ACTIVE, { user: 'UOTHER' }));
    await it_.seen('UOTHER', channel);
    expect(it_.newestText('UOTHER')).toMatch(/full members/);
    expect(calls()).toBe(0);
  });

  it('refuses rather than guesses when Slack does not tell who asks', async () => {
    it_.slack.workspace.fail('users.info', { error: 'internal_error' }, 5);
    await push(command(it_.slack, ACTIVE));
    await it_.seen(anna, channel);
    expect(it_.newestText()).toMatch(/couldn’t find out/);
    expect(calls()).toBe(0);
  });

  it('writes neither a full ICCID nor a response URL nor a token to the log', async () => {
    await push(command(it_.slack, `${ACTIVE} `));
    await it_.seen(anna, channel);
    it_.slack.workspace.responseUrls.clear();
    await push(command(it_.slack, VOICE));
    await push(directMessage(it_.slack, USED_UP));
    await it_.seen(anna, dm);
    const text = it_.bot.log.text();
    for (const secret of [ACTIVE, VOICE, USED_UP, '/respond/', 'xoxb-', 'xapp-', 'test-signing'])
      expect(text).not.toContain(secret);
  });
});

for (const kind of TRANSPORTS)
  describePlatform(`Slack over ${kind}`, async () => {
    const it_ = await startSlackBot(kind, { SLACK_ALERT_CHANNEL: 'CSUPPORT' });
    const { workspace } = it_.slack;
    workspace.users.set('UOTHER', { id: 'UOTHER', team_id: 'T0001', is_restricted: true });
    const posts = () =>
      ['CSUPPORT', 'DANNA'].flatMap((channel) => workspace.posts.filter((post) => post.channel === channel));
    return {
      get bot() {
        return it_.bot;
      },
      ask: (text) => it_.slack.push(command(it_.slack, text)),
      secrets: () => [
        ...Object.values(it_.slack.env).filter((value) => !value.startsWith('http')),
        ...workspace.responseUrls.keys(),
      ],
      async cancel() {
        const post = posts().at(-1);
        if (post) await it_.slack.push(press(it_.slack, post, 'esim:cancel'));
      },
      async press(label) {
        const post = posts().findLast((one) =>
          buttonsOf(one).some(({ text }) => text.text.startsWith(label)),
        );
        const button = buttonsOf(post).find(({ text }) => text.text.startsWith(label));
        if (post && button) await it_.slack.push(press(it_.slack, post, button.action_id, { user: 'UANNA' }));
      },
      async askTwice(text) {
        const twice = command(it_.slack, text, { id: 'same' });
        await Promise.all([it_.slack.push(twice), it_.slack.push(twice)]);
      },
      askAsStranger: (text) => it_.slack.push(command(it_.slack, text, { user: 'UOTHER' })),
      sendList: (bytes) =>
        it_.slack.push(filesInDirectMessage(it_.slack, [{ name: 'list.csv', bytes, mimetype: 'text/csv' }])),
      routes: [
        { name: 'the response URL', close: () => workspace.responseUrls.clear() },
        {
          name: 'the message only the asker sees',
          close: () => workspace.fail('chat.postEphemeral', { error: 'not_in_channel' }, 9),
        },
      ],
      shown: () =>
        posts().map((post) => ({
          text: `${lastForm(post).text}\n${JSON.stringify(lastForm(post).blocks)}`,
          isPublic: post.onlyFor === undefined && post.channel === 'CSUPPORT',
        })),
      soon: it_.soon,
      pass: it_.pass,
      restart: it_.restart,
      close: it_.close,
    };
  });
