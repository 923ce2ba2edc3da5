import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, it } from 'vitest';
import { listenTo } from '../support/command.ts';
import { untilElsewhere } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

it('the demo lets a newcomer try every way of asking: each line it names is answered', async () => {
  const demo = spawn(process.execPath, [MAIN, 'demo'], {
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { said, ended } = listenTo(demo);
  const welcome = await untilElsewhere('the welcome', () => said().out.includes('Or here:') && said().out);
  const [, address = ''] = /at (http\S+)\/v1 and \/mcp/.exec(welcome) ?? [];
  const key = /^eub_\S+$/m.exec(welcome)?.[0] ?? '';

  const [curl = ''] = /^ +curl .*$/m.exec(welcome) ?? [];
  const shell = spawn('sh', ['-c', curl], { stdio: ['ignore', 'pipe', 'pipe'] });
  const answer = listenTo(shell);
  expect((await answer.ended).out).toMatch(/"kind":"(fresh|cached)"/);

  const [, mcp = ''] = /inspector --cli (\S+) --header "Authorization: Bearer eub_/.exec(welcome) ?? [];
  expect(mcp).toBe(`${address}/mcp`);
  const agent = new Client({ name: 'test', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await agent.connect(new StreamableHTTPClientTransport(new URL(mcp), { requestInit }));
  const found = await agent.callTool({ name: 'find_esim', arguments: { query: 'anna@example.com' } });
  expect(found.structuredContent).toMatchObject({ matches: [{ label: 'Order #1042' }, {}, {}] });
  await agent.close();

  for (const [line, says] of [
    ['0019', /GB left of 5\sGB/],
    ['order 20261118-070900', /2 eSIMs/],
    ['orders', /\d+ orders/],
    ['anna@example.com', /3 eSIMs[\s\S]*Order #1042/],
    ['#1042', /3 eSIMs[\s\S]*Order #1042/],
    ['step 8910000000001000019', /^left: 1\.3 GB$/m],
    ['plans JP', /plans for Japan/i],
  ] as const) {
    expect(welcome).toContain(line);
    const before = said().out.length;
    demo.stdin.write(`${line}\n`);
    await untilElsewhere(`an answer to ${line}`, () => says.test(said().out.slice(before)));
  }
  demo.stdin.end('quit\n');
  await once(demo, 'close');
  expect((await ended).code).toBe(0);
});
