import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile, isShared, shareFile, uploadFile } from '../../../src/platforms/slack/files.ts';
import { CLIENT_OPTIONS, type SlackClient } from '../../../src/platforms/slack/web.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { attachedFile } from '../../support/slack/file-routes.ts';
import { type SlackStandIn, startSlack } from '../../support/slack/slack.ts';
import { BOT_TOKEN } from '../../support/slack/workspace.ts';

const clock = new ManualClock();
let slack: SlackStandIn;
let client: SlackClient;
beforeEach(async () => {
  slack = await startSlack('http', clock);
  client = new webApi.WebClient(BOT_TOKEN, { ...CLIENT_OPTIONS, slackApiUrl: `${slack.workspace.url}/api/` });
});
afterEach(() => slack.close());

function get(url: string, botToken = BOT_TOKEN) {
  return fetchFile(clock, { botToken, apiUrl: `${slack.workspace.url}/api/` }, url, 100);
}

function put(text: string) {
  return uploadFile(clock, client, { name: 'b.csv', bytes: Buffer.from(text) });
}

const target = { channel: 'DANNA', comment: 'Here it is', title: 'Answer' };

function attach(bytes: Buffer): string {
  return String(attachedFile(slack.workspace, { name: 'a.csv', bytes }).url_private_download);
}

describe('a file that a person attached', () => {
  it('is fetched with the token of the bot', async () => {
    const found = await get(attach(Buffer.from('iccid\n1')));
    expect(found).toMatchObject({ kind: 'ok', bytes: Buffer.from('iccid\n1') });
  });

  it('is not read beyond the limit', async () => {
    expect(await get(attach(Buffer.alloc(101)))).toEqual({ kind: 'too-large' });
    expect(await get(attach(Buffer.alloc(100)))).toMatchObject({ kind: 'ok' });
  });

  it.each([
    'https://files.slack.com.example.org/files-pri/T1-F1/download/a.csv',
    'https://slack.com@example.org/a.csv',
    'http://files.slack.com/a.csv',
    'file:///etc/passwd',
    'not an address',
  ])('is not fetched from %s', async (url) => {
    expect(await get(url)).toEqual({
      kind: 'refused',
      error: 'not one of the platform’s servers',
    });
  });

  it('names the missing scope where Slack shows its sign-in page, by a redirect or with 200', async () => {
    const url = attach(Buffer.from('x'));
    const refused = { kind: 'refused', error: expect.stringContaining('files:read') };
    expect(await get(url, 'xoxb-another')).toEqual(refused);
    slack.workspace.scopes = new Set(['chat:write']);
    expect(await get(url)).toEqual(refused);
  });

  it('may be had later when Slack is down', async () => {
    slack.workspace.fail('download', { status: 503 });
    expect(await get(attach(Buffer.from('x')))).toEqual({
      kind: 'unreachable',
      error: 'HTTP 503',
    });
  });
});

describe('a file of the bot', () => {
  it('comes into the conversation in three steps', async () => {
    const uploaded = await put('a,b\n');
    const id = uploaded.kind === 'ok' ? uploaded.value : '';
    expect(slack.workspace.publicIn('DANNA')).toEqual([]);
    expect(await isShared(clock, client, id, 'DANNA')).toEqual({ kind: 'ok', value: false });
    expect(await shareFile(clock, client, id, target)).toMatchObject({ kind: 'ok' });
    expect(await isShared(clock, client, id, 'DANNA')).toEqual({ kind: 'ok', value: true });
    const [post] = slack.workspace.publicIn('DANNA');
    expect(post?.fileIds).toEqual([id]);
    expect(slack.workspace.files.get(id)).toMatchObject({ name: 'b.csv', bytes: Buffer.from('a,b\n') });
    expect(post?.forms[0]?.text).toBe('Here it is');
  });

  it('is a value when a step fails', async () => {
    slack.workspace.fail('upload', { status: 500 });
    expect(await put('a')).toMatchObject({ kind: 'retry' });
    slack.workspace.fail('files.getUploadURLExternal', { error: 'missing_scope' });
    expect(await put('a')).toMatchObject({
      kind: 'operator',
    });
    expect(await shareFile(clock, client, 'F0UNKNOWN', target)).toMatchObject({ kind: 'closed' });
  });

  it('is not taken for shared before Slack has done so', async () => {
    const uploaded = await put('a');
    const id = uploaded.kind === 'ok' ? uploaded.value : '';
    slack.workspace.lateShares = 2;
    await shareFile(clock, client, id, target);
    expect(await isShared(clock, client, id, 'DANNA')).toEqual({ kind: 'ok', value: false });
    expect(await isShared(clock, client, id, 'DANNA')).toEqual({ kind: 'ok', value: true });
  });
});
