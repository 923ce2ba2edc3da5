import { type Clock, deadlineSignal, orAborted } from '../clock.ts';
import type { Log } from '../log.ts';
import type { SharedToken, TokenShare } from './token.ts';

/** A store that hangs costs only the sharing. */
const STORE_PATIENCE_MS = 1_000;
/** Somebody else's whole token request usually takes less. */
const LOCK_PATIENCE_MS = 4_000;

/** The share of a token, whose failures cost only the sharing: they are told in the log, and never thrown. */
export function patientShare(share: TokenShare | undefined, clock: Clock, log: Log) {
  async function sharing<T>(patienceMs: number, work: () => Promise<T>): Promise<T | undefined> {
    const patience = deadlineSignal(clock, patienceMs);
    try {
      return await orAborted(work(), patience.signal);
    } catch (error) {
      log.warn({ err: error }, 'The Airalo token could not be shared; this process uses its own');
      return undefined;
    } finally {
      patience.dispose();
    }
  }

  return {
    read(): Promise<SharedToken | undefined> {
      return sharing(STORE_PATIENCE_MS, async () => share?.read());
    },
    async write(token: SharedToken): Promise<void> {
      await sharing(STORE_PATIENCE_MS, async () => share?.write(token));
    },
    /** `work` under the lock, whose failures are its own; `alone` where the lock cannot be had or given back. */
    async locked(work: () => Promise<SharedToken>, alone: () => Promise<SharedToken>): Promise<SharedToken> {
      if (!share) return work();
      const token = await sharing(LOCK_PATIENCE_MS, () =>
        share.lock(async () => {
          try {
            return await work();
          } catch {
            return undefined;
          }
        }),
      );
      // Where the work itself failed, asking it again brings the same failure, not another request.
      return token ?? alone();
    },
  };
}
