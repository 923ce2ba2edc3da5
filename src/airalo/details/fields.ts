import { z } from 'zod';
import { parseExpiry, statusOf } from '../usage-fields.ts';
import { amount } from '../wire.ts';

/**
 * Characters. Longer texts are cut, not refused: they are shown on a card, which has its own
 * limits.
 */
const MAX_TEXT = 300;
/** Characters. An address is taken whole or not at all: a cut one would lead elsewhere. */
const MAX_HREF = 1_000;

/** A text that says something; `N/A`, which Airalo sends for nothing, an empty one and anything else are none. */
export const text = z
  .string()
  .trim()
  .refine((value) => value !== '' && value.toUpperCase() !== 'N/A')
  .transform((value) => value.slice(0, MAX_TEXT))
  .optional()
  .catch(undefined);

/**
 * A number, also one in a string; anything else is none. Airalo's endpoints mix `7` with `"7"` and
 * `4.5` with `"4.50"` (its documented examples).
 */
export const figure = amount.optional().catch(undefined);

/**
 * Epoch ms, from either of Airalo's two forms. With an offset (package history), or without a zone
 * (usage, eSIM), which is read as UTC.
 */
export const instant = z.unknown().optional().transform(parseExpiry);

/** True and false are facts, anything else is none. */
export const flag = z.boolean().optional().catch(undefined);

/** An `https` address; anything else is none, so that no other scheme becomes a link. */
export const href = z
  .string()
  .trim()
  .max(MAX_HREF)
  .refine((value) => URL.canParse(value) && new URL(value).protocol === 'https:')
  .optional()
  .catch(undefined);

/** A status; one that is missing is as unknown as one that is reported so. */
export const status = z
  .string()
  .trim()
  .min(1)
  .catch('UNKNOWN')
  .transform((name) => statusOf(name.toUpperCase()));

/**
 * The items of a list that can be read; one that cannot does not cost the others. What is no list
 * at all fails the schema around it.
 */
export function listOf<T>(item: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((items) => items.flatMap((one) => item.safeParse(one).data ?? []));
}

/** Without the keys that have no value, as `exactOptionalPropertyTypes` and the store want it. */
export function present<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  return Object.assign(
    kept,
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)),
  );
}
