import { z } from 'zod';
import { type Iccid, parseIccid } from '../domain/iccid.ts';
import type { CustomerMatch } from '../usage/customer-records.ts';

/** Characters of a label: foreign text, drawn beside an eSIM. */
const MAX_LABEL = 60;
/** Nobody reads more, and each eSIM is a read at Airalo. */
const MAX_MATCHES = 50;
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

/** As agreed in docs/find.md; undefined for anything else. A number that is no ICCID is left out, the others count. */
export function readLookupReply(text: string): readonly CustomerMatch[] | undefined {
  const parsed = reply.safeParse(jsonOf(text)).data;
  if (!parsed) return undefined;
  let left = MAX_ESIMS;
  return parsed.matches.slice(0, MAX_MATCHES).map(({ label: said, iccids }): CustomerMatch => {
    const read = [...new Set(iccids.slice(0, MAX_ESIMS).flatMap(iccidOf))].slice(0, left);
    left -= read.length;
    return said === undefined ? { iccids: read } : { label: said, iccids: read };
  });
}

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
