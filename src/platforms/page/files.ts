import { LRUCache } from 'lru-cache';
import type { Download } from '../chat/download.ts';
import type { AttachedFile } from '../chat/list-upload.ts';

/** Files that were given to the page, until the bot fetches them, as it does from a service's server. */
export interface FileShelf {
  /** The address it gives works in this process alone. */
  put(name: string, contentType: string, bytes: Buffer): AttachedFile;
  /** `mostBytes` as with a service; a file that has made room for others is `refused`. */
  fetch(url: string, mostBytes: number): Promise<Download>;
}

/** A person at the demo sends a few; their bytes are all that it keeps in memory for long. */
const MAX_FILES = 20;

/** In memory; the one that was not asked for longest makes room for a new one. */
export function createFileShelf(): FileShelf {
  const shelf = new LRUCache<string, { readonly bytes: Buffer; readonly contentType: string }>({
    max: MAX_FILES,
  });
  let count = 0;
  return {
    put(name, contentType, bytes) {
      const url = `page-file:${++count}`;
      shelf.set(url, { bytes, contentType });
      return { name, contentType, size: bytes.length, url };
    },
    async fetch(url, mostBytes) {
      const file = shelf.get(url);
      if (!file) return { kind: 'refused', error: 'no longer there' };
      return file.bytes.length > mostBytes ? { kind: 'too-large' } : { kind: 'ok', ...file };
    },
  };
}
