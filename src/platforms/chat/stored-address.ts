import { z } from 'zod';
import { storedIccids } from '../../domain/stored-iccid.ts';
import type { PlatformName, ReplyAddress } from '../../usage/platform.ts';
import { type About, questionIdOf, type RequestContext } from './seam.ts';

/** What every platform's routes hold beside its own ways to the asker. */
export const ABOUT_FIELDS = {
  /** Every eSIM of the message, in its order: one that is answered later is drawn among the others. */
  iccids: storedIccids,
  /** Of the note that the buttons carry; empty for what arrives days later. */
  handle: z.string(),
  /** It is for everybody in the channel. */
  toChannel: z.literal(true).optional(),
};
type WithAbout = z.infer<z.ZodObject<typeof ABOUT_FIELDS>>;

/** Every route to the asker that there is now; which of them is open is decided at delivery. */
export function storedAddress(
  platform: PlatformName,
  asker: string,
  { questionId: _, ...routes }: RequestContext,
  { iccids, messageKey, handle }: About,
): ReplyAddress {
  return { platform, asker, messageKey, routes: { ...routes, iccids: [...iccids], handle } };
}

/** Undefined for an address that is not the platform's, or of a later version. */
export function readStored<R extends WithAbout>(
  platform: PlatformName,
  shape: z.ZodType<R>,
  { routes, messageKey }: ReplyAddress,
) {
  const parsed = shape.safeParse(routes);
  if (!parsed.success) return undefined;
  const { iccids, handle, ...place } = parsed.data;
  const ctx = { ...place, questionId: questionIdOf(platform, messageKey) };
  return { ctx, iccids, messageKey, handle, toChannel: parsed.data.toChannel === true };
}
