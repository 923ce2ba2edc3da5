import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { runCommand } from '../support/command.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const ICCID = '8910000000001000019';
let world: World;
beforeEach(async () => {
  world = await createWorld(systemClock);
});
afterEach(() => endWorld(world));

it('MCP over stdio answers the SDK’s own client, and says nothing else on standard output', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const faults: Error[] = [];
  client.onerror = (error) => faults.push(error);
  const env = { PATH: process.env.PATH ?? '', LOG_LEVEL: 'debug', ...envOf(world) };
  const args = [MAIN, 'mcp'];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args,
    env,
    cwd: world.folder,
    stderr: 'pipe',
  });
  await client.connect(transport);
  expect((await client.listTools()).tools).toHaveLength(5);
  const check = () => client.callTool({ name: 'check_usage', arguments: { iccid: ICCID } });
  expect((await check()).structuredContent).toMatchObject({ answer: { kind: 'fresh', iccid: ICCID } });
  expect((await check()).structuredContent).toMatchObject({ answer: { kind: 'cached' } });
  await client.close();
  // Anything that is no message of the protocol would have been an error to the client.
  expect(faults).toEqual([]);
  const audit = await runCommand(['audit', '--since', '1h', '--json'], world.folder, envOf(world));
  expect(audit.out).toContain('"api:stdio"');
});

it('a key is made, alone on the last line, listed without it, and revoked', async () => {
  const keys = (...args: string[]) => runCommand(['keys', ...args], world.folder, envOf(world));
  const made = await keys('add', 'helpdesk', '--scopes', 'usage,details');
  const key = made.out.trimEnd().split('\n').at(-1) ?? '';
  expect([made.code, key]).toEqual([0, expect.stringMatching(/^eub_[\w-]{43}$/)]);
  expect((await keys('add', 'helpdesk', '--scopes', 'usage')).code).toBe(4);
  expect((await keys('add', 'shop', '--scopes', 'everything')).code).toBe(2);
  expect((await keys('add', 'a b', '--scopes', 'usage')).code).toBe(2);
  const listed = await keys('list');
  expect([listed.code, listed.out]).toEqual([0, expect.stringContaining('usage,details')]);
  expect(listed.out).not.toContain(key);
  expect((await keys('revoke', 'helpdesk')).code).toBe(0);
  expect((await keys('revoke', 'helpdesk')).code).toBe(4);
});
