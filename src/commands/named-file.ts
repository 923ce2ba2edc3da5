import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** A file that a person has named, or that stands in the folder, cannot be read. `remedy` is for whoever typed the command. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code = 'FILE_UNREADABLE';
  readonly remedy: string;

  /** `error`: what reading it has thrown. */
  constructor(path: string, error: unknown, remedy: string) {
    super(`${path} ${reasonOf(path, error)}`, { cause: error });
    this.remedy = remedy;
  }
}

/** Throws `FileError`. */
export async function readNamed(path: string, remedy: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new FileError(path, error, remedy);
  }
}

function reasonOf(path: string, error: unknown): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return 'is a folder, not a file';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'is not there';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this account';
    default:
      return `cannot be read (${String(code ?? error)})`;
  }
}
