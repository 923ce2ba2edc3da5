import { z } from 'zod';
import { topUpOffer } from './details.ts';
import { storedIccids } from './stored-iccid.ts';

/** An order of the partner's, as far as it leads to an eSIM. Nothing of its price and nothing that activates one. */
export const accountOrder = z.object({
  /** Airalo's own number of it. */
  id: z.number().optional(),
  /** Such as `20261115-070321`. */
  code: z.string(),
  /** Epoch ms. */
  createdAt: z.number().optional(),
  /** Such as `Completed`, in Airalo's words. */
  status: z.string().optional(),
  isTopUp: z.boolean(),
  packageTitle: z.string().optional(),
  /** Of a top-up the one it was for, which Airalo names in its description alone. */
  iccids: storedIccids,
});
/** See `accountOrder`. */
export type AccountOrder = z.infer<typeof accountOrder>;

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
