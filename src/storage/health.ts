import type { StoreError } from './ports.ts';

/** How the store stands, for `/readyz`, the log at the start and the doctor. */
export interface StoreHealth {
  /** False when a write does not succeed. */
  readonly ok: boolean;
  /** What is in order, in few words each: the schema's version, the mode, the room. */
  readonly facts: readonly string[];
  /** What runs but is not safe, or why it does not run. */
  readonly warnings: readonly StoreWarning[];
}

/** One thing to mend, and how. */
export interface StoreWarning {
  readonly what: string;
  readonly remedy: string;
}

/** The health of a store that does not take a write. */
export function unusable({ message, remedy }: StoreError): StoreHealth {
  return { ok: false, facts: [], warnings: [{ what: message, remedy }] };
}
