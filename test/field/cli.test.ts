import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { EXIT } from '../../src/commands/exit-codes.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { FILES } from './files.ts';
import { TEXTS } from './texts.ts';
import { THREAD_FILES, THREAD_TEXTS } from './threads.ts';

/** The command line as `main.ts` runs it, within this process: a process for each case would take an hour. */
let world: World;
beforeAll(async () => {
  world = await createWorld(systemClock);
});
afterAll(() => endWorld(world));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function run(...words: string[]) {
  for (const [name, value] of Object.entries(envOf(world))) vi.stubEnv(name, value);
  const said = { out: '', err: '' };
  const into = (which: 'out' | 'err') => (chunk: unknown) => {
    said[which] += chunk instanceof Uint8Array ? Buffer.from(chunk).toString('utf8') : String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const code = await runCommandLine(words);
  vi.restoreAllMocks();
  return { code, ...said };
}

describe('on the command line', () => {
  it.each([...TEXTS, ...THREAD_TEXTS])('%s', async (_source, text, iccids) => {
    // What begins with a dash is an option to every command line, unless it is said to be none.
    const { code, out } = await run('usage', '--json', '--', text);
    const replies = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line): { kind: string; iccid?: string } => JSON.parse(line));
    expect(replies.flatMap(({ iccid }) => iccid ?? [])).toEqual(iccids);
    if (iccids.length === 0) expect(code).toBe(EXIT.badInput);
  });

  it.each([...FILES, ...THREAD_FILES])('as a list: %s', async (_source, text, iccids) => {
    const path = join(world.folder, 'list.csv');
    await writeFile(path, text);
    const { code, out } = await run('usage', '--csv', path);
    expect(code).toBe(EXIT.done);
    // In whatever delimiter the list had.
    const answered = [...out.replaceAll('"', '').matchAll(/=(\d{18,22})/gu)].map(([, iccid]) => iccid);
    expect(answered).toEqual(iccids);
  });

  it('names what a spreadsheet has changed beside what it answers', async () => {
    const { code, out, err } = await run('usage', '8910000000001000019 8.91E+18');
    expect(code).toBe(EXIT.done);
    expect(out).toContain('8910000000001000019');
    expect(err).toMatch(/spreadsheet has changed them: .*8\.91E\+18/);
  });
});
