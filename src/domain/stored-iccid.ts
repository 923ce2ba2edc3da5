import { z } from 'zod';
import { asIccid, type Iccid } from './iccid.ts';

/** An ICCID that comes back from the store. As strict as the way in: what stands there may have been changed meanwhile. */
export const storedIccid = z.string().transform((text, context): Iccid => {
  const iccid = asIccid(text);
  if (iccid !== undefined) return iccid;
  context.addIssue({ code: 'custom', message: 'not an ICCID' });
  return z.NEVER;
});

/** Several, in order; one that cannot be read would move those behind it, so it spoils the whole list. */
export const storedIccids = z.array(storedIccid);
