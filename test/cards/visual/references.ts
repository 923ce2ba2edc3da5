import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { difference, packed } from './compare.ts';
import { fileOf, SUBJECTS, type Subject } from './subjects.ts';

const FOLDER = fileURLToPath(new URL('pictures', import.meta.url));
/** Git-ignored; what a failure leaves to look at. */
const LEFT = fileURLToPath(new URL('.cache', import.meta.url));

/** The names of all pictures that are kept. */
export async function keptFiles(): Promise<string[]> {
  return (await readdir(FOLDER)).sort();
}

/**
 * Says what is wrong with a picture, undefined when it is the kept one to the pixel. Leaves the new picture and the difference in `.cache`.
 */
export async function complaintOn(subject: Subject, drawn: Uint8Array): Promise<string | undefined> {
  const file = fileOf(subject);
  const kept = await readFile(join(FOLDER, file)).catch(() => undefined);
  const changed = kept && difference(kept, drawn);
  if (changed?.pixels === 0) return undefined;
  await mkdir(LEFT, { recursive: true });
  await writeFile(join(LEFT, file), drawn);
  if (changed) await writeFile(join(LEFT, file.replace('.png', '.diff.png')), changed.drawn);
  const what = changed ? `${changed.pixels} pixels differ` : 'There is no picture yet';
  return `${what}: ${join(LEFT, file)} beside ${join(FOLDER, file)}. As it should be? npm run cards`;
}

/** Keeps a picture; one that is the same to the pixel is left alone. */
export async function keep(subject: Subject, drawn: Uint8Array): Promise<void> {
  if ((await complaintOn(subject, drawn)) === undefined) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, fileOf(subject)), packed(drawn));
}

/** Removes what nobody draws any more, and what failures left. */
export async function tidy(): Promise<void> {
  const drawn = new Set(SUBJECTS.map(fileOf));
  for (const file of await keptFiles()) if (!drawn.has(file)) await rm(join(FOLDER, file));
  await rm(LEFT, { recursive: true, force: true });
}
