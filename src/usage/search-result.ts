import type { KnownEsim } from '../domain/known-esim.ts';
import type { AccountOrder } from '../domain/orders.ts';
import type { CustomerResult } from './customer-records.ts';
import type { DetailResult } from './detail-result.ts';

/** Why the account could not be asked, in the terms of every other question. */
export type AccountTrouble = Exclude<DetailResult<never>, { kind: 'found' | 'unknown-esim' | 'recycled' }>;

/** An eSIM that fits. `label` is the reseller's word for whose it is, or the order's code: foreign text. */
export interface FoundEsim extends KnownEsim {
  readonly label?: string;
}

/** Where it was found, or what could not be asked. Never thrown; only a store that is away is a `StoreError`. */
export type SearchResult =
  | {
      readonly kind: 'found';
      readonly from: 'known' | 'customer' | 'account';
      /** Each once, the likeliest first. */
      readonly esims: readonly FoundEsim[];
      /** How many fit beside those. */
      readonly more: number;
      /** All of them are meant together: a customer's eSIMs, those of one order. Else one is to be chosen. */
      readonly together: boolean;
    }
  /** The order is there, and no eSIM is in it: it failed, or was refunded. */
  | { readonly kind: 'empty-order'; readonly order: AccountOrder }
  /** `troubles`: what could not be asked, so that it may be there all the same. */
  | { readonly kind: 'none'; readonly troubles: SearchTroubles }
  /** An e-mail, and the operator has not connected the reseller's records. */
  | { readonly kind: 'no-records' }
  /** The person has looked for too many; `until` is epoch ms. */
  | { readonly kind: 'too-many'; readonly until: number };

/** Each absent where it could be asked, or was not to be. */
export interface SearchTroubles {
  readonly account?: AccountTrouble;
  readonly records?: Exclude<CustomerResult, { kind: 'found' }>;
}
