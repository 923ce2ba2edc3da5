import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command, directMessage, mention, press } from '../../support/slack/people.ts';
import { lastForm, type SlackPost } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, WINDOW_MS } from './slack-bot.ts';

const ANNA = 'UANNA';
const BEN = 'UBEN';
const CHANNEL = 'CSUPPORT';
const DM = 'DANNA';

let it_: SlackBot;
beforeEach(async () => {
  it_ = await startSlackBot('http');
});
afterEach(() => it_.close());

const newest = (channel: string, user = ANNA) => it_.newestText(user, channel);
const says = (words: RegExp, channel = CHANNEL) => it_.soon(`${words}`, () => words.test(newest(channel)));
/** What everybody in the channel sees. */
const inPublic = (): string[] => it_.slack.workspace.publicIn(CHANNEL).map((post) => lastForm(post).text);
const told = (): SlackPost[] =>
  it_.slack.workspace.publicIn(CHANNEL).filter((post) => /This eSIM has 25%/.test(lastForm(post).text));

/** The first look has been taken, and the next one stands in the outbox. */
const looked = () =>
  it_.soon('the first look', async () => {
    const { active, pending, oldestDueMs } = await it_.bot.app.store.outbox.depth();
    return it_.bot.simulator.calls.length > 0 && active === 0 && pending === 1 && oldestDueMs === 0;
  });

async function setHere(): Promise<void> {
  await it_.slack.push(command(it_.slack, `watch ${ACTIVE} 25 channel`));
  await says(/I’ll notify [\s\S]* when this eSIM has 25%/);
  await looked();
}

describe('a watch for a Slack channel', () => {
  it('is said to the channel when it is set, and told there once, without the number', async () => {
    await setHere();
    expect(inPublic()).toEqual([expect.stringMatching(/^@someone asked me to watch eSIM\u00a0…0019/)]);
    const [announced] = it_.slack.workspace.publicIn(CHANNEL);
    expect(JSON.stringify(lastForm(announced).blocks)).toMatch(
      /<@UANNA> asked me to watch eSIM\u00a0…\u20600019/,
    );
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    await it_.pass(WINDOW_MS);
    expect(told()).toHaveLength(1);
    expect(lastForm(told()[0]).text).toMatch(
      /Watched for [\s\S]*25% or less of its data left[\s\S]*eSIM\u00a0…0019/,
    );
    expect(JSON.stringify(it_.slack.workspace.publicIn(CHANNEL))).not.toContain(ACTIVE);
    expect(it_.slack.workspace.seenBy(ANNA, DM)).toEqual([]);
  });

  it('is set by its button, and anybody there who may ask gets a card of their own from it', async () => {
    await it_.slack.push(command(it_.slack, `watch ${ACTIVE}`));
    await says(/When should I notify you/);
    const menu = (await it_.seen(ANNA, CHANNEL)).at(-1);
    if (!menu) throw new Error('no menu');
    await it_.slack.push(press(it_.slack, menu, 'Here: at 25% left', { user: ANNA }));
    await says(/I’ll notify [\s\S]* when this eSIM has 25%/);
    await looked();
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    const [card] = told();
    if (!card) throw new Error('no card');
    await it_.slack.push(press(it_.slack, card, 'esim:show', { user: BEN }));
    await it_.soon('a card for Ben', () => newest(CHANNEL, BEN).includes(ACTIVE));
    expect(it_.slack.workspace.seenBy(BEN, CHANNEL).at(-1)?.onlyFor).toBe(BEN);
  });

  it('stays in the thread in which it was asked for', async () => {
    await it_.slack.push(mention(it_.slack, `watch ${ACTIVE} 25 channel`, { thread: '1.000001' }));
    await says(/I’ll notify [\s\S]* when this eSIM has 25%/);
    await looked();
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    expect(it_.slack.workspace.publicIn(CHANNEL).map(({ threadTs }) => threadTs)).toEqual([
      '1.000001',
      '1.000001',
    ]);
  });

  it('is not set where the bot may not write, and says how to change that', async () => {
    await it_.slack.push(command(it_.slack, `watch ${ACTIVE} 25 channel`, { channel: 'CELSEWHERE' }));
    await says(/I can’t post in this channel, so nothing was set\. Invite me/, 'CELSEWHERE');
    await it_.soon('nothing is left', async () => {
      const { pending, active } = await it_.bot.app.store.outbox.depth();
      return pending + active === 0;
    });
    await it_.slack.push(directMessage(it_.slack, 'watches'));
    await says(/You aren’t watching any eSIMs/, DM);
  });

  it('is not set when Slack is down, and can be set again', async () => {
    it_.slack.workspace.fail('chat.postMessage', { status: 503 });
    await it_.slack.push(command(it_.slack, `watch ${ACTIVE} 25 channel`));
    await says(/couldn’t post in this channel just now/);
    await setHere();
  });

  it('has no channel in a direct message, and says so', async () => {
    await it_.slack.push(directMessage(it_.slack, `watch ${ACTIVE} 25 channel`));
    await says(/There is no channel here/, DM);
  });

  it('comes to its owner alone when the channel was archived, and says why', async () => {
    await setHere();
    it_.slack.workspace.archived.add(CHANNEL);
    await it_.pass(2 * WINDOW_MS);
    await says(/I couldn’t post in [\s\S]*so this comes to you[\s\S]*You asked to be notified/, DM);
    expect(told()).toEqual([]);
    await it_.pass(WINDOW_MS);
    expect(it_.slack.workspace.seenBy(ANNA, DM)).toHaveLength(1);
  });

  it('is told once though the answer to the message was lost and the process killed', async () => {
    await setHere();
    it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => told().length > 0);
    await it_.restart();
    await it_.pass(60_000);
    await it_.soon('its end', async () => {
      const { pending, active } = await it_.bot.app.store.outbox.depth();
      return pending + active === 0;
    });
    expect(told()).toHaveLength(1);
    expect(it_.bot.log.text()).toContain('channel (found after a crash)');
  });

  it('waits while Slack is down instead of going elsewhere', async () => {
    await setHere();
    it_.slack.workspace.fail('chat.postMessage', { status: 503 });
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the first try', () => it_.bot.log.text().includes('A watch could not tell yet'));
    await it_.pass(60_000);
    await it_.soon('the word', () => told().length > 0);
    expect(it_.slack.workspace.seenBy(ANNA, DM)).toEqual([]);
  });

  it('is listed with its channel, and is its owner’s to stop', async () => {
    await setHere();
    await it_.slack.push(command(it_.slack, 'watches'));
    await says(/You watch 1 eSIM[\s\S]*25% or less of its data left[\s\S]*#channel/);
    const list = (await it_.seen(ANNA, CHANNEL)).at(-1);
    if (!list) throw new Error('no list');
    await it_.slack.push(press(it_.slack, list, 'esim:ask-watches', { user: ANNA }));
    await says(/Stopped\./);
    await it_.slack.push(command(it_.slack, 'watches', { user: BEN }));
    await it_.soon('Ben’s list', () => /You aren’t watching any eSIMs/.test(newest(CHANNEL, BEN)));
  });

  it('says nothing once its owner may not look up any more', async () => {
    await setHere();
    const anna = it_.slack.workspace.users.get(ANNA);
    if (anna) anna.is_restricted = true;
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('its end', () => it_.bot.log.text().includes('may not look up any more'));
    expect(told()).toEqual([]);
  });
});
