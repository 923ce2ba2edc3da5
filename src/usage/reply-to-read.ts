import { type Iccid, luhnHolds } from '../domain/iccid.ts';
import type { ReadResult } from './reader.ts';
import type { DeferredReply, LastReading, Reply } from './reply.ts';

/**
 * What a reading, or the lack of one, means for the person. The Luhn digit is looked at only where Airalo knows no such
 * eSIM: most of the ICCIDs in Airalo's own docs fail it, so it must never keep a question from being asked.
 */
export function replyTo(
  iccid: Iccid,
  result: Exclude<ReadResult, { kind: 'wait' }>,
): Exclude<Reply, DeferredReply> {
  switch (result.kind) {
    case 'reading': {
      const { reading, asOf, refreshableAt } = result;
      return result.justRead
        ? { kind: 'fresh', iccid, reading, asOf, refreshableAt }
        : { kind: 'cached', iccid, reading, asOf, refreshableAt, because: 'within-window' };
    }
    case 'unknown-esim': {
      const checkDigitOff = !luhnHolds(iccid);
      const { refreshableAt } = result;
      return { kind: 'refused', iccid, refusal: { reason: 'unknown-esim', checkDigitOff, refreshableAt } };
    }
    case 'doubted-esim': {
      const { refreshableAt, previous } = result;
      const refusal = { reason: 'unknown-esim', checkDigitOff: false, refreshableAt } as const;
      return { kind: 'refused', iccid, refusal, previous };
    }
    case 'operator-needed': {
      const refusal = { reason: 'operator-needed', cause: result.cause } as const;
      return { kind: 'refused', iccid, refusal, ...withPrevious(result) };
    }
    case 'declined': {
      const refusal = { reason: 'declined', detail: result.detail } as const;
      return { kind: 'refused', iccid, refusal, ...withPrevious(result) };
    }
    default:
      return result satisfies never;
  }
}

function withPrevious({ previous }: { readonly previous?: LastReading }): {
  readonly previous?: LastReading;
} {
  return previous ? { previous } : {};
}

/** One word for logs, metrics and the audit. */
export function outcomeOf(reply: Reply): string {
  return reply.kind === 'refused' ? reply.refusal.reason : reply.kind;
}
