import { z } from 'zod';
import { type Iccid, parseIccid } from '../domain/iccid.ts';
import type { CustomerMatch } from '../usage/customer-records.ts';

/** Characters of a label: foreign text, drawn beside an eSIM. */
const MAX_LABEL = 60;
/** Nobody reads more, and each eSIM is a read at Airalo. */
const MAX_ESIMS = 100;

/** Without control characters, and on one line; one that says nothing is none. */
const label = z
  .string()
  .transform((text) => {
    const tidied = text.replace(/[\p{C}\s]+/gu, ' ').trim();
    const characters = [...tidied];
    return characters.length > MAX_LABEL ? `${characters.slice(0, MAX_LABEL - 1).join('')}…` : tidied;
  })
  .nullish()
  .transform((text) => text || undefined);
const match = z.object({ label, iccids: z.array(z.string()) });
const reply = z.object({ matches: z.array(match) });

/**
 * As agreed in docs/find.md; else what is wrong, for the log. A number that is no ICCID is left out and the others count; numbers of which none
 * is one are something else than a customer without eSIMs.
 */
export function readLookupReply(text: string): readonly CustomerMatch[] | LookupLie {
  const parsed = reply.safeParse(jsonOf(text)).data;
  if (!parsed) return 'not the agreed JSON';
  const found: CustomerMatch[] = [];
  let left = MAX_ESIMS;
  for (const { label: said, iccids } of parsed.matches) {
    if (left === 0) break;
    const read = [...new Set(iccids.flatMap(iccidOf))].slice(0, left);
    if (read.length === 0) continue;
    left -= read.length;
    found.push(said === undefined ? { iccids: read } : { label: said, iccids: read });
  }
  const sent = parsed.matches.some(({ iccids }) => iccids.length > 0);
  return sent && found.length === 0 ? 'numbers of which none is an ICCID' : found;
}

/** How a reply is not as agreed. */
type LookupLie = 'not the agreed JSON' | 'numbers of which none is an ICCID';

function iccidOf(text: string): Iccid[] {
  const parsed = parseIccid(text.slice(0, 100));
  return parsed.kind === 'ok' ? [parsed.iccid] : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
