import type { Clock } from '../../src/clock.ts';
import type { CallGate, Retention, Store } from '../../src/storage/ports.ts';

/** One engine as the contract sees it; each test gets a fresh one, empty. */
export interface StoreUnderTest {
  readonly store: Store;
  /** The clock the store was opened with. An engine on a server's clock gives the system's. */
  readonly clock: Clock;
  /** Lets this much time pass and the store's workers act on it: a manual clock moved, or real time waited for. */
  advance(durationMs: number): Promise<void>;
  /** One more store on the same data, as another process would have. Closed by `cleanUp`. */
  another(): Promise<Store>;
  /** Closes the first store and opens the same data again. */
  reopen(): Promise<Store>;
  cleanUp(): Promise<void>;
}

export type OpenUnderTest = (retention: Retention) => Promise<StoreUnderTest>;

export interface GateUnderTest {
  readonly gate: CallGate;
  /** The same gate, seen by somebody else. */
  readonly other: CallGate;
  readonly clock: Clock;
  advance(durationMs: number): Promise<void>;
  cleanUp(): Promise<void>;
}
