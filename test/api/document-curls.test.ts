import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { addKey, startApi } from '../support/api.ts';

const DOCUMENT = new URL('../../docs/api.md', import.meta.url);
const lines = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('curl '));

it('each curl line of docs/api.md runs as it stands there, and is answered', async () => {
  const bot = await startApi(systemClock);
  const { key } = await addKey(bot, systemClock, 'document', ['usage', 'details']);
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    // Only the port is another: a test takes any that is free.
    const here = line.replace('http://127.0.0.1:3000', bot.httpUrl);
    const { out, code } = await shell(here, { KEY: key });
    expect([line, code, out]).toEqual([
      line,
      0,
      expect.stringMatching(/"(kind|openapi)":"(fresh|cached|3\.1\.\d)"/),
    ]);
  }
  await bot.stop();
});

async function shell(line: string, env: Record<string, string>) {
  const child = spawn('sh', ['-c', line], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { out, code };
}
