import type { Clock } from '../../clock.ts';

/**
 * Wakes whoever waits. A ring is not kept: take `rings` before looking whether there is something to do. A wait that runs out leaves nothing
 * behind: a worker that is idle for months waits millions of times between two rings, and what each had left at a promise would add up.
 */
export class Bell {
  readonly #waiting = new Set<() => void>();
  #rings = 0;

  /** How often it has rung. */
  get rings(): number {
    return this.#rings;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves at the first ring after those that were `seen`, and after `durationMs` at the latest. */
  next(seen: number, clock: Clock, durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (seen !== this.#rings) return resolve();
      const end = () => {
        stopWaiting();
        this.#waiting.delete(end);
        resolve();
      };
      const stopWaiting = clock.after(durationMs, end);
      this.#waiting.add(end);
    });
  }

  ring(): void {
    this.#rings++;
    for (const end of [...this.#waiting]) end();
  }
}
