import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command, press } from '../../support/slack/people.ts';
import { lastForm, type SlackPost } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, VOICE, WINDOW_MS } from './slack-bot.ts';

const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const WORD = /^(?:Checking |One moment )/;
const USES_OF_AN_ANSWER = 3;

/** What Slack makes of `replace_original` through the URL of a command is not promised. */
describe.each([
  ['replaces what stands', true],
  ['adds a message each time', false],
])('an answer to a command whose URL %s', (_how, replaces) => {
  let it_: SlackBot;
  const posts = (): SlackPost[] => it_.slack.workspace.seenBy(ANNA, CHANNEL);
  const texts = () => posts().map((post) => lastForm(post).text);
  const uses = () => Math.max(...[...it_.slack.workspace.responseUrls.values()].map((url) => url.uses));
  const type = (text: string) => it_.slack.push(command(it_.slack, text, { channel: CHANNEL }));
  beforeEach(async () => {
    it_ = await startSlackBot('socket');
    it_.slack.workspace.replacesByCommandUrl = replaces;
  });
  afterEach(async () => {
    expect(it_.slack.workspace.publicIn(CHANNEL)).toEqual([]);
    await it_.close();
  });

  it('is one message where it is there at once', async () => {
    await type(ACTIVE);
    await it_.soon('the answer', () => /GB left of 5\sGB/.test(it_.newestText(ANNA, CHANNEL)));
    expect(posts()).toHaveLength(1);
    expect(uses()).toBe(1);
  });

  it('comes below no more than one word that it is on its way, and stands whole', async () => {
    it_.bot.simulator.inject(VOICE, { kind: 'hang' });
    await type(`${ACTIVE}, ${VOICE}`);
    await it_.soon('a first word', () => posts().length > 0);
    await it_.soon('the other eSIM is given up, or answered', () => {
      it_.bot.simulator.release();
      const newest = it_.newestText(ANNA, CHANNEL);
      return /…0019/.test(newest) && /…0035/.test(newest) && !/Checking/.test(newest);
    });
    expect(posts().length).toBeLessThanOrEqual(2);
    expect(uses()).toBeLessThan(USES_OF_AN_ANSWER);
  });

  it('that was promised comes once, as the newest thing there, in private', async () => {
    await type(USED_UP);
    await it_.soon('the promise', () => /post it here/.test(it_.newestText(ANNA, CHANNEL)));
    await it_.pass(WINDOW_MS);
    await it_.soon('the answer', () => /GB left of 3\sGB/.test(it_.newestText(ANNA, CHANNEL)));
    await it_.pass(WINDOW_MS);
    expect(texts().filter((text) => /GB left of 3\sGB/.test(text))).toHaveLength(1);
    expect(it_.slack.workspace.seenBy(ANNA, `D${ANNA.slice(1)}`)).toEqual([]);
    expect(texts().filter((text) => WORD.test(text))).toEqual([]);
  });

  it('is cancelled where the button is pressed: a press replaces its own message', async () => {
    await type(USED_UP);
    await it_.soon('the promise', () => /post it here/.test(it_.newestText(ANNA, CHANNEL)));
    const before = posts().length;
    const promise = posts().at(-1);
    if (!promise) throw new Error('No promise');
    await it_.slack.push(press(it_.slack, promise, 'esim:cancel', { user: ANNA }));
    await it_.soon('the end of it', () => /Cancelled/.test(lastForm(promise).text));
    await it_.pass(WINDOW_MS);
    expect(posts()).toHaveLength(before);
  });

  it('is there after a restart, once', async () => {
    it_.bot.simulator.inject(ACTIVE, { kind: 'hang' });
    await type(ACTIVE);
    await it_.soon('a first word', () => posts().length > 0);
    it_.bot.simulator.clearFaults();
    it_.bot.simulator.release();
    await it_.restart();
    await it_.soon('the answer', () => /GB left of 5\sGB/.test(it_.newestText(ANNA, CHANNEL)));
    expect(texts().filter((text) => /GB left of 5\sGB/.test(text))).toHaveLength(1);
    expect(texts().filter((text) => WORD.test(text)).length).toBeLessThanOrEqual(1);
  });
});
