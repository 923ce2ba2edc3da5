import type { Clock } from '../clock.ts';
import type { CallGate, Registry } from '../storage/ports.ts';
import type { CallLine } from './call-line.ts';
import { holdsPlace, leavePlace, putGateNote } from './gate-note.ts';
import type { WaitReason } from './reply.ts';

/** The right to ask Airalo about one thing: held by one process, until its gate is closed or the lease given back. */
export interface Lease {
  readonly key: string;
  readonly gateKey: string;
  readonly token: string;
}

/** What becomes of a lease. */
export interface Leases {
  /** Nobody may ask before `until`, epoch ms. `rate-limited`: by Airalo's window, or our own. */
  close(lease: Lease, until: number, because: WaitReason | 'credentials-refused'): Promise<void>;
  /** Anybody may ask at once. */
  release(lease: Lease): Promise<void>;
  /**
   * Waits for the place in the line of all calls. The instant at which it comes where that is too long to wait for: the
   * lease is gone then.
   */
  takePlace(lease: Lease): Promise<number | undefined>;
}

/** What leases are made from. */
export interface LeaseParts {
  readonly gate: CallGate;
  readonly registry: Registry;
  readonly line: CallLine;
  readonly clock: Clock;
}

/** How long a question may wait for its turn; above it, the answer is deferred. */
export const MAX_TURN_MS = 9_000;
/** Longer than the turn and the client's whole budget together, so that a lease never ends under a running call. */
export const LEASE_MS = 20_000;

/** The gate, the reason for which it is closed, and the line before Airalo, as the holder of a lease uses them. */
export function createLeases({ gate, registry, line, clock }: LeaseParts): Leases {
  /** The reason first, the gate second: whoever finds it closed finds the reason. */
  const close: Leases['close'] = async ({ gateKey, token }, until, because) => {
    if (because !== 'rate-limited') await putGateNote(registry, gateKey, { because, until }, clock.now());
    await gate.settle(gateKey, token, until);
  };
  const release: Leases['release'] = ({ gateKey, token }) => gate.release(gateKey, token);

  return {
    close,
    release,
    async takePlace(lease) {
      if (await holdsPlace(registry, lease.gateKey, clock.now())) {
        await leavePlace(registry, lease.gateKey);
        return undefined;
      }
      const place = await line.take();
      if (place.kind === 'full') {
        await release(lease);
        return place.until;
      }
      const aheadMs = place.at - clock.now();
      if (aheadMs > MAX_TURN_MS) {
        // Nobody else need queue up for the same; the place is taken by whoever asks when it has come.
        await close(lease, place.at, 'busy');
        return place.at;
      }
      if (aheadMs > 0) await clock.sleep(aheadMs);
      return undefined;
    },
  };
}
