import { afterEach, describe, expect, it } from 'vitest';
import { lapse, listOf, rowsOf } from '../../support/lists.ts';
import { attachedFile, unseenFile } from '../../support/slack/file-routes.ts';
import {
  command,
  directMessage,
  filesInDirectMessage,
  mention,
  press,
  shortcut,
} from '../../support/slack/people.ts';
import { sendForm } from '../../support/slack/views.ts';
import { lastForm, type SlackPost } from '../../support/slack/workspace.ts';
import { until } from '../../support/until.ts';
import { ACTIVE, type SlackBot, startSlackBot, USED_UP, VOICE, WINDOW_MS } from './slack-bot.ts';

const ANNA = 'UANNA';
const DM = 'DANNA';
/** Four calls a second for everybody, as in production. */
const PACE_MS = 250;
/** For a quarter of an hour and more in which the list only waits. */
const SLOW_STEP_MS = 5_000;

let it_: SlackBot;
afterEach(() => it_.close());

const workspace = () => it_.slack.workspace;
const posts = () => workspace().seenBy(ANNA, DM);
const texts = () => posts().map((post) => lastForm(post).text);
const answers = () =>
  posts().flatMap(({ fileIds }) => (fileIds ?? []).flatMap((id) => workspace().files.get(id) ?? []));

function send(bytes: Uint8Array, name = 'list.csv'): Promise<number> {
  const mimetype = name.endsWith('csv') ? 'text/csv' : 'application/octet-stream';
  return it_.slack.push(filesInDirectMessage(it_.slack, [{ name, bytes, mimetype }]));
}

async function answered(count = 1) {
  await lapse(it_, 'the file', () => answers().length >= count);
  return answers().at(-1);
}

async function progressPost(): Promise<SlackPost> {
  return lapse(it_, 'the progress', () => posts().find((post) => /of \d+/.test(lastForm(post).text)));
}

describe('a list sent to the bot in Slack', () => {
  it('comes back as a file with every row, the message above it says how many ended how', async () => {
    it_ = await startSlackBot('socket');
    await send(listOf([ACTIVE, 'nonsense', VOICE, ACTIVE, '8910000000009999998']));
    const file = await answered();
    expect(file?.name).toMatch(/^esim-usage-2026-11-23-\w{6}\.csv$/);
    const rows = rowsOf(file?.bytes);
    expect(rows.map(({ iccid }) => iccid)).toEqual([ACTIVE, 'nonsense', VOICE, '8910000000009999998']);
    expect(rows[0]).toMatchObject({ status: 'ACTIVE', data_total_mb: '5120', unlimited: 'no', note: '' });
    expect(rows[0]?.as_of).toMatch(/^2026-11-23T14:0\d:\d\dZ$/);
    expect(rows[1]).toMatchObject({ status: '', note: expect.stringMatching(/^Not an ICCID/) });
    expect(Number(rows[2]?.voice_total_min)).toBeGreaterThan(0);
    expect(rows[3]?.note).toMatch(/^Airalo doesn’t know this eSIM/);
    await it_.soon('the last form', () => /Your list is done: 4 rows/.test(texts()[0] ?? ''));
    expect(texts()[0]).toMatch(
      /2 checked, 1 unknown to Airalo, 1 row without an ICCID,? and 1 duplicate skipped/,
    );
    expect(it_.bot.simulator.calls).toHaveLength(3);
    expect(it_.bot.log.text()).not.toContain(ACTIVE);
  });

  it('fills the message as the pace allows, and leaves every second turn to people', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    await send(listOf(it_.bot.simulator.addEsims(60)));
    const post = await progressPost();
    await answered();
    const forms = post.forms.map(({ text }) => text);
    expect(forms.filter((text) => /Checked: .*\d+ of 60/.test(text)).length).toBeGreaterThan(3);
    expect(forms.filter((text) => /of 60/.test(text)).length).toBeLessThan(12);
    const times = it_.bot.simulator.calls.map(({ at }) => at);
    const tookMs = Math.max(...times) - Math.min(...times);
    expect(tookMs).toBeGreaterThanOrEqual(59 * 2 * PACE_MS - 1_000);
    expect(it_.bot.simulator.refusals).toBe(0);
  });

  it('a question of a person is answered in between', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    const [asked = '', ...listed] = it_.bot.simulator.addEsims(61);
    await send(listOf(listed));
    await progressPost();
    const before = it_.bot.simulator.calls.length;
    await it_.slack.push(directMessage(it_.slack, asked));
    await lapse(it_, 'the card', () => texts().some((text) => text.includes(asked)));
    const at = it_.bot.simulator.calls.findIndex(({ iccid }) => iccid === asked);
    expect(at - before).toBeLessThan(8);
    await answered();
  });

  it('is cancelled by its button, and what was read is not asked for again', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    const listed = it_.bot.simulator.addEsims(40);
    await send(listOf(listed));
    const post = await progressPost();
    await lapse(it_, 'some are read', () => it_.bot.simulator.calls.length > 8);
    await it_.slack.push(press(it_.slack, post, 'esim:cancel-list'));
    await lapse(it_, 'the word', () => /Cancelled after \d+ of 40/.test(lastForm(post).text));
    const calls = it_.bot.simulator.calls.length;
    expect(calls).toBeLessThan(25);
    expect(answers()).toEqual([]);
    await send(listOf(listed));
    await answered();
    expect(it_.bot.simulator.calls).toHaveLength(40);
    expect(rowsOf(answers()[0]?.bytes)).toHaveLength(40);
  });

  it('an eSIM whose gate is closed has its older reading with its age, or is read when the gate opens', async () => {
    it_ = await startSlackBot('socket');
    await it_.slack.push(directMessage(it_.slack, VOICE));
    await it_.soon('the first reading', () => it_.bot.simulator.calls.length === 1);
    await it_.pass(WINDOW_MS + 1);
    for (const iccid of [VOICE, USED_UP]) it_.bot.simulator.useUpWindow(iccid);
    await send(listOf([VOICE, USED_UP, ACTIVE]));
    await lapse(it_, 'the wait is told', () => /makes 1 eSIM wait/.test(texts().at(-1) ?? ''));
    expect(answers()).toEqual([]);
    await lapse(it_, 'the file', () => answers().length > 0, SLOW_STEP_MS);
    const rows = rowsOf(answers()[0]?.bytes);
    expect(rows.map(({ note }) => note)).toEqual([
      expect.stringMatching(/^Older figure: Airalo allows the next check from 2026-11-23T/),
      '',
      '',
    ]);
    expect(rows[0]?.as_of).toMatch(/^2026-11-23T14:00/);
    expect(rows[1]).toMatchObject({ status: expect.stringMatching(/[A-Z]/) });
  });
});

describe('a list on another way', () => {
  const file = { name: 'list.csv', bytes: listOf([ACTIVE, VOICE]) };

  it('that the event only names is asked about first, then read', async () => {
    it_ = await startSlackBot('socket');
    const more = { subtype: 'file_share', files: [unseenFile(workspace(), file)] };
    await it_.slack.push(directMessage(it_.slack, '', {}, more));
    expect(rowsOf((await answered())?.bytes)).toHaveLength(2);
  });

  it('that the event only names, and Slack does not tell, cannot be fetched', async () => {
    it_ = await startSlackBot('socket');
    workspace().fail('files.info', { error: 'file_not_found' });
    const more = { subtype: 'file_share', files: [unseenFile(workspace(), file)] };
    await it_.slack.push(directMessage(it_.slack, '', {}, more));
    await it_.soon('the word', () => /couldn’t download that file/.test(texts()[0] ?? ''));
  });

  it('sent in a thread and to the conversation as well is answered', async () => {
    it_ = await startSlackBot('socket');
    await it_.slack.push(directMessage(it_.slack, ACTIVE, {}, { subtype: 'thread_broadcast' }));
    await it_.soon('the card', () => /1\.3\sGB/.test(texts()[0] ?? ''));
  });

  it('forwarded to the bot is answered there', async () => {
    it_ = await startSlackBot('socket');
    const attachments = [{ is_share: true, files: [attachedFile(workspace(), file)] }];
    await it_.slack.push(directMessage(it_.slack, '', {}, { attachments }));
    expect(rowsOf((await answered())?.bytes)).toHaveLength(2);
  });

  it('that stands in a channel is answered in the direct message by the shortcut on it', async () => {
    it_ = await startSlackBot('socket');
    await it_.slack.push(shortcut(it_.slack, 'here', {}, { files: [attachedFile(workspace(), file)] }));
    const [word] = await it_.seen(ANNA, 'CSUPPORT');
    expect(lastForm(word).text).toMatch(/in our direct message/);
    expect(rowsOf((await answered())?.bytes)).toHaveLength(2);
    expect(workspace().publicIn('CSUPPORT')).toEqual([]);
  });

  it('of a guest is refused where it was asked, and no direct message is opened', async () => {
    it_ = await startSlackBot('socket');
    const anna = workspace().users.get(ANNA);
    if (anna) anna.is_restricted = true;
    await it_.slack.push(shortcut(it_.slack, 'here', {}, { files: [attachedFile(workspace(), file)] }));
    const [word] = await it_.seen(ANNA, 'CSUPPORT');
    expect(lastForm(word).text).toMatch(/full member/i);
    expect(posts()).toEqual([]);
  });
});

describe('a list by the form that the command opens', () => {
  const file = { name: 'list.csv', bytes: listOf([ACTIVE, VOICE]) };
  const inChannel = () =>
    workspace()
      .seenBy(ANNA, 'CSUPPORT')
      .map((post) => lastForm(post).text);
  /** The time stands still: a trigger lives for three seconds. */
  async function opened() {
    const before = workspace().forms.length;
    await it_.slack.push(command(it_.slack, ' List '));
    return until('the form', () => workspace().forms[before]);
  }

  it.each(['socket', 'http'] as const)(
    'over %s is answered in the direct message, and only there',
    async (kind) => {
      it_ = await startSlackBot(kind);
      const form = await opened();
      expect(form.view.private_metadata).not.toContain('http');
      const sent = sendForm(it_.slack, form, [file]);
      await it_.slack.push(sent);
      expect(rowsOf((await answered())?.bytes).map(({ iccid }) => iccid)).toEqual([ACTIVE, VOICE]);
      await it_.soon('the word', () => /in our direct message/.test(inChannel()[0] ?? ''));
      expect(workspace().publicIn('CSUPPORT')).toEqual([]);
      await it_.slack.push(sent);
      await it_.pass(5_000);
      expect(answers()).toHaveLength(1);
      expect(it_.bot.log.text()).not.toContain('/respond/');
    },
  );

  it('of a guest is not opened, and refused when they are one by then', async () => {
    it_ = await startSlackBot('socket');
    const form = await opened();
    const anna = workspace().users.get(ANNA);
    if (anna) anna.is_restricted = true;
    it_.clock.advance(4 * 60_000);
    await it_.slack.push(sendForm(it_.slack, form, [file]));
    await it_.soon('the refusal', () => /full member/i.test(inChannel()[0] ?? ''));
    await it_.slack.push(command(it_.slack, 'list'));
    await it_.soon('the refusal', () => /full member/i.test(inChannel()[1] ?? ''));
    expect(workspace().forms).toHaveLength(1);
    expect(posts()).toEqual([]);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('whose process ends before Slack has opened it is asked for in the direct message by the next', async () => {
    it_ = await startSlackBot('socket');
    workspace().fail('views.open', { hang: true });
    await it_.slack.push(command(it_.slack, 'list'));
    await until('it is durable', async () => (await it_.bot.app.store.outbox.depth()).pending > 0);
    await it_.restart();
    await it_.soon('the word', () => /in a direct message/.test(inChannel()[0] ?? ''));
    expect(inChannel()).toHaveLength(1);
  });

  it('that Slack does not open is asked for in the direct message', async () => {
    it_ = await startSlackBot('socket');
    workspace().fail('views.open', { error: 'expired_trigger_id' });
    await it_.slack.push(command(it_.slack, 'list'));
    await it_.soon('the word', () => /in a direct message/.test(inChannel()[0] ?? ''));
  });

  it('with a file that is none says so, and one that only is named is asked about', async () => {
    it_ = await startSlackBot('socket');
    const empty = { name: 'list.csv', bytes: Buffer.from('a,b\n1,2\n') };
    await it_.slack.push(sendForm(it_.slack, await opened(), [empty]));
    await it_.soon('the word', () => /no ICCID in that file/.test(texts()[0] ?? ''));
    const { payload, ...push } = sendForm(it_.slack, await opened(), [file]);
    const unseen = { file: { file: { type: 'file_input', files: [unseenFile(workspace(), file)] } } };
    const view = { ...Object(Object(payload).view), state: { values: unseen } };
    await it_.slack.push({ ...push, kind: 'interactive', payload: { ...payload, view } });
    expect(rowsOf((await answered())?.bytes)).toHaveLength(2);
  });
});

describe('what comes between', () => {
  it('Airalo down: the list waits, goes on by itself, and asks little meanwhile', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    it_.bot.simulator.inject('usage', { kind: 'status', status: 503 }, 10_000);
    await send(listOf(it_.bot.simulator.addEsims(20)));
    await progressPost();
    const wentDownAt = it_.clock.now();
    await lapse(it_, 'more than a minute', () => it_.clock.now() - wentDownAt > 110_000);
    expect(it_.bot.simulator.calls.length).toBeLessThan(40);
    it_.bot.simulator.clearFaults();
    await lapse(it_, 'the end', () => /20 rows/.test(texts()[0] ?? ''), SLOW_STEP_MS);
    const rows = rowsOf(answers()[0]?.bytes);
    expect(rows.filter(({ status }) => status === '').map(({ note }) => note)).toEqual([]);
    expect(rows).toHaveLength(20);
  });

  it('Airalo down for too long: the rows say so, with the last reading where there is one', async () => {
    it_ = await startSlackBot('socket');
    await it_.slack.push(directMessage(it_.slack, VOICE));
    await it_.soon('the first reading', () => it_.bot.simulator.calls.length === 1);
    await it_.pass(WINDOW_MS + 1);
    it_.bot.simulator.inject('usage', { kind: 'status', status: 503 }, 10_000);
    await send(listOf([VOICE, ACTIVE]));
    await lapse(it_, 'the file', () => answers().length > 0, SLOW_STEP_MS);
    const notes = rowsOf(answers()[0]?.bytes).map(({ note }) => note);
    expect(notes).toEqual(['Older figure: Airalo didn’t answer.', 'Not checked: Airalo didn’t answer.']);
  });

  it('the person may not ask any more: a word instead of the file', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    it_.bot.simulator.useUpWindow(ACTIVE);
    await send(listOf([ACTIVE, VOICE]));
    await lapse(it_, 'the wait', () => /makes 1 eSIM wait|makes \d+ eSIMs wait/.test(texts()[0] ?? ''));
    const anna = workspace().users.get(ANNA);
    if (anna) anna.deleted = true;
    await lapse(it_, 'the refusal', () => /full member/i.test(texts()[0] ?? ''), SLOW_STEP_MS);
    expect(answers()).toEqual([]);
  });
});

describe('a file that is no list', () => {
  it.each([
    ['a spreadsheet', 'list.xlsx', Buffer.from('PK\u0003\u0004'), /save it as CSV/],
    ['a spreadsheet under another name', 'list.csv', Buffer.from('PK\u0003\u0004'), /save it as CSV/],
    ['a picture', 'photo.png', Buffer.from([0x89, 0x50]), /have to be CSV files/],
    ['without numbers', 'list.csv', Buffer.from('a,b\n1,2\n'), /no ICCID in that file/],
    ['rounded', 'list.csv', Buffer.from('iccid\n8.94E+18\n8.94E+18\n'), /spreadsheet has rounded/],
    ['too long', 'list.csv', listOf(manyIccids(501)), /has 501 rows, and the limit is 500/],
    ['too large', 'list.csv', Buffer.alloc(256 * 1024 + 1, 'x'), /can have up to 256\sKB/],
  ])('%s gets a clear word and costs no call', async (_, name, bytes, word) => {
    it_ = await startSlackBot('http');
    await send(bytes, name);
    await it_.soon('the word', () => word.test(texts()[0] ?? ''));
    expect(it_.bot.simulator.calls).toEqual([]);
    expect(answers()).toEqual([]);
  });

  it('beside a number is not asked about', async () => {
    it_ = await startSlackBot('socket');
    const picture = { name: 'photo.png', bytes: Buffer.from([1]), mimetype: 'image/png' };
    await it_.slack.push(filesInDirectMessage(it_.slack, [picture], ACTIVE));
    await it_.soon('the card', () => /1\.3\sGB/.test(texts()[0] ?? ''));
  });

  it('two at a time are one too many', async () => {
    it_ = await startSlackBot('socket');
    const file = { name: 'a.csv', bytes: listOf([ACTIVE]) };
    await it_.slack.push(filesInDirectMessage(it_.slack, [file, file]));
    await it_.soon('the word', () => /one list at a time/.test(texts()[0] ?? ''));
  });

  it('in a channel is not read; the word is private', async () => {
    it_ = await startSlackBot('socket');
    const push = mention(it_.slack, 'here');
    const files = [attachedFile(workspace(), { name: 'a.csv', bytes: listOf([ACTIVE]) })];
    const payload = { ...push.payload, event: { ...Object(push.payload.event), files } };
    await it_.slack.push({ kind: 'event', payload });
    const [post] = await it_.seen(ANNA, 'CSUPPORT');
    expect(lastForm(post).text).toMatch(/in a direct message/);
    expect(workspace().publicIn('CSUPPORT')).toEqual([]);
    expect(it_.bot.simulator.calls).toEqual([]);
  });
});

describe('who may send a list, and how many', () => {
  it('a guest is refused before anything is fetched', async () => {
    it_ = await startSlackBot('socket');
    const anna = workspace().users.get(ANNA);
    if (anna) anna.is_restricted = true;
    await send(listOf([ACTIVE]));
    await it_.soon('the refusal', () => /full member/i.test(texts()[0] ?? ''));
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('one list at a time', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    await send(listOf(it_.bot.simulator.addEsims(30)));
    await progressPost();
    await send(listOf([ACTIVE]));
    await lapse(it_, 'the word', () => /last list is still being checked/.test(texts().at(-1) ?? ''));
    await answered();
    await lapse(it_, 'the end', () => texts().some((text) => /is done: \d+ rows/.test(text)));
    await it_.soon('the place is free', async () => (await it_.bot.app.store.outbox.depth()).active === 0);
    await send(listOf([ACTIVE]));
    await answered(2);
  });

  it('so many eSIMs a day, which the limit on single questions does not count', async () => {
    it_ = await startSlackBot('socket', { BULK_ROWS_PER_DAY: '80' });
    const listed = it_.bot.simulator.addEsims(70);
    await send(listOf(listed));
    await answered();
    await it_.soon('the end', () => texts().some((text) => /70 rows/.test(text)));
    await send(listOf(it_.bot.simulator.addEsims(11)));
    await it_.soon('the word', () =>
      /80 eSIMs from lists per day, and 10 are left/.test(texts().at(-1) ?? ''),
    );
    await it_.slack.push(directMessage(it_.slack, ACTIVE));
    await it_.soon('a card', () => /1\.3\sGB/.test(texts().at(-1) ?? ''));
  });

  it('every eSIM of it stands in the audit, masked', async () => {
    it_ = await startSlackBot('socket');
    await send(listOf([ACTIVE, VOICE]));
    await answered();
    const events = await it_.bot.app.store.audit.recent({ asker: 'slack:T0001:UANNA', limit: 9 });
    expect(events.map(({ iccidMasked, place }) => [iccidMasked, place]).sort()).toEqual([
      ['…0019', 'list'],
      ['…0035', 'list'],
    ]);
  });
});

describe('the way of the file', () => {
  it('needs a scope, which the log names', async () => {
    it_ = await startSlackBot('socket');
    workspace().scopes.delete('files:read');
    await send(listOf([ACTIVE]));
    await it_.soon('the word', () => /couldn’t download that file/.test(texts()[0] ?? ''));
    expect(it_.bot.log.text()).toContain('files:read');
  });

  it('is not brought twice when Slack shares it late', async () => {
    it_ = await startSlackBot('socket');
    workspace().lateShares = 6;
    await send(listOf([ACTIVE]));
    await lapse(it_, 'the end', () => /is done: 1 row\./.test(texts()[0] ?? ''), 500);
    expect(answers()).toHaveLength(1);
  });

  it('is shared again when Slack said yes and dropped it', async () => {
    it_ = await startSlackBot('socket');
    workspace().lostShares = 1;
    await send(listOf([ACTIVE]));
    await lapse(it_, 'the end', () => /is done: 1 row\./.test(texts()[0] ?? ''), 500);
    expect(answers()).toHaveLength(1);
    expect([...workspace().files.values()].filter(({ name }) => name.startsWith('esim-usage'))).toHaveLength(
      1,
    );
  });

  it('is tried again when the upload fails, and ends as a dead letter where it can never be brought', async () => {
    it_ = await startSlackBot('socket');
    workspace().fail('upload', { status: 503 });
    await send(listOf([ACTIVE]));
    await lapse(it_, 'the end', () => /is done: 1 row\./.test(texts()[0] ?? ''), 500);
    workspace().fail('files.completeUploadExternal', { error: 'missing_scope' });
    await send(listOf([ACTIVE]));
    await lapse(it_, 'the word', () => texts().some((text) => /couldn’t post the file here/.test(text)), 500);
    await it_.soon('the dead letter', async () => (await it_.bot.app.store.outbox.dead(5)).length === 1);
    expect(it_.bot.log.text()).toContain('manifests/slack-app.yaml');
  });

  it('goes on after a restart, with no eSIM read twice and no second file', async () => {
    it_ = await startSlackBot('socket', {}, { paceIntervalMs: PACE_MS });
    const listed = it_.bot.simulator.addEsims(40);
    await send(listOf(listed));
    await progressPost();
    await lapse(it_, 'some are read', () => it_.bot.simulator.calls.length > 10);
    await it_.restart();
    await answered();
    await lapse(it_, 'the end', () => texts().some((text) => /40 rows/.test(text)));
    expect(rowsOf(answers()[0]?.bytes).filter(({ status }) => status !== '')).toHaveLength(40);
    expect(it_.bot.simulator.calls).toHaveLength(40);
    expect(it_.bot.simulator.refusals).toBe(0);
    expect(answers()).toHaveLength(1);
  });
});

function manyIccids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `8988${String(index).padStart(14, '0')}1`);
}
