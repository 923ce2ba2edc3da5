import type { ClaimedJob } from './claim-table.ts';

/** The right of one run to its job: renewed by the consumer, lost to somebody else or at the end of a drain. */
export class Lease {
  readonly claimed: ClaimedJob;
  /** Epoch ms by the consumer's clock. */
  until: number;
  /** The handler has ended: a lease that is gone now was ended by the outcome itself, and is no loss. */
  handled = false;
  #lost: { readonly reason: unknown } | undefined;
  #controller: AbortController | undefined;

  constructor(claimed: ClaimedJob) {
    this.claimed = claimed;
    this.until = claimed.leaseUntil;
  }

  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** Aborted with the loss. Made when it is first asked for: a signal costs more than most of what a run does. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#lost) this.#controller.abort(this.#lost.reason);
    }
    return this.#controller.signal;
  }

  /** The first reason stands. */
  lose(reason: unknown): void {
    if (this.#lost) return;
    this.#lost = { reason };
    this.#controller?.abort(reason);
  }
}
