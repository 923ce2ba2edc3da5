import type { PageMessage } from './message.ts';

/** One message of the page, in a room. Plain JSON. */
export interface PageEntry {
  /** What a later change names; the same in both looks. */
  readonly id: string;
  readonly room: string;
  readonly author: 'bot' | 'you' | 'colleague';
  /** Epoch ms. */
  readonly at: number;
  /** Only the asker sees it, as Slack's and Discord's ephemeral messages. */
  readonly isPrivate: boolean;
  /** The message whose thread it stands in. */
  readonly threadOf?: string;
  /** It came by itself: nobody had just asked. */
  readonly arrived?: true;
  /** A person's own words. */
  readonly text?: string;
  readonly message?: PageMessage;
}

/** A change, numbered so that a page that was away can ask for what it has missed. */
export interface PageChange {
  /** Grows by one with each change of any entry, from 1; only its order means something. */
  readonly revision: number;
  readonly entry: PageEntry;
}

/** What stands on the page: the counterpart that a messaging service's server is elsewhere. In memory alone. */
export interface Timeline {
  get(id: string): PageEntry | undefined;
  /** Adds an entry, or changes the one with its id: it keeps its place. */
  put(entry: PageEntry): void;
  /** Every entry that has changed after `revision`, in the order of its last change. */
  since(revision: number): PageChange[];
  /** Calls `hear` with each change until the returned function is called. */
  listen(hear: (change: PageChange) => void): () => void;
}

/** A demo that runs for days keeps no more than a page can show; what nobody has touched for longest goes first. */
const MAX_ENTRIES = 500;

/** See `Timeline`. */
export function createTimeline(): Timeline {
  const changes = new Map<string, PageChange>();
  const listeners = new Set<(change: PageChange) => void>();
  let revision = 0;
  return {
    get: (id) => changes.get(id)?.entry,
    put(given) {
      const before = changes.get(given.id)?.entry;
      const entry = before ? { ...given, at: before.at } : given;
      const change = { revision: ++revision, entry };
      // By its last change, so that the first of the map are those that nobody has touched for longest.
      changes.delete(entry.id);
      changes.set(entry.id, change);
      const [oldest] = changes.keys();
      if (changes.size > MAX_ENTRIES && oldest !== undefined) changes.delete(oldest);
      for (const hear of listeners) hear(change);
    },
    since: (seen) => [...changes.values()].filter((change) => change.revision > seen),
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}
