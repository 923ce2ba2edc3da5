import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command, directMessage, press } from '../../support/slack/people.ts';
import type { TransportKind } from '../../support/slack/slack.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, VOICE, WINDOW_MS } from './slack-bot.ts';

const TRANSPORTS: readonly TransportKind[] = ['socket', 'http'];
const ANNA = 'UANNA';
const CHANNEL = 'CSUPPORT';
const DM = 'DANNA';

describe.each(TRANSPORTS)('a watch in Slack over %s', (kind) => {
  let it_: SlackBot;
  beforeEach(async () => {
    it_ = await startSlackBot(kind);
  });
  afterEach(() => it_.close());

  const newest = (channel: string) => it_.newestText(ANNA, channel);
  const says = (channel: string, words: RegExp) => it_.soon(`${words}`, () => words.test(newest(channel)));

  /** The first look has been taken, and the next one stands in the outbox. */
  const looked = () =>
    it_.soon('the first look', async () => {
      const { active, pending, oldestDueMs } = await it_.bot.app.store.outbox.depth();
      return it_.bot.simulator.calls.length > 0 && active === 0 && pending === 1 && oldestDueMs === 0;
    });

  /** Presses Watch on the newest card, then the choice. */
  async function watchNewest(choice: string): Promise<void> {
    const card = (await it_.seen(ANNA, CHANNEL)).at(-1);
    if (!card) throw new Error('no card');
    await it_.slack.push(press(it_.slack, card, 'esim:ask-watch', { user: ANNA }));
    await says(CHANNEL, /When should I notify you/);
    const menu = (await it_.seen(ANNA, CHANNEL)).at(-1);
    if (!menu) throw new Error('no menu');
    await it_.slack.push(press(it_.slack, menu, choice, { user: ANNA }));
  }

  it('is set by two presses and tells in the direct message, once', async () => {
    await it_.slack.push(command(it_.slack, ACTIVE));
    await says(CHANNEL, /1\.3\sGB left of 5\sGB/);
    await watchNewest('At 25% left');
    await says(CHANNEL, /I’ll notify you when this eSIM has 25% or less of its data left/);
    await looked();
    // The next look is a window away, and up to a fifth more.
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => /You asked to be notified/.test(newest(DM)));
    expect(newest(DM)).toMatch(/this eSIM has 25% or less of its data left[\s\S]*8910000000001000019/);
    await it_.pass(WINDOW_MS);
    expect(it_.slack.workspace.seenBy(ANNA, DM)).toHaveLength(1);
  });

  it('has working buttons on the message that it sends', async () => {
    await it_.slack.push(command(it_.slack, `watch ${ACTIVE} 25`));
    await says(CHANNEL, /I’ll notify you/);
    await looked();
    await it_.pass(2 * WINDOW_MS);
    await it_.soon('the word', () => it_.slack.workspace.seenBy(ANNA, DM).length > 0);
    const [told] = it_.slack.workspace.seenBy(ANNA, DM);
    if (!told) throw new Error('no word');
    await it_.slack.push(press(it_.slack, told, 'esim:ask-usage', { user: ANNA }));
    await it_.soon('a card of its own', () =>
      JSON.stringify(it_.slack.workspace.posts).includes('next check'),
    );
  });

  it('typed with a condition is set at once; listed and stopped by its button', async () => {
    await it_.slack.push(directMessage(it_.slack, `watch ${VOICE} 10`));
    await says(DM, /I’ll notify you when this eSIM has 10%/);
    await it_.slack.push(directMessage(it_.slack, 'watches'));
    await says(DM, /You watch 1 eSIM[\s\S]*10% or less of its data left/);
    const list = it_.slack.workspace.seenBy(ANNA, DM).at(-1);
    if (!list) throw new Error('no list');
    await looked();
    await it_.slack.push(press(it_.slack, list, 'esim:ask-watches', { user: ANNA }));
    await it_.soon('its end', async () => {
      return it_.slack.workspace.posts.some((post) => lastForm(post).text.includes('Stopped.'));
    });
  });
});
