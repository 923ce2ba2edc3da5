import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { AuditLog } from '../storage/ports.ts';

/** One thing that somebody asked about, for the audit. */
interface AuditNote {
  readonly asker: string;
  /** A channel id, `dm` or `list`. */
  readonly place: string;
  /** One word; see docs/operations.md. */
  readonly outcome: string;
  /** Kept masked, and as a keyed hash where there is a key. */
  readonly iccid?: Iccid | undefined;
  /** Of an e-mail: its keyed hash stands where that of an eSIM would. */
  readonly hash?: string;
  readonly requestId?: string;
}

/** Writes down who asked what. Nobody waits for it: the store does it in its turn, also when it is being closed. */
export type NoteAudit = (note: AuditNote) => void;

/** `hashOf` makes the hash of an eSIM; without one there is none. What cannot be written is told to the operator, and lost. */
export function createAuditTrail({
  audit,
  hashOf,
  clock,
  log,
}: {
  readonly audit: Pick<AuditLog, 'append'>;
  readonly hashOf?: (iccid: Iccid) => string;
  readonly clock: Clock;
  readonly log: Log;
}): NoteAudit {
  return ({ asker, place, outcome, iccid, hash, requestId }) => {
    const iccidMasked = iccid === undefined ? '' : maskIccid(iccid);
    const ofEsim = iccid !== undefined && hashOf ? hashOf(iccid) : hash;
    const esimHash = ofEsim === undefined ? {} : { esimHash: ofEsim };
    void audit
      .append({ at: clock.now(), asker, place, iccidMasked, ...esimHash, outcome })
      .catch((error: unknown) => log.warn({ err: error, requestId }, 'An audit entry was lost'));
  };
}
