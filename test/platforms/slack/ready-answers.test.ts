import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storedIccid } from '../../../src/domain/stored-iccid.ts';
import { command, directMessage, press } from '../../support/slack/people.ts';
import { type Push, requestOf, sendAndLeave, type TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];
const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const CARD = /1\.3\sGB left of 5\sGB/;

describe.each(TRANSPORTS)('a current figure in Slack over %s', (kind) => {
  let it_: SlackBot;
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
    await it_.slack.push(command(it_.slack, ACTIVE));
    await it_.seen(ANNA, CHANNEL);
    await it_.soon('the question has ended', async () => (await depth()).pending === 0);
  });
  afterEach(() => it_.close());

  const depth = () => it_.bot.app.store.outbox.depth();
  const seen = () => it_.slack.workspace.seenBy(ANNA, CHANNEL);
  const answeredLines = () => it_.bot.log.lines('Lookup answered');

  it('comes with the acknowledgement: no second message, no question kept, no call', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    const [, answer, ...more] = seen();
    expect(more).toEqual([]);
    expect(answer).toMatchObject({ onlyFor: ANNA, via: 'acknowledgement' });
    expect(lastForm(answer).text).toMatch(CARD);
    expect(await depth()).toMatchObject({ pending: 0, active: 0 });
    expect(it_.bot.simulator.calls).toHaveLength(1);
    expect(answeredLines()).toHaveLength(2);
    expect(answeredLines()[1]).toMatchObject({ outcome: 'cached', place: CHANNEL });
  });

  it('has buttons that work', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    const [, answer] = seen();
    if (!answer) throw new Error('No answer');
    await it_.slack.push(press(it_.slack, answer, 'Share here'));
    await it_.soon('it is shared', () => it_.slack.workspace.publicIn(CHANNEL).length === 1);
    expect(JSON.stringify(it_.slack.workspace.publicIn(CHANNEL))).not.toContain(ACTIVE);
  });

  it('is not given to somebody who may not ask', async () => {
    it_.slack.workspace.users.set('UGUEST', { id: 'UGUEST', team_id: 'T0001', is_restricted: true });
    await it_.slack.push(command(it_.slack, ACTIVE, { user: 'UGUEST' }));
    const posts = await it_.seen('UGUEST', CHANNEL);
    expect(posts.map(({ via }) => via)).toEqual(['response_url']);
    expect(lastForm(posts[0]).text).not.toMatch(CARD);
  });

  it('comes afterwards where Slack takes long to say who asks', async () => {
    it_.slack.workspace.users.set('UBEN', { id: 'UBEN', team_id: 'T0001' });
    it_.slack.workspace.fail('users.info', { hang: true });
    const pushed = it_.slack.push(command(it_.slack, ACTIVE, { user: 'UBEN' }));
    await it_.soon('the card', () =>
      it_.slack.workspace.seenBy('UBEN', CHANNEL).some((post) => CARD.test(lastForm(post).text)),
    );
    expect(await pushed).toBe(200);
    expect(it_.slack.workspace.seenBy('UBEN', CHANNEL).map(({ via }) => via)).toEqual(['response_url']);
  });

  it('is asked for anew once it is not current any more, and for several eSIMs', async () => {
    await it_.slack.push(command(it_.slack, `${ACTIVE} ${USED_UP}`));
    await it_.seen(ANNA, CHANNEL, 2);
    await it_.pass(WINDOW_MS + 1_000);
    await it_.slack.push(command(it_.slack, ACTIVE));
    await it_.seen(ANNA, CHANNEL, 3);
    expect(seen().map(({ via }) => via)).toEqual(['response_url', 'response_url', 'response_url']);
  });

  it('counts against the limit of a person as any other question does', async () => {
    const { snapshots } = it_.bot.app.store;
    const known = await snapshots.get(storedIccid.parse(ACTIVE));
    const others = it_.bot.simulator.addEsims(60).map((iccid) => storedIccid.parse(iccid));
    for (const iccid of others) if (known) await snapshots.put(iccid, known);
    for (const iccid of others) await it_.slack.push(command(it_.slack, iccid));
    expect(seen().filter(({ via }) => via === 'acknowledgement')).toHaveLength(59);
    await it_.soon('the refusal', () => !CARD.test(it_.newestText()));
  });
});

describe.each(TRANSPORTS)('an acknowledgement that Slack cannot hear over %s', (kind) => {
  let it_: SlackBot;
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  /** The connection ends right after Slack has said it: nothing can be acknowledged over it. */
  async function saidAtTheEnd(push: Push): Promise<void> {
    if (kind === 'http') return sendAndLeave(it_.slack.botUrl, requestOf(push));
    it_.slack.push(push).catch(() => undefined);
    it_.slack.cutSockets();
  }
  const cards = (where: string) =>
    it_.slack.workspace.seenBy(ANNA, where).filter((post) => CARD.test(lastForm(post).text));

  it.each([
    ['a command', () => command(it_.slack, ACTIVE), CHANNEL],
    ['a direct message', () => directMessage(it_.slack, ACTIVE), 'DANNA'],
  ])('loses no question: %s', async (_what, asked, where) => {
    await saidAtTheEnd(asked());
    await it_.soon('the card', () => cards(where).length > 0);
    await it_.soon('it has ended', async () => (await it_.bot.app.store.outbox.depth()).pending === 0);
    expect(cards(where)).toHaveLength(1);
    expect(it_.bot.log.lines('could not be acknowledged')).toHaveLength(1);
  });

  it('loses no answer that it carries', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    await it_.soon('the card', () => cards(CHANNEL).length === 1);
    await saidAtTheEnd(command(it_.slack, ACTIVE));
    await it_.soon('the second card', () => cards(CHANNEL).length === 2);
    expect(cards(CHANNEL).map(({ via }) => via)).toEqual(['response_url', 'response_url']);
  });
});
