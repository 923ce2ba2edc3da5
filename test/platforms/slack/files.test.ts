import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackFiles, type SlackFiles } from '../../../src/platforms/slack/files.ts';
import { CLIENT_OPTIONS } from '../../../src/platforms/slack/web.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { attachedFile } from '../../support/slack/file-routes.ts';
import { type SlackStandIn, startSlack } from '../../support/slack/slack.ts';
import { BOT_TOKEN } from '../../support/slack/workspace.ts';

let slack: SlackStandIn;
let files: SlackFiles;
beforeEach(async () => {
  slack = await startSlack('http', new ManualClock());
  files = filesWith(BOT_TOKEN);
});
afterEach(() => slack.close());

function filesWith(botToken: string): SlackFiles {
  const apiUrl = `${slack.workspace.url}/api/`;
  const client = new webApi.WebClient(botToken, { ...CLIENT_OPTIONS, slackApiUrl: apiUrl });
  return createSlackFiles(client, { botToken, apiUrl }, new ManualClock());
}

function attach(bytes: Buffer): string {
  return String(attachedFile(slack.workspace, { name: 'a.csv', bytes }).url_private_download);
}

describe('a file that a person attached', () => {
  it('is fetched with the token of the bot', async () => {
    const found = await files.download(attach(Buffer.from('iccid\n1')), 100);
    expect(found).toMatchObject({ kind: 'ok', bytes: Buffer.from('iccid\n1') });
  });

  it('is not read beyond the limit', async () => {
    expect(await files.download(attach(Buffer.alloc(101)), 100)).toEqual({ kind: 'too-large' });
    expect(await files.download(attach(Buffer.alloc(100)), 100)).toMatchObject({ kind: 'ok' });
  });

  it.each([
    'https://files.slack.com.example.org/files-pri/T1-F1/download/a.csv',
    'https://slack.com@example.org/a.csv',
    'http://files.slack.com/a.csv',
    'file:///etc/passwd',
    'not an address',
  ])('is not fetched from %s', async (url) => {
    expect(await files.download(url, 100)).toEqual({
      kind: 'refused',
      error: 'not one of the platform’s servers',
    });
  });

  it('names the missing scope where Slack shows its sign-in page, by a redirect or with 200', async () => {
    const url = attach(Buffer.from('x'));
    const refused = { kind: 'refused', error: expect.stringContaining('files:read') };
    expect(await filesWith('xoxb-another').download(url, 100)).toEqual(refused);
    slack.workspace.scopes = ['chat:write'];
    expect(await files.download(url, 100)).toEqual(refused);
  });

  it('may be had later when Slack is down', async () => {
    slack.workspace.fail('download', { status: 503 });
    expect(await files.download(attach(Buffer.from('x')), 100)).toEqual({
      kind: 'unreachable',
      error: 'HTTP 503',
    });
  });
});

describe('a file of the bot', () => {
  it('comes into the conversation in three steps', async () => {
    const uploaded = await files.upload({ name: 'b.csv', bytes: Buffer.from('a,b\n') });
    const id = uploaded.kind === 'ok' ? uploaded.value : '';
    expect(slack.workspace.publicIn('DANNA')).toEqual([]);
    expect(await files.isShared(id, 'DANNA')).toEqual({ kind: 'ok', value: false });
    const target = { channel: 'DANNA', comment: 'Here it is' };
    expect(await files.share(id, target, 'Answer')).toMatchObject({ kind: 'ok' });
    expect(await files.isShared(id, 'DANNA')).toEqual({ kind: 'ok', value: true });
    const [post] = slack.workspace.publicIn('DANNA');
    expect(post?.files?.[0]).toMatchObject({ name: 'b.csv', bytes: Buffer.from('a,b\n') });
    expect(post?.forms[0]?.text).toBe('Here it is');
  });

  it('is a value when a step fails', async () => {
    slack.workspace.fail('upload', { status: 500 });
    expect(await files.upload({ name: 'b.csv', bytes: Buffer.from('a') })).toMatchObject({ kind: 'retry' });
    slack.workspace.fail('files.getUploadURLExternal', { error: 'missing_scope' });
    expect(await files.upload({ name: 'b.csv', bytes: Buffer.from('a') })).toMatchObject({
      kind: 'operator',
    });
    expect(await files.share('F0UNKNOWN', { channel: 'DANNA' })).toMatchObject({ kind: 'closed' });
  });

  it('is not taken for shared before Slack has done so', async () => {
    const uploaded = await files.upload({ name: 'b.csv', bytes: Buffer.from('a') });
    const id = uploaded.kind === 'ok' ? uploaded.value : '';
    slack.workspace.lateShares = 2;
    await files.share(id, { channel: 'DANNA' });
    expect(await files.isShared(id, 'DANNA')).toEqual({ kind: 'ok', value: false });
    expect(await files.isShared(id, 'DANNA')).toEqual({ kind: 'ok', value: true });
  });
});
