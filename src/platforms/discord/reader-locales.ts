import { LRUCache } from 'lru-cache';
import { roomFor } from '../../room-for.ts';

/** People, the latest; who is forgotten gets the server's language until the next command. */
const MAX_KEPT = 5_000;

/** In which language people have Discord; kept in memory, so that it is learnt again after a restart. */
export interface ReaderLocales {
  /** BCP 47, from an interaction. */
  note(userId: string, locale: string): void;
  /** Undefined for somebody who has pressed and commanded nothing yet. */
  of(userId: string): string | undefined;
}

/** Discord tells the language of its client with each interaction, but not with a message. */
export function createReaderLocales(): ReaderLocales {
  const known = new LRUCache<string, string>(roomFor(MAX_KEPT));
  return {
    note: (userId, locale) => void known.set(userId, locale),
    of: (userId) => known.get(userId),
  };
}
