import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertAbout } from '../../../src/alerts/alert-jobs.ts';
import { credit, ESIM, lowData, postWebhook } from '../../support/airalo-webhooks.ts';
import { buttonsOf, press } from '../../support/slack/people.ts';
import { lastForm, type SlackPost } from '../../support/slack/workspace.ts';
import { type SlackBot, startSlackBot } from './slack-bot.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

let it_: SlackBot;
beforeEach(async () => {
  it_ = await startSlackBot('socket', { SLACK_ALERT_CHANNEL: 'CSUPPORT' }, { serveHttp: true });
});
afterEach(() => it_.close());

const alert = (payload: unknown) => postWebhook(it_.bot.httpUrl, payload);
const parents = () =>
  it_.slack.workspace.publicIn('CSUPPORT').filter(({ threadTs }) => threadTs === undefined);
const thread = (parent: SlackPost | undefined) =>
  it_.slack.workspace.publicIn('CSUPPORT').filter(({ threadTs }) => threadTs === parent?.ts);
/** What a screen reader says and what is drawn: only the latter names people. */
const said = (post: SlackPost | undefined) => {
  const { text, blocks } = lastForm(post);
  return `${text}\n${JSON.stringify(blocks)}`;
};
const face = (index = 0) => said(parents()[index]);
const shows = (pattern: RegExp, index = 0) =>
  it_.soon(`a face with ${pattern}`, () => pattern.test(face(index)));
const first = () => {
  const [parent] = parents();
  if (!parent) throw new Error('No alert is there');
  return parent;
};
/** Lets every alert be shown, and noted as shown, before the time jumps. */
const pass = async (durationMs: number) => {
  await it_.soon('nothing is under way', async () => {
    const { pending, active } = await it_.bot.app.store.outbox.depth();
    return pending + active === 0;
  });
  await it_.pass(durationMs);
};
const pressed = async (kind: string, user = 'UANNA') =>
  it_.slack.push(press(it_.slack, first(), `esim:alert-${kind}`, { user }));

describe('the alert channel in Slack', () => {
  it('has one message for each eSIM, whose face is the newest, with the later warnings in its thread in their order', async () => {
    for (const level of ['75%', '3days', '90%', '1days']) {
      expect(await alert(lowData(level))).toBe(200);
      await it_.soon(level, () => it_.bot.log.lines('Alert shown').length > 0);
      await pass(HOUR_MS);
    }
    await shows(/ends in 1 day\n/);
    await it_.soon('the thread', () => thread(first()).length === 3);
    expect(parents()).toHaveLength(1);
    expect(face()).toMatch(/10% of the data left/);
    expect(thread(first()).map((post) => lastForm(post).text)).toEqual([
      expect.stringMatching(/ends in 3 days/),
      expect.stringMatching(/90% of the data used, 10% is left/),
      expect.stringMatching(/ends in 1 day\./),
    ]);
    await alert(lowData('75%', { iccid: '8910000000001000035' }));
    await it_.soon('another eSIM', () => parents().length === 2);
    expect(JSON.stringify(it_.slack.workspace.posts)).not.toMatch(/\d{15}/);
  });

  it('says a warning once, however often Airalo repeats it', async () => {
    for (let delivery = 0; delivery < 21; delivery++) {
      expect(await alert(lowData('75%'))).toBe(200);
      await pass(15 * 60_000);
    }
    await shows(/25% of the data left/);
    await alert(lowData('90%'));
    await it_.soon('the next', () => thread(first()).length > 0);
    expect(parents()).toHaveLength(1);
    expect(thread(first())).toHaveLength(1);
  });

  it('says it again after a top-up, with nobody in charge any more', async () => {
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    await pressed('take');
    await shows(/<@UANNA> is on it/);
    await pass(7 * HOUR_MS);
    await alert(lowData('75%', { remaining_percentage: 25 }));
    await shows(/25% of the data left/);
    expect(face()).not.toMatch(/is on it|10% of/);
    await pass(DAY_MS);
    await alert(lowData('75%', { package_name: 'another-package' }));
    await shows(/another-package/);
    expect(parents()).toHaveLength(1);
  });

  it('does not go back to a milder warning that comes late', async () => {
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    await pass(4 * HOUR_MS);
    await alert(lowData('75%'));
    await it_.soon('the late one', () => thread(first()).length === 1);
    expect(face()).toMatch(/10% of the data left/);
  });

  it('I’ll take it: shows who, tells others, and is given back by a second press', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    const posted = first().forms.length;
    await pressed('take');
    await shows(/<@UANNA> is on it since/);
    // A mention in a new message would alert the person; in an edit it does not.
    expect(first().forms.length).toBeGreaterThan(posted);
    await pressed('take', 'UBEN');
    const told = await it_.seen('UBEN', 'CSUPPORT', 2);
    expect(said(told.at(-1))).toMatch(/<@UANNA> is on it/);
    expect(told.at(-1)?.onlyFor).toBe('UBEN');
    expect(face()).toMatch(/<@UANNA> is on it/);
    await pressed('take');
    await it_.soon('given back', () => !/is on it/.test(face()));
    await pressed('take', 'UBEN');
    await shows(/<@UBEN> is on it/);
    await pass(13 * HOUR_MS);
    await pressed('take');
    await shows(/<@UANNA> is on it/);
  });

  it('Mute: the face goes on, the thread is silent, and Unmute ends it', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    await pressed('mute', 'UBEN');
    await shows(/Muted by <@UBEN> until [^:]+: nothing more here about this package/);
    await pass(DAY_MS);
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    expect(thread(first())).toEqual([]);
    expect(buttonsOf(first()).map(({ text }) => text.text)).toEqual(['Check now', 'I’ll take it', 'Unmute']);
    await pressed('unmute');
    await it_.soon('heard again', () => !/Muted/.test(face()));
    await alert(lowData('1days'));
    await it_.soon('said again', () => thread(first()).length === 1);
  });

  it('Check now: a private card for whoever presses, and nothing but the handle on the buttons', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    await pressed('show', 'UBEN');
    const card = (await it_.seen('UBEN', 'CSUPPORT', 2)).at(-1);
    await it_.soon('the card', () => /1.3\sGB left of 5\sGB/.test(lastForm(card).text));
    expect(card?.onlyFor).toBe('UBEN');
    expect(lastForm(card).text).toContain(ESIM);
    for (const { value } of buttonsOf(first())) expect(value).not.toMatch(/\d{6}/);
  });

  it('lets nobody press who may not ask', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    const guest = it_.slack.workspace.users.get('UBEN');
    if (guest) guest.is_restricted = true;
    for (const kind of ['show', 'take', 'mute']) await pressed(kind, 'UBEN');
    const told = await it_.seen('UBEN', 'CSUPPORT', 4);
    for (const post of told.slice(1)) {
      expect(post.onlyFor).toBe('UBEN');
      expect(lastForm(post).text).toMatch(/full member/i);
    }
    expect(face()).not.toMatch(/UBEN|Muted/);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('has one message for the credit of the account, without a button for an eSIM', async () => {
    for (const percent of [50, 70, 80, 90]) {
      await alert(credit(percent));
      await shows(new RegExp(`Airalo credit: ${percent}% of the limit used`));
    }
    await it_.soon('the thread', () => thread(first()).length === 3);
    expect(parents()).toHaveLength(1);
    expect(face()).toMatch(/1,874\.20 left/);
    expect(buttonsOf(first()).map(({ text }) => text.text)).toEqual(['I’ll take it', 'Mute']);
    await pressed('take');
    await shows(/<@UANNA> is on it/);
  });

  it('starts a new message when somebody has deleted the old one', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    first().deleted = true;
    await alert(lowData('90%'));
    await shows(/10% of the data left/);
    expect(parents()).toHaveLength(1);
    expect(thread(first())).toEqual([]);
  });

  it('finds a message whose answer was lost, instead of sending it twice', async () => {
    it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    await alert(lowData('75%'));
    await it_.soon('looked for', () =>
      it_.slack.workspace.calls.some(({ method }) => method === 'conversations.history'),
    );
    await shows(/25% of the data left/);
    it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    await alert(lowData('90%'));
    await it_.soon('looked for in the thread', () =>
      it_.slack.workspace.calls.some(({ method }) => method === 'conversations.replies'),
    );
    await pressed('take');
    await shows(/<@UANNA> is on it/);
    expect(parents()).toHaveLength(1);
    expect(thread(first())).toHaveLength(1);
  });

  it('does not send again while it cannot be looked for, and does where it may not be', async () => {
    it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    it_.slack.workspace.fail('conversations.history', { status: 503 }, 3);
    await alert(lowData('75%'));
    const looks = () => it_.slack.workspace.calls.filter(({ method }) => method === 'conversations.history');
    await it_.soon('looked for again and again', () => looks().length > 3);
    await alert(lowData('90%'));
    await it_.soon('the thread', () => parents().length === 1 && thread(first()).length === 1);
    it_.slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    it_.slack.workspace.fail('conversations.history', { error: 'missing_scope' });
    await alert(credit(80));
    await it_.soon('twice rather than never', () => parents().length === 3);
    expect(it_.bot.log.text()).toMatch(/Give the app channels:history/);
  });

  it('waits for a channel that is down, and gives up one that is closed, with the remedy in the log', async () => {
    it_.slack.workspace.fail('chat.postMessage', { status: 503 }, 2);
    await alert(lowData('75%'));
    await it_.soon('a wait', () =>
      it_.slack.workspace.calls.some(({ method }) => method === 'chat.postMessage'),
    );
    await it_.pass(HOUR_MS);
    await shows(/25% of the data left/);
    it_.slack.workspace.members.get('CSUPPORT')?.delete('UBOT');
    await alert(lowData('75%', { iccid: '8910000000001000035' }));
    await it_.soon('the end', async () => (await it_.bot.app.store.outbox.dead(10)).length === 1);
    expect(it_.bot.log.text()).toMatch(/invite the bot/);
    const [dead] = await it_.bot.app.store.outbox.dead(10);
    expect(dead && alertAbout(dead)).toBe('…0035');
  });

  it('goes on after a restart, and nothing comes twice', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    await it_.restart();
    await alert(lowData('75%'));
    await alert(lowData('90%'));
    await it_.soon('the next', () => thread(first()).length === 1);
    await pressed('mute');
    await shows(/Muted/);
    expect(parents()).toHaveLength(1);
    expect(face()).toContain('Sakura Mobile 5\u00a0GB, 15 days');
  });

  it('tells Airalo to send it again while the store takes nothing', async () => {
    await it_.bot.app.store.close();
    expect(await alert(lowData('75%'))).toBe(503);
    await it_.restart();
    expect(await alert(lowData('75%'))).toBe(200);
    await shows(/25% of the data left/);
  });

  it('speaks the language that is set for the channel', async () => {
    await it_.close();
    const env = { SLACK_ALERT_CHANNEL: 'CSUPPORT', ALERT_LANGUAGE: 'de-AT' };
    it_ = await startSlackBot('socket', env, { serveHttp: true });
    await alert(credit(80, 187_400));
    await shows(/Airalo-Kreditrahmen: 80.% genutzt/);
    expect(buttonsOf(first()).map(({ text }) => text.text)).toEqual(['Übernehmen', 'Stummschalten']);
    // What only the presser sees is in theirs.
    await pressed('take');
    await pressed('take', 'UBEN');
    const told = await it_.seen('UBEN', 'CSUPPORT', 2);
    expect(said(told.at(-1))).toMatch(/<@UANNA> is on it/);
  });

  it('forgets an eSIM that was not warned about for 45 days, and keeps one that was', async () => {
    await alert(lowData('75%'));
    await shows(/25% of the data left/);
    await pass(44 * DAY_MS);
    await alert(lowData('90%'));
    await it_.soon('the thread', () => thread(first()).length === 1);
    await pressed('take');
    await shows(/<@UANNA> is on it/);
    await pass(46 * DAY_MS);
    await pressed('take');
    const told = await it_.seen('UANNA', 'CSUPPORT', 3);
    expect(lastForm(told.at(-1)).text).toMatch(/too old to act on/);
    await alert(lowData('3days'));
    await it_.soon('a new message', () => parents().length === 2);
  });
});
