import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of every file in it, at any depth. */
export async function textIn(directory: string): Promise<string> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
