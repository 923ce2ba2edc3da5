import type { Copy } from './copies.ts';
import type { Ending } from './read-endings.ts';
import type { OperatorCause, WaitReason } from './reply.ts';

/** A value with the instant at which it was read, epoch ms. */
export interface Dated<T> {
  readonly value: T;
  readonly asOf: number;
}

/** What is known after looking, from the cache or just read; `previous` is the last value where a newer one was due. */
export type GatedResult<T> =
  /** `justRead`: Airalo was asked for it just now, by this process or by another one we waited for. */
  | ({ readonly kind: 'found'; readonly justRead: boolean } & Dated<T>)
  | { readonly kind: 'unknown-esim' | 'recycled'; readonly asOf: number }
  /** Airalo finds no more what it has told of before; believed when it says so again, after `until`. */
  | { readonly kind: 'doubted'; readonly until: number; readonly previous: Dated<T> }
  | {
      readonly kind: 'wait';
      readonly because: WaitReason;
      readonly until: number;
      readonly previous?: Dated<T>;
    }
  | { readonly kind: 'operator-needed'; readonly cause: OperatorCause; readonly previous?: Dated<T> }
  | { readonly kind: 'declined'; readonly detail: string; readonly previous?: Dated<T> };

/** What a copy says, whether it is old or new. */
export function fromCopy<T>(copy: Copy<T>, justRead: boolean): GatedResult<T> {
  return copy.kind === 'found' ? { ...copy, justRead } : { kind: copy.kind, asOf: copy.asOf };
}

/** The last value in a copy, to be spread into a result. */
export function previousIn<T>(copy: Copy<T> | undefined): { readonly previous?: Dated<T> } {
  return copy?.kind === 'found' ? { previous: plain(copy) } : {};
}

/** Without what a copy holds beside it. */
export function plain<T>({ value, asOf }: Dated<T>): Dated<T> {
  return { value, asOf };
}

/** What an ending that taught nothing about the question itself is to the one who asked. */
export function resultOf<T>(ending: Ending, before: Dated<T> | undefined): GatedResult<T> {
  const previous = before ? { previous: plain(before) } : {};
  switch (ending.kind) {
    case 'wait':
      return { kind: 'wait', because: ending.because, until: ending.until, ...previous };
    case 'operator-needed':
      return { kind: 'operator-needed', cause: ending.cause, ...previous };
    case 'declined':
      return { kind: 'declined', detail: ending.detail, ...previous };
    case 'unknown-esim':
    case 'recycled':
      // Only a call about the eSIM itself can say so, and that is stored; a token request cannot.
      return { kind: 'wait', because: 'airalo-unavailable', until: 0, ...previous };
    default:
      return ending satisfies never;
  }
}
