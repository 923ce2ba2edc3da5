import { createApiKeys, KEY_NAME } from '../api/keys.ts';
import type { Scope } from '../api/scopes.ts';
import { systemClock } from '../clock.ts';
import { textTable } from '../ops/text-table.ts';
import { EXIT } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/** Makes a key and shows it, once, alone on the last line of standard output. `EXIT.refused` when the name is taken. */
export async function addKey(name: string, scopes: readonly Scope[]): Promise<number> {
  if (!KEY_NAME.test(name)) return refused('A name is 1 to 40 letters, digits, - or _', EXIT.badInput);
  const made = await withKeys((keys) => keys.add(name, scopes));
  if (!made)
    return refused(`There is a key ${name} already: revoke it first, or take another name`, EXIT.refused);
  process.stdout.write(
    `Key ${name} may: ${scopes.join(', ')}. It is shown this once, and kept as a hash.\n` +
      `Its callbacks are signed with ${made.callbackSecret}\n` +
      `${made.key}\n`,
  );
  return EXIT.done;
}

/** Names, scopes and ages; no key and no hash. */
export async function listKeys({ json }: { readonly json: boolean }): Promise<number> {
  const keys = await withKeys((all) => all.list());
  const rows = keys.map(({ name, scopes, createdAt }) => ({
    name,
    scopes: scopes.join(','),
    created: new Date(createdAt).toISOString(),
  }));
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else process.stdout.write(rows.length === 0 ? 'There are no keys yet\n' : `${textTable(rows)}\n`);
  return EXIT.done;
}

/** Ends a key, in every process that runs. `EXIT.refused` when there is none of that name. */
export async function revokeKey(name: string): Promise<number> {
  if (!(await withKeys((keys) => keys.revoke(name)))) return refused(`There is no key ${name}`, EXIT.refused);
  process.stdout.write(`Key ${name} is revoked\n`);
  return EXIT.done;
}

function withKeys<T>(work: (keys: ReturnType<typeof createApiKeys>) => Promise<T>): Promise<T> {
  return withStore((store) => work(createApiKeys({ ...store, clock: systemClock })));
}

function refused(why: string, code: number): number {
  process.stderr.write(`${why}\n`);
  return code;
}
