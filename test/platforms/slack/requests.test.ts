import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../../support/slack/people.ts';
import { requestOf, type SignedRequest, sendSigned } from '../../support/slack/slack.ts';
import { ACTIVE, type SlackBot, startSlackBot } from './slack-bot.ts';

let it_: SlackBot;
let request: SignedRequest;

beforeEach(async () => {
  it_ = await startSlackBot('http');
  request = requestOf(command(it_.slack, ACTIVE));
});
afterEach(() => it_.close());

const nothingDone = () => {
  expect(it_.bot.simulator.calls).toEqual([]);
  expect(it_.slack.workspace.posts).toEqual([]);
};

describe('a request that is not Slack’s', () => {
  it.each([
    ['signed with another secret', { secret: 'other' }],
    ['older than five minutes', { at: Math.floor(Date.now() / 1000) - 301 }],
    ['without a signature', { signature: '' }],
    ['with a signature of another length', { signature: 'v0=ab' }],
  ])('%s is answered 401 and nothing is done', async (_what, changes) => {
    expect(await sendSigned(it_.slack.botUrl, request, changes)).toBe(401);
    nothingDone();
  });

  it('changed by one byte is answered 401 and nothing is done', async () => {
    const body = request.body.replace('0019', '0027');
    expect(body).not.toBe(request.body);
    expect(await sendSigned(it_.slack.botUrl, request, { body })).toBe(401);
    nothingDone();
  });

  it('replayed word for word is acknowledged and answered once', async () => {
    const statuses = [];
    for (let times = 0; times < 3; times++) statuses.push(await sendSigned(it_.slack.botUrl, request));
    expect(statuses).toEqual([200, 200, 200]);
    await it_.seen('UANNA', 'CSUPPORT');
    await it_.pass(1);
    expect(it_.slack.workspace.posts).toHaveLength(1);
  });

  it('of a megabyte is refused', async () => {
    const body = `${request.body}&x=${'x'.repeat(1_000_000)}`;
    expect(await sendSigned(it_.slack.botUrl, { ...request, body })).toBe(413);
    nothingDone();
  });

  it.each(['null', '1', '[]', '"text"'])(
    'signed and without an object (%s) is answered 400',
    async (body) => {
      const json = { ...request, body, type: 'application/json' };
      expect(await sendSigned(it_.slack.botUrl, json)).toBe(400);
      expect(await sendSigned(it_.slack.botUrl, json, { secret: 'other' })).toBe(401);
      nothingDone();
    },
  );

  it('has no way in but POST /slack/events', async () => {
    const statusOf = async (path: string, method: string) =>
      (await fetch(`${it_.slack.botUrl}${path}`, { method })).status;
    expect(await statusOf('/slack/events', 'GET')).toBe(405);
    expect(await statusOf('/slack/install', 'GET')).toBe(404);
  });
});

describe('the server beside it', () => {
  it('tells whether the bot is alive and ready, and what it counted', async () => {
    const textOf = async (path: string) => (await fetch(`${it_.slack.botUrl}${path}`)).text();
    expect(await textOf('/healthz')).toContain('ok');
    expect(await textOf('/readyz')).toMatch(/ok store[\s\S]*ok slack/);
    await it_.slack.push(command(it_.slack, ACTIVE));
    await it_.seen('UANNA', 'CSUPPORT');
    const metrics = await textOf('/metrics');
    expect(metrics).toMatch(/esim_lookup_seconds_count\{outcome="fresh"\} 1/);
    expect(metrics).toMatch(/esim_airalo_call_seconds_count\{endpoint="usage",status="200"\} 1/);
    expect(metrics).not.toContain('0019');
  });
});
