import type { Clock } from '../../src/clock.ts';
import type {
  Consumer,
  ConsumerOptions,
  JobContext,
  JobOutcome,
  Outbox,
  OutboxJob,
} from '../../src/storage/ports.ts';
import { until } from '../support/until.ts';

/** Short enough to be waited for in real time, long enough for a slow machine to renew in. */
export const VISIBILITY_MS = 900;

/** One call of the handler, which goes on until the test ends it. */
export interface JobRun {
  readonly job: OutboxJob;
  readonly context: JobContext;
  readonly startedAt: number;
  end(outcome: JobOutcome): void;
  fail(error: Error): void;
}

export interface ScriptedWorker {
  readonly consumer: Consumer;
  /** All so far. */
  readonly runs: readonly JobRun[];
  readonly errors: readonly { readonly error: unknown; readonly jobId: string | undefined }[];
  /** Waits for the next run that was not asked for yet. */
  next(): Promise<JobRun>;
  /** Ends what still runs, so that the store can be closed. */
  letGo(): void;
}

/** A consumer whose runs are ended by the test, or by `answer` at once. */
export function startWorker(
  outbox: Outbox,
  clock: Clock,
  options: Partial<ConsumerOptions> & {
    readonly type?: string;
    readonly answer?: (run: JobRun) => Promise<JobOutcome>;
  } = {},
): ScriptedWorker {
  const { type = 'reply', answer, ...rest } = options;
  const runs: JobRun[] = [];
  const errors: { error: unknown; jobId: string | undefined }[] = [];
  let asked = 0;

  const handle = (job: OutboxJob, context: JobContext): Promise<JobOutcome> => {
    const { promise, resolve, reject } = openPromise<JobOutcome>();
    const run: JobRun = { job, context, startedAt: clock.now(), end: resolve, fail: reject };
    runs.push(run);
    return answer ? answer(run) : promise;
  };
  const consumer = outbox.consume(type, handle, {
    concurrency: 4,
    visibilityMs: VISIBILITY_MS,
    backoff: { baseMs: 10, capMs: 20 },
    onError: (error, jobId) => errors.push({ error, jobId }),
    ...rest,
  });
  return {
    consumer,
    runs,
    errors,
    next: () =>
      until(`run ${asked + 1} of a worker began`, () => {
        const run = runs[asked];
        if (run) asked++;
        return run;
      }),
    letGo() {
      for (const run of runs) run.end({ kind: 'done' });
    },
  };
}

function openPromise<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
