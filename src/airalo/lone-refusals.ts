import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import { CredentialsRefusedError } from './errors.ts';

/** Tells a question that alone is refused from credentials that serve nobody. */
export interface LoneRefusals {
  /** Throws what was learnt of this question a moment ago: asked again at once it would be no different. */
  check(path: string): void;
  /** The error for a question that was refused in spite of a new token. */
  refused(path: string): CredentialsRefusedError;
  /** A question was answered: the token serves. */
  served(): void;
}

const REMEMBER_MS = 60_000;
const MAX_PATHS = 1_000;

/** One refused question is its own affair; a second one, with none answered between them, is everybody's. */
export function createLoneRefusals(clock: Clock): LoneRefusals {
  const since = new LRUCache<string, number>({ max: MAX_PATHS });
  let unserved = new Set<string>();

  function isRecent(at: number | undefined): boolean {
    const agoMs = clock.now() - (at ?? Number.NEGATIVE_INFINITY);
    return agoMs >= 0 && agoMs < REMEMBER_MS;
  }

  return {
    check(path) {
      if (isRecent(since.get(path))) throw errorFor('one-question');
      since.delete(path);
    },
    refused(path) {
      since.set(path, clock.now());
      if (unserved.size < 2) unserved.add(path);
      return errorFor(unserved.size > 1 ? 'everything' : 'one-question');
    },
    served() {
      if (unserved.size > 0) unserved = new Set();
    },
  };
}

function errorFor(concerns: CredentialsRefusedError['concerns']): CredentialsRefusedError {
  return new CredentialsRefusedError(
    concerns === 'everything'
      ? 'Airalo refuses a token that it has just given'
      : 'Airalo refuses one question with a token that it has just given',
    concerns,
  );
}
