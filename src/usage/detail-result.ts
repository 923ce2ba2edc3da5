import type { WaitReason } from './reply.ts';

/** What is known of something beside usage. Never an exception: each has a card. Instants are epoch ms. */
export type DetailResult<T> =
  /** `askableAt`: from when on Airalo may be asked again. `late`: a newer one was due and could not be had. */
  | {
      readonly kind: 'found';
      readonly value: T;
      readonly asOf: number;
      readonly askableAt: number;
      readonly late?: WaitReason;
    }
  | { readonly kind: 'unknown-esim'; readonly askableAt: number }
  | { readonly kind: 'recycled' }
  /** Nothing is known, and nothing is promised: the person asks again at `until`. */
  | { readonly kind: 'wait'; readonly because: WaitReason; readonly until: number }
  | { readonly kind: 'operator-needed'; readonly cause: 'credentials-refused' | 'ip-not-allowed' }
  | { readonly kind: 'declined'; readonly detail: string };
