import type { Clock } from '../../src/clock.ts';

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

/** The time of everybody but the bot: moved by the sweep, in step with the bots' own. */
export class SweepClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (settle: () => void) => () => {
        signal?.removeEventListener('abort', abort);
        this.#sleepers.delete(sleeper);
        settle();
      };
      const sleeper = { wakeAt: this.#now + Math.max(0, durationMs), wake: end(resolve) };
      const abort = () => end(() => reject(signal?.reason))();
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  after(durationMs: number, run: () => void): () => void {
    const sleeper: Sleeper = {
      wakeAt: this.#now + Math.max(0, durationMs),
      wake: () => {
        if (this.#sleepers.delete(sleeper)) run();
      },
    };
    this.#sleepers.add(sleeper);
    return () => void this.#sleepers.delete(sleeper);
  }

  /** When the next sleeper wakes. */
  nextDueAt(): number | undefined {
    let first: number | undefined;
    for (const { wakeAt } of this.#sleepers) first = Math.min(first ?? wakeAt, wakeAt);
    return first;
  }

  passUntil(instant: number): void {
    this.#now = Math.max(this.#now, instant);
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.wakeAt - b.wakeAt))
      if (sleeper.wakeAt <= this.#now) sleeper.wake();
  }
}
