import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, type World } from '../support/bot.ts';
import { startTelegram } from '../support/telegram/telegram.ts';
import { untilElsewhere } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
let world: World;

beforeEach(async () => {
  world = await createWorld(systemClock);
  await writeFile(join(world.folder, '.env'), `AIRALO_BASE_URL=${world.simulator.url}\n`, { mode: 0o644 });
});
afterEach(() => endWorld(world));

/** Answers each question as it comes. Resolves with the exit code and all that was said. */
async function answering(answers: readonly (readonly [question: string, keys: string])[]) {
  const child = spawn(process.execPath, [MAIN, 'init'], {
    cwd: world.folder,
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'close');
  let from = 0;
  for (const [question, keys] of answers) {
    await untilElsewhere(`it asks ${question}`, () => said.indexOf(question, from) >= 0);
    from = said.length;
    child.stdin.write(keys);
  }
  const [code] = await ended;
  return { code, said };
}

const env = () => readFile(join(world.folder, '.env'), 'utf8');

describe('init', () => {
  it('asks until Airalo is content, keeps what is set, and writes a file for this account alone', async () => {
    const { code, said } = await answering([
      ['AIRALO_CLIENT_ID', 'test-client\r'],
      ['AIRALO_CLIENT_SECRET', 'wrong\r'],
      ['Enter Airalo again?', '\r'],
      ['AIRALO_CLIENT_ID', '\r'],
      ['AIRALO_CLIENT_SECRET', 'test-secret\r'],
      ['Use Slack?', 'n'],
      ['Use Discord?', 'n'],
      ['Use Telegram?', 'n'],
    ]);
    expect(code).toBe(0);
    expect(said).toContain('a token was issued');
    expect(said).not.toMatch(/test-secret|wrong\b/);
    expect(await env()).toMatch(
      /AIRALO_BASE_URL=http.+\nAIRALO_CLIENT_ID=test-client\nAIRALO_CLIENT_SECRET=test-secret\nSTORE_KEY=\S{44}\n$/,
    );
    expect((await stat(join(world.folder, '.env'))).mode & 0o777).toBe(0o600);
  });

  it('asks Telegram whose bot the token is, until it is one', async () => {
    const telegram = await startTelegram(systemClock);
    try {
      await writeFile(
        join(world.folder, '.env'),
        `AIRALO_BASE_URL=${world.simulator.url}\nTELEGRAM_API_URL=${telegram.apiUrl}\n`,
      );
      const { code, said } = await answering([
        ['AIRALO_CLIENT_ID', 'test-client\r'],
        ['AIRALO_CLIENT_SECRET', 'test-secret\r'],
        ['Use Slack?', 'n'],
        ['Use Discord?', 'n'],
        ['Use Telegram?', 'y'],
        ['TELEGRAM_TOKEN', '123456:a-token-that-nobody-was-given-by-BotFather\r'],
        ['TELEGRAM_ALLOWED_USERS', '123456789\r'],
        ['Enter Telegram again?', '\r'],
        ['TELEGRAM_TOKEN', `${telegram.world.token}\r`],
        ['TELEGRAM_ALLOWED_USERS', '\r'],
      ]);
      expect(code).toBe(0);
      expect(said).toContain(`signed in as @${telegram.world.bot.username}`);
      expect(said).not.toContain(telegram.world.token);
      expect(await env()).toContain(
        `\nTELEGRAM_TOKEN=${telegram.world.token}\nTELEGRAM_ALLOWED_USERS=123456789\n`,
      );
    } finally {
      await telegram.close();
    }
  });

  it('writes nothing when the person leaves', async () => {
    const before = await env();
    expect(await answering([['AIRALO_CLIENT_ID', '\u0003']])).toMatchObject({ code: 130 });
    expect(await env()).toBe(before);
  });
});
