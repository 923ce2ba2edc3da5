import { systemClock } from '../../clock.ts';
import { MAX_SLEEP_MS, OutboxConsumer } from '../claims/consumer.ts';
import type { JobHandler } from '../claims/job-run.ts';
import type { Consumer, ConsumerOptions, OutboxJob } from '../ports.ts';
import type { RedisConnection } from './connection.ts';
import { RedisJobTable } from './job-table.ts';

/** A consumer and what it takes its jobs from. */
interface Worker {
  readonly table: RedisJobTable;
  readonly consumer: OutboxConsumer;
}

/** Those of this process. They find what others enqueue by looking once a second, as on SQLite: no connection waits in Redis for it. */
export class RedisWorkers {
  readonly #redis: RedisConnection;
  readonly #announce: () => Promise<void>;
  readonly #workers = new Set<Worker>();

  /** `announce` is called when `ids` has changed. */
  constructor(redis: RedisConnection, announce: () => Promise<void>) {
    this.#redis = redis;
    this.#announce = announce;
  }

  /** Of one type of jobs. `moved` is told of a job that has got another instant. */
  start(
    type: string,
    handle: JobHandler,
    options: ConsumerOptions,
    moved: (job: OutboxJob) => Promise<void>,
  ): Consumer {
    const { visibilityMs } = options;
    const table = new RedisJobTable({
      redis: this.#redis,
      type,
      visibilityMs,
      announce: this.#announce,
      moved,
    });
    // By real time, as the locks in Redis go.
    const consumer = new OutboxConsumer({ table, clock: systemClock, type, handle, options });
    const worker = { table, consumer };
    this.#workers.add(worker);
    return {
      stop: async (drainMs) => {
        await consumer.stop(drainMs);
        this.#workers.delete(worker);
      },
    };
  }

  /** A job of this type is due at `runAt`: soon enough to look at once. */
  wakeFor(type: string, runAt: number): void {
    if (runAt - Date.now() >= MAX_SLEEP_MS) return;
    for (const { consumer } of this.#workers) if (consumer.type === type) consumer.wake();
  }

  /** Their locks are the leases of this process. */
  ids(): string[] {
    return [...this.#workers].map(({ table }) => table.workerId);
  }

  /** What somebody else held is free: it is looked for at once. */
  takeStalled(): void {
    for (const { table, consumer } of this.#workers) {
      table.lookForLost();
      consumer.wake();
    }
  }

  /** What this process holds may be somebody else's: every running job finds out now. */
  checkLeases(): void {
    for (const { consumer } of this.#workers) consumer.checkLeases();
  }

  /** All of them; waits at most `drainMs` for what runs. */
  async stop(drainMs: number): Promise<void> {
    await Promise.all([...this.#workers].map(({ consumer }) => consumer.stop(drainMs)));
  }
}
