import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { ACTIVE, startSlackBot } from '../platforms/slack/slack-bot.ts';
import { addKey } from '../support/api.ts';
import { command } from '../support/slack/people.ts';

const EACH = 5;

it('one eSIM asked for in Slack, over the API and by an AI agent at once costs one call to Airalo', async () => {
  const it_ = await startSlackBot('http', { HTTP_API: 'on' });
  const { bot, clock, slack } = it_;
  const { key } = await addKey(bot, clock, 'program', ['usage']);
  const headers = { authorization: `Bearer ${key}` };
  const agent = new Client({ name: 'test', version: '1.0.0' });
  await agent.connect(
    new StreamableHTTPClientTransport(new URL(`${bot.httpUrl}/mcp`), { requestInit: { headers } }),
  );
  const times = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: EACH }, ask));
  const [, replies, told] = await Promise.all([
    times(() => slack.push(command(slack, ACTIVE))),
    times(() => fetch(`${bot.httpUrl}/v1/esims/${ACTIVE}/usage`, { headers })),
    times(() => agent.callTool({ name: 'check_usage', arguments: { iccid: ACTIVE } })),
  ]);
  const cards = await it_.seen('UANNA', 'CSUPPORT', EACH);
  expect(cards).toHaveLength(EACH);
  expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: EACH }, () => 200));
  for (const { structuredContent } of told)
    expect(structuredContent).toMatchObject({ answer: { reading: { status: 'ACTIVE' } } });
  expect(bot.simulator.calls).toHaveLength(1);
  const doors = async () => {
    const asked = await bot.app.store.audit.recent({ limit: 3 * EACH });
    return [...new Set(asked.map(({ place }) => place))].sort().join();
  };
  await it_.soon('each stands in the audit', async () => (await doors()) === 'CSUPPORT,api,mcp');
  await agent.close();
  await it_.close();
});
