import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createEmulator, type Emulator } from 'emulate';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { lowData, postWebhook } from '../../support/airalo-webhooks.ts';
import { type BotUnderTest, startBot } from '../../support/bot.ts';
import { listen } from '../../support/listen.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { untilLater } from '../../support/passing-time.ts';
import { untilQuiet } from '../../support/quiet.ts';
import { type Push, requestOf, sendSigned } from '../../support/slack/slack.ts';
import { SIGNING_SECRET } from '../../support/slack/workspace.ts';

/**
 * A Slack that nobody here wrote: `emulate` 0.12.2 (its `latest` tag is another project), with strict scopes. It has the Web API, and neither commands,
 * buttons, response URLs nor sockets.
 */
const ACTIVE = '8910000000001000019';
const USED_UP = '8910000000001000092';
const WINDOW_MS = 900_000;
const BOT_TOKEN = 'xoxb-emulated-bot';
const ANNA_TOKEN = 'xoxp-emulated-anna';
const manifest = z
  .object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
  .parse(parse(readFileSync(new URL('../../../manifests/slack-app.http.yaml', import.meta.url), 'utf8')));
const MANIFEST_SCOPES = manifest.oauth_config.scopes.bot;

const message = z.object({
  ts: z.string(),
  user: z.string().optional(),
  text: z.string(),
  blocks: z.unknown().optional(),
});
const answers = {
  channels: z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) }),
  users: z.object({ members: z.array(z.object({ id: z.string(), name: z.string() })) }),
  opened: z.object({ channel: z.object({ id: z.string() }) }),
  posted: z.object({ ts: z.string() }),
  history: z.object({ messages: z.array(message) }),
  upload: z.object({ upload_url: z.string(), file_id: z.string() }),
  files: z.object({ files: z.array(z.object({ id: z.string(), name: z.string(), user: z.string() })) }),
  ok: z.object({ ok: z.literal(true) }),
};

let clock: ManualClock;
let slack: Emulator;
let bot: BotUnderTest;
let anna: string;
let support: string;
let dm: string;

async function freePort(): Promise<number> {
  const { url, close } = await listen(createServer());
  await close();
  return Number(new URL(url).port);
}

/** What Anna's own client would ask Slack. */
async function asAnna<T>(
  shape: z.ZodType<T>,
  method: string,
  args: Record<string, unknown> = {},
): Promise<T> {
  const response = await request(`${slack.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ANNA_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const answer = await response.body.json();
  answers.ok.parse(answer, { error: () => `${method}: ${JSON.stringify(answer)}` });
  return shape.parse(answer);
}

async function startWith(
  scopes: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  clock = new ManualClock();
  slack = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'anna', real_name: 'Anna' }],
        channels: [{ name: 'support' }],
        oauth_apps: [
          {
            client_id: '1.1',
            client_secret: 'none',
            app_id: 'A1',
            name: 'eSIM usage',
            redirect_uris: [],
            scopes,
            bot_id: 'BBOT',
            bot_user_id: 'UBOT',
          },
        ],
        tokens: [
          {
            token: BOT_TOKEN,
            type: 'bot',
            user_id: 'UBOT',
            bot_id: 'BBOT',
            bot_user_id: 'UBOT',
            app_id: 'A1',
            scopes,
          },
          { token: ANNA_TOKEN, user: 'anna' },
        ],
      },
    },
  });
  const { members } = await asAnna(answers.users, 'users.list');
  anna = members.find(({ name }) => name === 'anna')?.id ?? '';
  const { channels } = await asAnna(answers.channels, 'conversations.list');
  support = channels.find(({ name }) => name === 'support')?.id ?? '';
  await asAnna(answers.ok, 'conversations.invite', { channel: support, users: 'UBOT' });
  dm = (await asAnna(answers.opened, 'conversations.open', { users: 'UBOT' })).channel.id;
  bot = await startBot({
    clock,
    serveHttp: true,
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `${slack.url}/api/`,
      ...(env.alerts === undefined ? {} : { SLACK_ALERT_CHANNEL: support }),
    },
  });
}

afterEach(async () => {
  await clock.during(bot.stop());
  await slack.close();
});

let events = 0;
async function happened(event: Readonly<Record<string, unknown>>): Promise<void> {
  const push: Push = {
    kind: 'event',
    payload: {
      type: 'event_callback',
      token: 'legacy',
      team_id: 'T000000001',
      api_app_id: 'A1',
      event_id: `Ev${++events}`,
      event_time: 1,
      authorizations: [
        { team_id: 'T000000001', user_id: 'UBOT', is_bot: true, is_enterprise_install: false },
      ],
      event,
    },
  };
  expect(await sendSigned(bot.httpUrl, requestOf(push))).toBe(200);
}

/** Anna writes, and Slack tells the bot. */
async function says(text: string, channel = dm): Promise<void> {
  const { ts } = await asAnna(answers.posted, 'chat.postMessage', { channel, text });
  const inDm = channel === dm;
  await happened({
    type: inDm ? 'message' : 'app_mention',
    ...(inDm ? { channel_type: 'im' } : {}),
    channel,
    user: anna,
    text,
    ts,
  });
}

async function fromBot(channel: string): Promise<string[]> {
  const { messages } = await asAnna(answers.history, 'conversations.history', { channel });
  return messages
    .filter(({ user }) => user !== anna)
    .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`);
}

const soon = <T>(what: string, condition: () => Promise<T | undefined | false>) =>
  untilLater(clock, what, condition);
const only = (channel: string, words: RegExp) =>
  soon(`the only message says ${words}`, async () => {
    const [first, ...more] = await fromBot(channel);
    return more.length === 0 && first !== undefined && words.test(first) && first;
  });
const complaints = () =>
  bot.log.lines().filter(({ level }) => ['warn', 'error', 'fatal'].includes(String(level)));

describe('on a Slack of other people, with the scopes of the manifest', () => {
  beforeEach(() => startWith(MANIFEST_SCOPES));

  it('a direct message is answered in one message, with the whole number', async () => {
    await says(ACTIVE);
    expect(await only(dm, /GB left of/)).toContain(ACTIVE);
    expect(complaints()).toEqual([]);
  });

  it('several eSIMs are answered in one message', async () => {
    await says(`${ACTIVE} 8910000000001000035`);
    expect(await only(dm, /0019[\s\S]*0035|0035[\s\S]*0019/)).toBeTruthy();
    expect(complaints()).toEqual([]);
  });

  it('a promise becomes the answer in the same message', async () => {
    await says(USED_UP);
    await only(dm, /answer is on its way/);
    await untilQuiet(bot.log);
    clock.advance(WINDOW_MS + 60_000);
    await only(dm, /left of/);
    expect(complaints()).toEqual([]);
  });

  it('a mention is answered to the asker alone', async () => {
    await says(`<@UBOT> ${ACTIVE}`, support);
    await soon('it is answered', async () => bot.log.lines('Question done').length > 0);
    expect((await fromBot(support)).join()).not.toContain(ACTIVE);
    expect(complaints()).toEqual([]);
  });

  it('the App Home is drawn', async () => {
    await happened({ type: 'app_home_opened', tab: 'home', user: anna, channel: dm });
    await untilQuiet(bot.log);
    expect(complaints()).toEqual([]);
  });

  it('a list is fetched, read, and given back as a file', async () => {
    const csv = Buffer.from(`iccid\n${ACTIVE}\n8910000000001000035\n`);
    const given = await asAnna(answers.upload, 'files.getUploadURLExternal', {
      filename: 'list.csv',
      length: csv.length,
    });
    await (await request(given.upload_url, { method: 'POST', body: csv })).body.dump();
    await asAnna(answers.ok, 'files.completeUploadExternal', {
      files: [{ id: given.file_id, title: 'list.csv' }],
      channel_id: dm,
    });
    await happened({
      type: 'message',
      subtype: 'file_share',
      channel_type: 'im',
      channel: dm,
      user: anna,
      text: '',
      ts: '1700000000.000100',
      files: [
        {
          id: given.file_id,
          name: 'list.csv',
          mimetype: 'text/csv',
          filetype: 'csv',
          size: csv.length,
          url_private: `${slack.url}/files-pri/${given.file_id}/list.csv`,
          url_private_download: `${slack.url}/files-pri/${given.file_id}/list.csv`,
        },
      ],
    });
    const files = await soon('a file comes back', async () => {
      const all = (await asAnna(answers.files, 'files.list')).files;
      return all.length > 1 && all;
    });
    expect(
      files
        .map(({ name }) => name)
        .sort()
        .join(),
    ).toMatch(/csv.*csv/);
  });
});

describe('on a Slack of other people that misses a scope', () => {
  it('nothing is said to anybody, and the log says how to mend it', async () => {
    await startWith(MANIFEST_SCOPES.filter((scope) => scope !== 'chat:write'));
    await says(ACTIVE);
    const told = await soon('the log says it', async () => {
      clock.advance(500);
      return bot.log.lines('A question has no route left')[0];
    });
    expect(told).toMatchObject({ remedy: expect.stringMatching(/missing scope.*manifests/) });
    expect(await fromBot(dm)).toEqual([]);
  });
});

describe('on a Slack of other people with an alert channel', () => {
  it('Airalo’s alert is posted there once, without the number', async () => {
    await startWith([...MANIFEST_SCOPES, 'channels:history'], { alerts: 'yes' });
    expect(await postWebhook(bot.httpUrl, lowData('75%'))).toBe(200);
    const alert = await only(support, /25/);
    expect(alert).not.toContain(ACTIVE);
    expect(complaints()).toEqual([]);
  });
});
