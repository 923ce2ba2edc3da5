import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryPlace {
  readonly directory: string;
  path(...parts: string[]): string;
  remove(): Promise<void>;
}

/** An own directory for one test. */
export async function makeTemporaryPlace(): Promise<TemporaryPlace> {
  const directory = await mkdtemp(join(tmpdir(), 'esim-test-'));
  return {
    directory,
    path: (...parts) => join(directory, ...parts),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
