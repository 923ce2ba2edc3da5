import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, command, directMessage, mention, pressOn } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, VOICE, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];
const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const DM = 'DANNA';
const CARD = /1\.3\sGB left of 5\sGB/;

describe.each(TRANSPORTS)('a question in Slack over %s is answered, once, although', (kind) => {
  let it_: SlackBot;
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  const { push, workspace } = {
    push: (what: Parameters<SlackBot['slack']['push']>[0]) => it_.slack.push(what),
    workspace: () => it_.slack.workspace,
  };
  const textsIn = (where: string) =>
    workspace()
      .seenBy(ANNA, where)
      .map((post) => lastForm(post).text);
  const answersIn = (where: string) => textsIn(where).filter((text) => CARD.test(text));
  const outbox = () => it_.bot.app.store.outbox;
  const answered = (where: string) => it_.soon(`the card in ${where}`, () => answersIn(where).length > 0);
  const nothingLeft = () =>
    it_.soon('the question has ended', async () => {
      const { pending, active } = await outbox().depth();
      return pending + active === 0;
    });

  it.each([
    ['asks to wait for 30 s', { retryAfter: 30 }, 1],
    ['fails five times', { status: 503 }, 5],
    ['takes the message and loses its answer', { lostAnswer: true }, 1],
  ])('the first message of the answer %s', async (_what, fault, times) => {
    workspace().fail('chat.postMessage', fault, times);
    await push(directMessage(it_.slack, ACTIVE));
    await answered(DM);
    await nothingLeft();
    expect(textsIn(DM)).toHaveLength(1);
    expect(await outbox().dead(1)).toEqual([]);
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'its message cannot be changed any more (%s)',
    async (error) => {
      workspace().fail('chat.update', { error }, 9);
      await push(directMessage(it_.slack, ACTIVE));
      await answered(DM);
      await nothingLeft();
      expect(answersIn(DM)).toHaveLength(1);
    },
  );

  it('its response URL is dead and the bot is not in the channel', async () => {
    const asked = command(it_.slack, ACTIVE, { channel: 'CELSEWHERE' });
    workspace().responseUrls.clear();
    await push(asked);
    await answered(DM);
    await nothingLeft();
    expect(workspace().publicIn('CELSEWHERE')).toEqual([]);
  });

  it('its promise came by direct message: what was promised is written into that message', async () => {
    const asked = command(it_.slack, USED_UP, { channel: 'CELSEWHERE' });
    workspace().responseUrls.clear();
    await push(asked);
    await it_.soon('the promise', () => /I’ll (?:post|update)/.test(textsIn(DM)[0] ?? ''));
    await it_.pass(WINDOW_MS);
    await it_.soon('the answer', () => /of 3\sGB/.test(textsIn(DM).at(-1) ?? ''));
    await nothingLeft();
    expect(textsIn(DM)).toHaveLength(1);
  });

  it('nothing of Slack works for a minute, and a restart comes in between', async () => {
    for (const method of ['response_url', 'chat.postEphemeral', 'conversations.open'])
      workspace().fail(method, { status: 503 }, 4);
    await push(command(it_.slack, ACTIVE));
    await it_.soon('it is given up for now', () => it_.bot.log.lines('it is tried again').length > 0);
    await it_.restart();
    await it_.soon('the card', () => [...answersIn(CHANNEL), ...answersIn(DM)].length > 0);
    await nothingLeft();
    expect([...answersIn(CHANNEL), ...answersIn(DM)]).toHaveLength(1);
  });

  it.each([
    ['a command', () => command(it_.slack, ACTIVE), CHANNEL],
    ['a direct message', () => directMessage(it_.slack, ACTIVE), DM],
    ['a mention', () => mention(it_.slack, ACTIVE), CHANNEL],
  ])('the bot ends while Airalo is silent: %s', async (_what, asked, where) => {
    it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
    await push(asked());
    await it_.soon('the question hangs', () => it_.bot.simulator.hanging === 1);
    expect(await outbox().depth()).toMatchObject({ pending: 1 });
    await it_.restart();
    // Airalo has counted the call that it never answered.
    await it_.soon('the promise', () => /I’ll (post|try again|update)/.test(textsIn(where).at(-1) ?? ''));
    await it_.pass(WINDOW_MS);
    await answered(where);
    await nothingLeft();
    expect(answersIn(where)).toHaveLength(1);
    expect(textsIn(where).filter((text) => /Checking|One moment|could not save/.test(text))).toEqual([]);
  });

  it('is durable before it is acknowledged', async () => {
    workspace().fail('users.info', { hang: true });
    for (const asked of [
      command(it_.slack, ACTIVE),
      directMessage(it_.slack, VOICE),
      mention(it_.slack, 'help'),
    ]) {
      const before = (await outbox().depth()).pending;
      await push(asked);
      expect((await outbox().depth()).pending).toBeGreaterThanOrEqual(Math.min(1, before));
    }
    expect((await outbox().depth()).pending).toBe(3);
  });

  it('Slack does not say who asks for a while: the person reads at once that it is being looked at', async () => {
    workspace().fail('users.info', { hang: true });
    await push(command(it_.slack, ACTIVE));
    await it_.soon('the word', () => /One moment/.test(it_.newestText()));
    expect(answersIn(CHANNEL)).toEqual([]);
    await answered(CHANNEL);
    expect(textsIn(CHANNEL)).toHaveLength(1);
  });

  it('one of its two eSIMs was declined: its row stays when the promised answer of the other comes', async () => {
    const declined = { data: { iccid: 'no' }, meta: { message: 'the parameter is invalid' } };
    it_.bot.simulator.inject(ACTIVE, { kind: 'status', status: 422, body: declined });
    await push(directMessage(it_.slack, `${ACTIVE} ${USED_UP}`));
    const both = () => textsIn(DM)[0] ?? '';
    await it_.soon('the promise', () => /…0092 · comes (at|in)/.test(both()));
    expect(both().split('\n')).toContain('…0019 · Airalo declined');
    await it_.pass(WINDOW_MS);
    await it_.soon('the answer', () => /…0092 · 2\.6\sGB of 3\sGB/.test(both()));
    expect(both().split('\n')).toContain('…0019 · Airalo declined');
    expect(both()).not.toMatch(/Checking/);
  });

  it.each(['its words', 'the button of a card from before there were tables'])(
    'one of its two promises was cancelled by %s: its row says so when the other answer comes',
    async (how) => {
      it_.bot.simulator.inject(ACTIVE, { kind: 'rate-limited', retryAfter: '600' });
      await push(directMessage(it_.slack, `${ACTIVE} ${USED_UP}`));
      const both = () => textsIn(DM)[0] ?? '';
      await it_.soon('the promises', () => both().split('· comes').length === 3);
      if (how === 'its words') await push(directMessage(it_.slack, `cancel ${ACTIVE}`));
      else await pressOldCancel();
      await it_.soon('the word', () => textsIn(DM).some((text) => /cancelled\./i.test(text)));
      await it_.pass(WINDOW_MS);
      await it_.soon('the answer', () => /…0092 · 2\.6\sGB of 3\sGB/.test(both()));
      expect(both().split('\n')).toContain('…0019 · Cancelled');
      expect(both()).not.toMatch(/Checking|1\.3\sGB/);
    },
  );

  /** What a message of a version that drew a card for each eSIM sends; the note and the job are those of today. */
  async function pressOldCancel(): Promise<void> {
    const [post] = workspace().seenBy(ANNA, DM);
    const [, note = ''] =
      buttonsOf(post)
        .find(({ text }) => text.text === '…0019')
        ?.value?.split('|') ?? [];
    const promises = await it_.bot.app.usageService.pendingOf(`slack:T0001:${ANNA}`);
    const { jobId } = promises.find(({ iccid }) => iccid === ACTIVE) ?? {};
    if (!post || !jobId) throw new Error('No promise');
    const text = { type: 'plain_text', text: 'Cancel' };
    const button = { type: 'button', action_id: 'esim:cancel:0', text, value: `${note}|0|${jobId}` };
    await push(pressOn(it_.slack, post, button));
  }

  it('the store takes nothing: it is answered, and nothing is promised', async () => {
    await it_.bot.app.store.close();
    await push(command(it_.slack, ACTIVE));
    await answered(CHANNEL);
    for (const words of ['watches', `watch ${ACTIVE} 25`]) {
      const before = textsIn(CHANNEL).length;
      await push(command(it_.slack, words));
      await it_.soon('the word', () => textsIn(CHANNEL).length > before);
      expect(it_.newestText()).toMatch(/can’t read my records right now/);
    }
  });
});
