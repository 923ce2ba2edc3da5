import { randomUUID } from 'node:crypto';
import { findIccids, type Iccid, parseIccid } from '../../domain/iccid.ts';
import type { LookupRequest } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';

/**
 * One reply per ICCID in `text`, side by side; one refusal when there is none, which says what is wrong with the
 * text.
 */
export async function answersTo(text: string, ask: (iccid: Iccid) => Promise<Reply>): Promise<Reply[]> {
  const iccids = findIccids(text);
  if (iccids.length > 0) return Promise.all(iccids.map(ask));
  // Nothing that looks like a number was found: then the whole text is the attempt, and is told what is wrong with it.
  const parsed = parseIccid(text);
  if (parsed.kind === 'ok') return [await ask(parsed.iccid)];
  const { given, problem } = parsed;
  return [{ kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } }];
}

/** What every question from a terminal has in common; without an address nothing is promised. */
export function question(): Pick<LookupRequest, 'requestId' | 'place'> {
  return { requestId: randomUUID(), place: 'terminal' };
}
