import { z } from 'zod';
import { topUpOffer } from './details.ts';
import type { Iccid } from './iccid.ts';

/** An order of the partner's, as far as it leads to an eSIM. Nothing of its price and nothing that activates one; it is kept in no store. */
export interface AccountOrder {
  /** Such as `20261115-070321`. */
  readonly code: string;
  /** Epoch ms. */
  readonly createdAt?: number;
  /** Such as `Completed`, in Airalo's words. */
  readonly status?: string;
  readonly isTopUp: boolean;
  readonly packageTitle?: string;
  /** Of a top-up the one it was for, which Airalo names in its description alone. */
  readonly iccids: readonly Iccid[];
}

/** The first of a list, and how many there are in all. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** By which part of an order Airalo's list is searched; each finds what contains it. `newest`: all of them. */
export type OrderFilter =
  | { readonly by: 'newest' }
  | { readonly by: 'code' | 'description'; readonly text: string };

/** A country or a region with what can be bought for it. */
export const planPlace = z.object({
  /** As Airalo calls it, in English. */
  title: z.string(),
  /** Such as `japan`, `europe`. */
  slug: z.string().optional(),
  /** The cheapest data first; `title` of each begins with its operator where there are several. */
  offers: z.array(topUpOffer),
});
/** See `planPlace`. */
export type PlanPlace = z.infer<typeof planPlace>;

/** What plans are asked for: a country by its ISO 3166-1 code, or every region there is. */
export type PlanQuery = { readonly country: string } | 'regions';
