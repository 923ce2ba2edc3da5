import type { Iccid } from '../domain/iccid.ts';

/** How the reseller's own records are asked. */
export type CustomerQueryKind = 'order' | 'email' | 'customer';

/** One customer, or one order of the shop's, with its eSIMs. `label` is foreign: bounded, not escaped; it is kept nowhere. */
export interface CustomerMatch {
  readonly label?: string;
  readonly iccids: readonly Iccid[];
}

/** What the records say. Instants are epoch ms. */
export type CustomerResult =
  | { readonly kind: 'found'; readonly matches: readonly CustomerMatch[] }
  /** No answer to work with. `until`: they are not asked before. */
  | { readonly kind: 'unavailable'; readonly until?: number }
  /** They answer, and not as agreed; or they do not take our signature: only the operator mends that. */
  | { readonly kind: 'operator-needed' };

/** The reseller's own records, where the operator has connected them. Nothing is thrown for what such a server may answer. */
export interface CustomerRecords {
  find(query: string, kind: CustomerQueryKind): Promise<CustomerResult>;
}
