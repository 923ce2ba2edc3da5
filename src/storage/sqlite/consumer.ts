import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.ts';
import { backoffCeilingMs } from '../backoff.ts';
import type { Consumer, ConsumerOptions } from '../ports.ts';
import { Bell } from './bell.ts';
import { type JobHandler, runJob } from './job-run.ts';
import type { OutboxTable } from './outbox-table.ts';

/** What a consumer of the table is made from. */
export interface ConsumerParts {
  readonly table: OutboxTable;
  readonly clock: Clock;
  /** A consumer works on jobs of this type alone. */
  readonly type: string;
  readonly handle: JobHandler;
  /** Of the port: how many at once, visibility timeout, backoff, who is told of faults. */
  readonly options: ConsumerOptions;
}

/** Other processes enqueue too and cannot ring: nobody sleeps longer than this. */
export const MAX_SLEEP_MS = 1_000;
/** While the store is away: soon again at first, then every five seconds. */
const OUTAGE = { baseMs: 250, capMs: 5_000 };

/**
 * Claims, runs, sleeps until the next job is due. An outage of the store is reported and waited
 * out. Begins at once. Never throws: what goes wrong is told to `onError`.
 */
export class OutboxConsumer implements Consumer {
  readonly type: string;
  readonly #parts: ConsumerParts;
  readonly #bell = new Bell();
  /** One of each running job: renews its lease at once. */
  readonly #renewals = new Set<() => void>();
  /** By job id; held from the claim until the outcome is written down. */
  readonly #running = new Map<string, Promise<void>>();
  /**
   * Aborted when the drain is over: handlers that still run are told by their signal, and an
   * outcome is tried to be written once only.
   */
  readonly #abandoned = new AbortController();
  readonly #loop: Promise<void>;
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor(parts: ConsumerParts) {
    this.type = parts.type;
    this.#parts = parts;
    // Each running job listens: as many as the concurrency allows, which is no leak.
    setMaxListeners(0, this.#abandoned.signal);
    this.#loop = this.#consume();
  }

  /** There may be something to do: look at once. */
  wake(): void {
    this.#bell.ring();
  }

  /** This process was taken for dead: each running job renews its lease now, or learns that it has lost it. */
  checkLeases(): void {
    for (const renew of this.#renewals) renew();
  }

  /** Waits at most `drainMs`. Idempotent: a second call waits for the first. */
  stop(drainMs: number): Promise<void> {
    this.#stopped ??= this.#stop(drainMs);
    return this.#stopped;
  }

  async #stop(drainMs: number): Promise<void> {
    this.#stopping = true;
    this.#bell.ring();
    // The loop first: it may just be starting what it has claimed.
    const ended = this.#loop.then(() => Promise.all(this.#running.values()));
    await this.#within(drainMs, ended);
    this.#abandoned.abort(new DOMException('The consumer stopped', 'AbortError'));
    await this.#loop;
  }

  async #consume(): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      // Taken before looking, so that a ring in between is not missed.
      const rung = this.#bell.next();
      try {
        const sleepMs = await this.#takeWhatIsDue();
        failures = 0;
        if (sleepMs > 0 && !this.#stopping) await this.#within(sleepMs, rung);
      } catch (error) {
        failures++;
        this.#parts.options.onError(error, undefined);
        if (!this.#stopping) await this.#within(backoffCeilingMs(OUTAGE, failures), rung);
      }
    }
  }

  /** Returns how long there is nothing to do; a ring may come before. */
  async #takeWhatIsDue(): Promise<number> {
    const { table, clock, type, options } = this.#parts;
    const free = options.concurrency - this.#running.size;
    // The end of a running job rings, so no place stays empty for that long.
    if (free <= 0) return MAX_SLEEP_MS;
    // A job of ours whose renewal is late looks due in the table; it is not to be run twice side by side.
    const except = [...this.#running.keys()];
    const { visibilityMs } = options;
    const claimed = await table.claim({ type, now: clock.now(), visibilityMs, limit: free, except });
    const [first] = claimed;
    // Told to stop while the claim was under way: what was claimed goes back at once, not after its lease.
    if (first && this.#stopping) {
      await table.unclaim(first.holder);
      return 0;
    }
    for (const one of claimed) {
      const run = runJob(one, {
        ...this.#parts,
        abandoned: this.#abandoned.signal,
        renewals: this.#renewals,
      }).finally(() => {
        this.#running.delete(one.job.id);
        this.#bell.ring();
      });
      this.#running.set(one.job.id, run);
    }
    if (first) return 0;
    const dueAt = await table.nextDueAt(type, except);
    return Math.min(MAX_SLEEP_MS, Math.max(0, (dueAt ?? Number.POSITIVE_INFINITY) - clock.now()));
  }

  /** Waits for `event`, at most `durationMs`. */
  async #within(durationMs: number, event: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    const nap = this.#parts.clock.sleep(durationMs, over.signal).catch(() => undefined);
    await Promise.race([event, nap]);
    over.abort();
  }
}
