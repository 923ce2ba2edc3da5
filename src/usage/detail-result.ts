import type { OperatorCause, WaitReason } from './reply.ts';

/** What is known of something beside usage. Never an exception: each has a card. Instants are epoch ms. */
export type DetailResult<T> =
  /** `askableAt`: from when on Airalo may be asked again. `late`: a newer one was due and could not be had. */
  | {
      readonly kind: 'found';
      readonly value: T;
      readonly asOf: number;
      readonly askableAt: number;
      readonly late?: LateReason;
    }
  | { readonly kind: 'unknown-esim'; readonly askableAt: number }
  | { readonly kind: 'recycled' }
  /** Nothing is known, and nothing is promised: the person asks again at `until`. */
  | { readonly kind: 'wait'; readonly because: WaitReason; readonly until: number }
  | { readonly kind: 'operator-needed'; readonly cause: OperatorCause }
  | { readonly kind: 'declined'; readonly detail: string };

/** Why an older one is shown. `not-found`: Airalo did not find this time what it has told of before. */
type LateReason = WaitReason | 'not-found' | 'operator-needed' | 'declined';
