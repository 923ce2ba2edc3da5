import { setImmediate as nextTurn } from 'node:timers/promises';
import { Bell, type Clock, endsWithin, systemClock } from '../../clock.ts';
import { backoffCeilingMs } from '../backoff.ts';
import { LeaseLostError } from '../lease-lost.ts';
import type { Consumer, ConsumerOptions } from '../ports.ts';
import type { ClaimTable } from './claim-table.ts';
import { type JobHandler, runJob } from './job-run.ts';
import { Lease } from './lease.ts';

/** What a consumer of an engine's jobs is made from. */
export interface ConsumerParts {
  readonly table: ClaimTable;
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
/** While more is due than there are places: a claim waits until so many of them are free, or so long. */
const REFILL_PART = 0.25;
const REFILL_MS = 25;
/** Renewing at a third of the visibility timeout leaves room for two that fail. */
const RENEWALS_PER_LEASE = 3;

/**
 * Claims, runs, sleeps until the next job is due. An outage of the store is reported and waited
 * out. Begins at once. Never throws: what goes wrong is told to `onError`.
 */
export class OutboxConsumer implements Consumer {
  readonly type: string;
  readonly #parts: ConsumerParts;
  readonly #bell = new Bell();
  /** Of the running jobs, by their ids; held from the claim until the outcome is written down. */
  readonly #leases = new Map<string, Lease>();
  readonly #running = new Set<Promise<void>>();
  /**
   * Aborted when the drain is over: handlers that still run are told by their signal, and an
   * outcome is tried to be written once only.
   */
  readonly #abandoned = new AbortController();
  readonly #loop: Promise<void>;
  #stopRenewing: (() => void) | undefined;
  /** The last claim took all that it might: there is more. */
  #isBacklog = false;
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor(parts: ConsumerParts) {
    this.type = parts.type;
    this.#parts = parts;
    this.#loop = this.#consume();
  }

  /** There may be something to do: look at once. */
  wake(): void {
    this.#bell.ring();
  }

  /** This process was taken for dead: all leases are renewed now, and whose is lost learns it. */
  checkLeases(): void {
    if (this.#leases.size === 0) return;
    this.#stopRenewing?.();
    void this.#renew();
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
    const ended = this.#loop.then(() => Promise.all(this.#running));
    await endsWithin(this.#parts.clock, ended, drainMs);
    const reason = new DOMException('The consumer stopped', 'AbortError');
    this.#abandoned.abort(reason);
    for (const lease of this.#leases.values()) lease.lose(reason);
    this.#stopRenewing?.();
    await this.#loop;
  }

  async #consume(): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      // Taken before looking, so that a ring in between is not missed.
      const seen = this.#bell.rings;
      try {
        const sleepMs = await this.#takeWhatIsDue();
        failures = 0;
        if (sleepMs > 0) await this.#sleep(seen, sleepMs);
      } catch (error) {
        failures++;
        this.#parts.options.onError(error, undefined);
        await this.#sleep(seen, backoffCeilingMs(OUTAGE, failures));
      }
    }
  }

  /** Returns how long there is nothing to do; a ring may come before. */
  async #takeWhatIsDue(): Promise<number> {
    const { table, clock, type, options } = this.#parts;
    // Jobs end one after the other, or in batches: with a little patience one claim fills many places.
    await nextTurn();
    if (this.#isBacklog && this.#free < options.concurrency * REFILL_PART) await this.#refill();
    const free = this.#free;
    // The end of a running job rings, so no place stays empty for that long.
    if (free <= 0) return MAX_SLEEP_MS;
    // A job of ours whose renewal is late looks due in the table; it is not to be run twice side by side.
    const except = [...this.#leases.keys()];
    const { visibilityMs } = options;
    const { jobs: claimed, nextDueAt = Number.POSITIVE_INFINITY } = await table.claim({
      type,
      now: clock.now(),
      visibilityMs,
      limit: free,
      except,
    });
    this.#isBacklog = claimed.length === free;
    // Told to stop while the claim was under way: what was claimed goes back at once, not after its lease.
    if (claimed.length > 0 && this.#stopping) {
      await table.unclaim(claimed);
      return 0;
    }
    for (const one of claimed) this.#run(new Lease(one));
    if (claimed.length > 0) return 0;
    return Math.min(MAX_SLEEP_MS, Math.max(0, nextDueAt - clock.now()));
  }

  get #free(): number {
    return this.#parts.options.concurrency - this.#leases.size;
  }

  /** Waits for as many places as are worth a claim, for a moment, or for the word that it is time to stop. */
  async #refill(): Promise<void> {
    const enough = this.#parts.options.concurrency * REFILL_PART;
    // By real time: it is about work under way in this process.
    const giveUpAt = performance.now() + REFILL_MS;
    for (let leftMs = REFILL_MS; leftMs > 0; leftMs = giveUpAt - performance.now()) {
      if (this.#stopping || this.#free >= enough) return;
      await this.#bell.next(this.#bell.rings, systemClock, leftMs);
    }
  }

  #run(lease: Lease): void {
    const { id } = lease.claimed.job;
    this.#leases.set(id, lease);
    const run = runJob(lease, { ...this.#parts, abandoned: this.#abandoned.signal }).then(() => {
      // One that was lost, ended by somebody else and claimed anew is another run's by now.
      if (this.#leases.get(id) === lease) this.#leases.delete(id);
      this.#running.delete(run);
      this.#bell.ring();
    });
    this.#running.add(run);
    if (!this.#stopRenewing) this.#renewLater();
  }

  #renewLater(): void {
    const { clock, options } = this.#parts;
    this.#stopRenewing?.();
    this.#stopRenewing = clock.after(options.visibilityMs / RENEWALS_PER_LEASE, () => void this.#renew());
  }

  /** Those of all running jobs in one go. One that somebody else holds, or that ran out during an outage, is lost. */
  async #renew(): Promise<void> {
    const { table, clock, options } = this.#parts;
    const leases = [...this.#leases.values()].filter(({ isLost }) => !isLost);
    const now = clock.now();
    try {
      const held = leases.map(({ claimed }) => claimed);
      const kept =
        leases.length === 0 ? new Set<string>() : await table.renew(held, now, options.visibilityMs);
      for (const lease of leases)
        if (kept.has(lease.claimed.job.id)) lease.until = now + options.visibilityMs;
        else this.#lose(lease);
    } catch (error) {
      options.onError(error, undefined);
      for (const lease of leases) if (clock.now() >= lease.until) this.#lose(lease);
    }
    this.#stopRenewing?.();
    this.#stopRenewing = undefined;
    if (this.#leases.size > 0 && !this.#abandoned.signal.aborted) this.#renewLater();
  }

  /** One that has ended meanwhile, by the outcome written down, is no loss. */
  #lose(lease: Lease): void {
    if (!lease.handled) lease.lose(new LeaseLostError(lease.claimed.job.id));
  }

  /** Until the first ring after those that were `seen`, or the word that it is time to stop. */
  async #sleep(seen: number, durationMs: number): Promise<void> {
    if (!this.#stopping) await this.#bell.next(seen, this.#parts.clock, durationMs);
  }
}
