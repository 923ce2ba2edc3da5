import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

/** Slow against the time-outs of real requests, fast against a worker's second of sleep. */
export const CREEP_MS = 10;

/** A clock that moves only when a test says so. Begins at a fixed, round instant. */
export class ManualClock implements Clock {
  static readonly START = Date.UTC(2026, 10, 23, 14, 0, 0);
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startAt = ManualClock.START) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        wakeAt: this.#now + Math.max(0, durationMs),
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.add(sleeper);
      if (durationMs <= 0) sleeper.wake();
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
    // As a real timer would: never before whoever asked has gone on.
    if (durationMs <= 0) queueMicrotask(() => sleeper.wake());
    return () => void this.#sleepers.delete(sleeper);
  }

  /** Jumps ahead and wakes everybody who is due by then, earliest first. */
  advance(durationMs: number): void {
    this.#now += durationMs;
    const due = [...this.#sleepers].filter((sleeper) => sleeper.wakeAt <= this.#now);
    for (const sleeper of due.sort((a, b) => a.wakeAt - b.wakeAt)) sleeper.wake();
  }

  /** Creeps on until `work` has ended: what it waits for by this clock would never come otherwise. */
  async during<T>(work: Promise<T>): Promise<T> {
    const creep = setInterval(() => this.advance(CREEP_MS), 2);
    return work.finally(() => clearInterval(creep));
  }

  /** Leaps from one wake to the next until `work` has ended: for what waits for this clock alone, and for no socket and no disk. */
  async leapThrough<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    // Heard by whoever awaits this, once the loop is done.
    over.catch(() => undefined);
    while (!isOver) {
      // What one wake ends may begin the next sleep some turns later.
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      if (Number.isFinite(this.nextWakeInMs)) this.advance(Math.max(0, this.nextWakeInMs));
    }
    return over;
  }

  /** How long until the first of those who wait is due; infinite when nobody waits. */
  get nextWakeInMs(): number {
    return Math.min(...[...this.#sleepers].map(({ wakeAt }) => wakeAt - this.#now));
  }

  /** How many wait now: lets a test see that somebody has gone to sleep before it moves the time. */
  get sleeping(): number {
    return this.#sleepers.size;
  }
}
