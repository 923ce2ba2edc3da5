import type { OutboxJob } from '../../src/storage/ports.ts';
import { deferredReplyJob } from '../../src/usage/deferred-reply.ts';
import { toIccid } from '../../test/support/arbitraries.ts';

/** Promised answers as the usage service makes them: each into a message of its own, for askers who wait for some ten each. */
export function promisedAnswers(count: number, iccids: readonly string[], answerAt: number): OutboxJob[] {
  const askedAt = Date.now();
  const known = iccids.map(toIccid);
  return Array.from({ length: count }, (_, index) => {
    const iccid = known[index % known.length];
    if (iccid === undefined) throw new RangeError('A promise is about an eSIM');
    const messageKey = `terminal:m${index}`;
    const asker = `terminal:${index % Math.ceil(count / 10)}`;
    const address = { platform: 'terminal', asker, messageKey, routes: null } as const;
    const request = { iccid, address, requestId: messageKey, place: 'bench' };
    return deferredReplyJob(request, { askedAt, newerThan: 0, answerAt });
  });
}
