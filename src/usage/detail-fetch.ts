import type { DetailResult } from './detail-result.ts';
import { createGatedReads, type GatedReadParts } from './gated-read.ts';
import type { GatedResult } from './gated-result.ts';
import type { ReadKind } from './read-kind.ts';

/** One kind of detail. */
export interface DetailKind<T> extends ReadKind<T> {
  /** A copy younger than this is the answer. */
  readonly freshMs: number;
}

/** Reads what `key` names, asking with `fetch` only when Airalo may be asked. */
export type DetailRead<T> = (key: string, fetch: () => Promise<T>) => Promise<DetailResult<T>>;

/** Gated reads of anything but usage: nothing is promised, so an older copy is shown wherever there is one. */
export function createDetailFetch(parts: GatedReadParts): <T>(kind: DetailKind<T>) => DetailRead<T> {
  const readerOf = createGatedReads(parts);
  return (kind) => {
    const read = readerOf(kind);
    return async (key, fetch) =>
      asDetail(await read(key, parts.clock.now() - kind.freshMs, fetch), kind.freshMs, parts.clock.now());
  };
}

function asDetail<T>(result: GatedResult<T>, freshMs: number, now: number): DetailResult<T> {
  switch (result.kind) {
    case 'found':
      return { kind: 'found', value: result.value, asOf: result.asOf, askableAt: result.asOf + freshMs };
    case 'unknown-esim':
      return { kind: 'unknown-esim', askableAt: result.asOf + freshMs };
    case 'recycled':
      return { kind: 'recycled' };
    case 'doubted':
      return { kind: 'found', ...result.previous, askableAt: result.until, late: 'not-found' };
    case 'wait': {
      const { previous, because, until } = result;
      return previous
        ? { kind: 'found', ...previous, askableAt: until, late: because }
        : { kind: 'wait', because, until };
    }
    case 'operator-needed': {
      const { previous, cause } = result;
      return previous
        ? { kind: 'found', ...previous, askableAt: now, late: 'operator-needed' }
        : { kind: 'operator-needed', cause };
    }
    case 'declined': {
      const { previous, detail } = result;
      return previous
        ? { kind: 'found', ...previous, askableAt: now, late: 'declined' }
        : { kind: 'declined', detail };
    }
    default:
      return result satisfies never;
  }
}
