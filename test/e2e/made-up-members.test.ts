import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const ROOT = process.cwd();

/** A member that does not exist, at the end of each of the lists that others follow. */
const MADE_UP = [
  { list: 'domain/topic.ts', after: "  'status',\n]", member: 'refunds' },
  { list: 'domain/usage.ts', after: "'RECYCLED']", member: 'PAUSED' },
  { list: 'usage/platform.ts', after: "'page', 'api']", member: 'teams' },
  { list: 'domain/watch.ts', after: "'ends']", member: 'roaming' },
] as const;

let folder: string;
let complaints: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'made-up-'));
  for (const part of ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { list, after, member } of MADE_UP) {
    const path = join(folder, 'src', list);
    const before = await readFile(path, 'utf8');
    expect(before).toContain(after);
    await writeFile(path, before.replace(after, after.replace(/,?\n?\]$/, `, '${member}']`)));
  }
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  complaints = await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noEmit'], {
    cwd: folder,
  }).then(
    () => '',
    (error: unknown) => (error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)),
  );
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files in which the compiler misses something. */
const places = () => [...new Set([...complaints.matchAll(/^(src\/[^(]+)\(/gm)].map(([, file]) => file))];

describe('a member that is added to a list', () => {
  it('of topics is missed where topics are answered and explained', () => {
    expect(complaints).toMatch(/src\/open-inquiries\.ts.*'refunds' is missing/);
    expect(complaints).toMatch(/src\/cards\/words\/help\.ts.*'refunds' is missing/);
  });

  it('of statuses is missed where a status becomes a headline, words, buttons and a text for the customer', () => {
    expect(places()).toEqual(
      expect.arrayContaining([
        'src/cards/headline.ts',
        'src/cards/words/card.ts',
        'src/cards/usage-actions.ts',
        'src/cards/customer-reply.ts',
      ]),
    );
  });

  it('of platforms is missed where a refusal of its credentials is named', () => {
    expect(complaints).toMatch(/"teams"' is not assignable to type 'Service'/);
  });

  it('of watch conditions is missed where a watch is told and looked at', () => {
    expect(complaints).toMatch(/src\/domain\/watch\.ts.*'roaming' is missing/);
  });
});
