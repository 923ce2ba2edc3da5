import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LookupServer, startLookupServer } from '../../support/lookup-server.ts';
import { command, directMessage } from '../../support/slack/people.ts';
import { lastForm } from '../../support/slack/workspace.ts';
import { ACTIVE, type SlackBot, startSlackBot, VOICE } from './slack-bot.ts';

const EMAIL = 'anna@example.com';
const SECRET = 'hidden-lookup-secret';
const KEY = Buffer.alloc(32, 7).toString('base64');
const HOSTILE = '<!channel> *Anna* <https://evil.example|click>';

let server: LookupServer;
let it_: SlackBot;
beforeEach(async () => {
  server = await startLookupServer([{ label: HOSTILE, iccids: [ACTIVE, VOICE] }]);
});
afterEach(async () => {
  const { folder } = it_.bot.world;
  const log = it_.bot.log.text();
  await it_.bot.app.stop();
  const stored = ['store.sqlite', 'store.sqlite-wal'].map((name) => bytesOf(join(folder, name))).join('');
  await it_.close();
  await server.close();
  expect(log).not.toContain(EMAIL);
  expect(log).not.toContain(SECRET);
  expect(stored).not.toContain(EMAIL);
});

function bytesOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

const start = async (env: Readonly<Record<string, string>> = {}) => {
  it_ = await startSlackBot('socket', {
    CUSTOMER_LOOKUP_URL: server.url,
    CUSTOMER_LOOKUP_SECRET: SECRET,
    ...env,
  });
};
const newest = (user = 'UANNA', channel = 'CSUPPORT') =>
  JSON.stringify(lastForm(it_.slack.workspace.seenBy(user, channel).at(-1)) ?? '');
const shows = (pattern: RegExp, user?: string, channel?: string) =>
  it_.soon(`an answer with ${pattern}`, () => pattern.test(newest(user, channel)));
const audit = () => it_.bot.app.store.audit.recent({ limit: 50 });

describe('an e-mail behind the command', () => {
  it('is answered with the customer’s eSIMs as one table, to the asker alone, even in a channel', async () => {
    await start();
    await it_.slack.push(command(it_.slack, EMAIL));
    await shows(/2 eSIMs/);
    expect(JSON.parse(server.heard[0]?.body ?? '')).toMatchObject({ query: EMAIL, kind: 'email' });
    expect(it_.slack.workspace.publicIn('CSUPPORT')).toEqual([]);
    const shown = newest();
    expect(shown).not.toContain(ACTIVE);
    // Slack reads markup in `text` and in mrkdwn alone; a cell of a table is raw.
    const read = JSON.stringify(lastForm(it_.slack.workspace.seenBy('UANNA', 'CSUPPORT').at(-1))?.text);
    const marked = [...shown.matchAll(/"type":"mrkdwn","text":"([^"]*)"/g)].map(([, text]) => text);
    for (const text of [read, ...marked]) expect(text).not.toMatch(/<!channel>|<https:/);
    expect(it_.bot.simulator.detailCalls).toEqual([]);
  });

  it('is found in what Slack makes of it in a direct message', async () => {
    await start();
    await it_.slack.push(directMessage(it_.slack, `<mailto:${EMAIL}|${EMAIL}>`));
    await shows(/2 eSIMs/, 'UANNA', 'DANNA');
    expect(JSON.parse(server.heard[0]?.body ?? '')).toMatchObject({ query: EMAIL });
  });

  it('of a guest is refused, and nothing is sent anywhere', async () => {
    await start();
    await it_.slack.push(command(it_.slack, EMAIL, { user: 'UGUEST' }));
    await shows(/Not allowed/, 'UGUEST');
    expect(server.heard).toEqual([]);
    expect(it_.bot.simulator.calls).toEqual([]);
  });

  it('is a keyed hash in the audit, and nothing in the metrics', async () => {
    await start({ STORE_KEY: KEY });
    await it_.slack.push(command(it_.slack, EMAIL));
    await shows(/2 eSIMs/);
    const hash = createHmac('sha256', Buffer.from(KEY, 'base64'))
      .update('esim-usage-bot audit')
      .update(EMAIL)
      .digest('hex')
      .slice(0, 16);
    await it_.soon('the row', async () => (await audit()).some(({ esimHash }) => esimHash === hash));
    const rows = await audit();
    expect(rows.find(({ esimHash }) => esimHash === hash)?.outcome).toBe('search-email-found');
    expect(JSON.stringify(rows)).not.toContain(EMAIL);
  });

  it.each([{}, { STORE_KEY: KEY }])(
    'stands in no store in clear while it is being answered, with %j',
    async (env) => {
      server.answer = () => undefined;
      await start(env);
      await it_.slack.push(command(it_.slack, EMAIL));
      await it_.soon('the question to the records', () => server.heard.length > 0);
      const { folder } = it_.bot.world;
      const read = () =>
        ['store.sqlite', 'store.sqlite-wal'].map((name) => bytesOf(join(folder, name))).join('');
      expect(read()).not.toContain(EMAIL);
      expect(read()).toContain('question-');
      // The person is told all the same, once the records have had their time.
      await shows(/customer records aren’t answering/);
      expect(it_.slack.workspace.publicIn('CSUPPORT')).toEqual([]);
    },
  );

  it('while the records are away says so, and that not everything was searched', async () => {
    await start();
    server.answer = (response) => response.destroy();
    await it_.slack.push(command(it_.slack, EMAIL));
    await shows(/couldn’t look everywhere.*customer records aren’t answering/);
    server.answer = (response) => void response.writeHead(401).end();
    await it_.slack.push(command(it_.slack, 'ben@example.com'));
    await shows(/can’t use your shop’s customer records/);
  });

  it('of a shop’s order falls back to Airalo where the records do not answer', async () => {
    await start();
    server.answer = (response) => response.destroy();
    await it_.slack.push(command(it_.slack, 'order TICKET-5512'));
    await shows(/1\.3\sGB left of 5\sGB/);
    server.answer = (response) =>
      void response
        .writeHead(200)
        .end(JSON.stringify({ matches: [{ label: 'Order #1042', iccids: [VOICE] }] }));
    await it_.slack.push(command(it_.slack, '#1042'));
    await shows(/8\sGB left of 10\sGB/);
  });

  it('of many customers is walked through by nobody', async () => {
    await start();
    server.answer = (response) => void response.writeHead(200).end('{"matches":[]}');
    for (let index = 0; index < 14; index++) {
      await it_.slack.push(command(it_.slack, `customer${index}@example.com`));
      await shows(new RegExp(`customer${index}@|go on`));
    }
    await shows(/You can go on/);
    expect(server.heard).toHaveLength(12);
  });
});
