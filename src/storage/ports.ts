import type { UsageReading } from '../domain/usage.ts';
import type { UsagePoint } from '../domain/usage-point.ts';
import type { StoreHealth } from './health.ts';

/**
 * Everything that is kept, as ports. `openStore(STORE_URL)` returns one `Store`; nothing above knows the engine.
 * Values are plain JSON. Every method throws `StoreError` on an outage, within about two seconds, and
 * works again by itself after it: an outage never looks like "not there".
 * Instants are epoch ms.
 */
export interface Store {
  readonly kind: 'sqlite' | 'redis';
  readonly snapshots: SnapshotCache;
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly outbox: Outbox;
  readonly registry: Registry;
  readonly audit: AuditLog;
  readonly history: ReadingHistory;
  /** Tries a write. Never throws `StoreError`: an outage is what it tells. */
  health(): Promise<StoreHealth>;
  /**
   * Removes what is past its age: snapshots, readings, done jobs, registry entries, audit. Returns the number of rows. Also seals anew what
   * an earlier key of `STORE_KEY` has sealed.
   */
  prune(): Promise<number>;
  /** Waits for running consumers, then lets go of files and connections. Idempotent. */
  close(): Promise<void>;
}

/** What was last learnt about an eSIM from Airalo, at our own time. */
export type Snapshot =
  | { readonly kind: 'reading'; readonly reading: UsageReading; readonly asOf: number }
  | { readonly kind: 'unknown-esim'; readonly asOf: number };

/** Cache-aside, by ICCID. How fresh a snapshot counts is the gate's business, not this cache's. */
export interface SnapshotCache {
  get(iccid: string): Promise<Snapshot | undefined>;
  put(iccid: string, snapshot: Snapshot): Promise<void>;
}

/** One call per key and window, across processes. */
export interface CallGate {
  /** One winner among all processes gets `leader` and a fencing token for `leaseMs`. */
  tryAcquire(key: string, leaseMs: number): Promise<GateDecision>;
  /** Closes the key until `openAt`. False when the lease was lost meanwhile; the window of the new holder stands. */
  settle(key: string, token: string, openAt: number): Promise<boolean>;
  /** Gives the lease back as if nothing had been asked. Only when the call was never counted upstream. */
  release(key: string, token: string): Promise<void>;
  /** The state without touching it; `open` when somebody may ask. */
  peek(key: string): Promise<GateState>;
}

/** How a key stands: anybody may ask, somebody is asking, nobody may before `openAt`. */
export type GateState =
  | { readonly state: 'open' }
  | { readonly state: 'in-flight'; readonly leaseUntil: number }
  | { readonly state: 'closed'; readonly openAt: number };

/** What a request for the lease comes to. */
export type GateDecision =
  | { readonly state: 'leader'; readonly token: string }
  | Exclude<GateState, { state: 'open' }>;

/** Spaces calls evenly across processes. */
export interface CallPace {
  /**
   * Books the next free slot of `key`, `intervalMs` after the one before, and returns its instant;
   * `busy` (nothing booked) when that would be more than `maxWaitMs` ahead.
   */
  reserve(key: string, intervalMs: number, maxWaitMs: number): Promise<PaceDecision>;
}

/** A booked instant, or the first that would be free. */
export type PaceDecision =
  | { readonly kind: 'slot'; readonly startAt: number }
  | { readonly kind: 'busy'; readonly freeAt: number };

/** A promised piece of work, as data. */
export interface OutboxJob {
  /** Idempotency key: letters, digits, `-` and `_`, not purely numeric, at most 100 characters. */
  readonly id: string;
  /** What kind of work; the consumer of that type takes it. */
  readonly type: string;
  /** Lists belong to somebody: see `pendingOf`. */
  readonly owner: string;
  readonly payload: unknown;
  readonly runAt: number;
  /** Handed to the consumer, which ends the job after it with a last word; the store never drops a job by itself. */
  readonly deadline: number;
}

/** A job as the store gives it. One that cannot be read never hides the others. */
export interface StoredJob extends OutboxJob {
  /** The payload cannot be opened (`STORE_KEY`, or damage), and is null here. */
  readonly unreadable?: true;
}

/** Delays between failed attempts; full jitter is applied by the outbox. */
export interface BackoffPolicy {
  readonly baseMs: number;
  readonly capMs: number;
}

/** How a run of a job ended; a handler returns it, the outbox writes it down. */
export type JobOutcome =
  | { readonly kind: 'done' }
  /** Counts an attempt; comes back after the backoff, or at `notBefore` if that is later. */
  | { readonly kind: 'retry'; readonly error: string; readonly notBefore?: number }
  /** Comes back at `runAt`; counts no attempt. */
  | { readonly kind: 'defer'; readonly runAt: number }
  /** Ends as a dead letter. */
  | { readonly kind: 'dead'; readonly reason: string };

/** What a handler may use while it holds the lease. */
export interface JobContext {
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the consumer stops. */
  readonly signal: AbortSignal;
  /** Replaces the payload durably, under the lease. */
  savePayload(payload: unknown): Promise<void>;
}

/** How a consumer works. */
export interface ConsumerOptions {
  readonly concurrency: number;
  /** Visibility timeout: a job whose worker died comes back after this. Renewed at a third of it while running. */
  readonly visibilityMs: number;
  readonly backoff: BackoffPolicy;
  /** A handler that throws counts as `retry`; told here, so that nothing is swallowed. */
  onError(error: unknown, jobId: string | undefined): void;
}

/** Work under way. */
export interface Consumer {
  /** Stops claiming and waits for the running jobs, at most `drainMs`; what is left returns after its lease. */
  stop(drainMs: number): Promise<void>;
}

/** Durable deferred work: at-least-once, with a lease as the visibility timeout. */
export interface Outbox {
  /** Resolves only once durable. `duplicate`: this id is known already (pending or done) and nothing changed. */
  enqueue(job: OutboxJob): Promise<'added' | 'duplicate'>;
  consume(
    type: string,
    handle: (job: OutboxJob, context: JobContext) => Promise<JobOutcome>,
    options: ConsumerOptions,
  ): Consumer;
  find(id: string): Promise<StoredJob | undefined>;
  /** Ends a pending job without running it, and wipes its payload. False when it is not pending any more. */
  cancel(id: string): Promise<boolean>;
  /** Makes a pending job due at `runAt` when that is earlier than it is now. False when it is not pending, or is running. */
  hasten(id: string, runAt: number): Promise<boolean>;
  /**
   * Makes a job that nobody runs due at `runAt`, later or earlier than it was, with another payload where one is given. False when it is
   * not pending, or is running: then nothing has changed. What one process holds without a lease is held so.
   */
  postpone(id: string, runAt: number, payload?: unknown): Promise<boolean>;
  /** Ends a job that nobody runs as done, and wipes its payload; its id stays known. False when it is not pending, or is running. */
  finish(id: string): Promise<boolean>;
  /** Not yet ended, earliest first, at most 100. */
  pendingOf(owner: string): Promise<StoredJob[]>;
  dead(limit: number): Promise<DeadJob[]>;
  /** Makes a dead letter ready again with a new deadline; false when there is none of that id. */
  redrive(id: string, deadline: number): Promise<boolean>;
  /** Removes a dead letter. */
  drop(id: string): Promise<boolean>;
  depth(): Promise<OutboxDepth>;
}

/** A job that was given up, with its payload, so that it can be tried again. */
export interface DeadJob extends StoredJob {
  readonly reason: string;
  readonly attempts: number;
  readonly diedAt: number;
}

/** For health and metrics. */
export interface OutboxDepth {
  readonly pending: number;
  readonly active: number;
  readonly dead: number;
  /** How long the oldest due job has been waiting for a worker. */
  readonly oldestDueMs: number;
}

/**
 * Small named values with an end: claims, short ids, the shared token, aliases. `get` throws `StoreError` with `STORE_SEALED` for a value
 * that cannot be opened, and never says "not there" for it: a list that seems empty would be written over the real one.
 */
export interface Registry {
  get(kind: string, key: string): Promise<unknown>;
  put(kind: string, key: string, value: unknown, ttlMs: number): Promise<void>;
  /** True when the key was free (or past its end) and is now taken: the claim. */
  putIfAbsent(kind: string, key: string, value: unknown, ttlMs: number): Promise<boolean>;
  delete(kind: string, key: string): Promise<boolean>;
}

/** Who asked what, for the operator and for the person's own history. No full ICCID, no secret. */
export interface AuditEvent {
  readonly at: number;
  readonly asker: string;
  readonly place: string;
  readonly iccidMasked: string;
  /** The same for the same eSIM, and of no use without the key; only where there is one. */
  readonly esimHash?: string;
  readonly outcome: string;
}

/** Which part of the audit. */
export interface AuditQuery {
  readonly asker?: string;
  /** Not older than this. */
  readonly since?: number;
  readonly limit: number;
}

/** Kept for people, not read by the bot's decisions. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
  /** Newest first. */
  recent(query: AuditQuery): Promise<AuditEvent[]>;
}

/** What was read of an eSIM over time, by ICCID, to reckon with: nobody's answer depends on it. */
export interface ReadingHistory {
  /** Keeps one point of each hour, the latest, so that an eSIM has a bounded number however often it is read. */
  append(iccid: string, point: UsagePoint): Promise<void>;
  /** Points taken at `from` or later, the newest `limit` of them, oldest first. */
  since(iccid: string, from: number, limit: number): Promise<UsagePoint[]>;
}

/** How long things are kept. */
export interface Retention {
  readonly snapshotMs: number;
  readonly doneJobMs: number;
  readonly deadJobMs: number;
  readonly auditMs: number;
  readonly historyMs: number;
}

/** The store cannot be read or written; `code` is stable, `remedy` is for the operator. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code:
    | 'STORE_UNAVAILABLE'
    /** It is there and says no: only the operator can change that. */
    | 'STORE_REFUSED'
    | 'STORE_READ_ONLY'
    | 'STORE_FULL'
    | 'STORE_CORRUPT'
    | 'STORE_TOO_NEW'
    | 'STORE_SEALED'
    /** Somebody else has it open, and this wants it alone. */
    | 'STORE_IN_USE';
  readonly remedy: string;
  constructor(code: StoreError['code'], message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
