import {
  AiraloError,
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  UnknownEsimError,
  UnreadableBodyError,
} from '../airalo/errors.ts';
import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { pointOf } from '../domain/usage-point.ts';
import type { Log } from '../ops/log.ts';
import type { CallGate, CallPace, ReadingHistory, Snapshot, SnapshotCache } from '../storage/ports.ts';
import type { WaitReason } from './reply.ts';

/** What is known of an eSIM after looking: cached, or just read. Instants are epoch ms. */
export type ReadResult =
  | {
      readonly kind: 'reading';
      readonly reading: UsageReading;
      readonly asOf: number;
      readonly refreshableAt: number;
      /** True when Airalo was asked for it just now, by this process or by another one we waited for. */
      readonly justRead: boolean;
    }
  | { readonly kind: 'unknown-esim'; readonly refreshableAt: number }
  | {
      readonly kind: 'wait';
      readonly because: WaitReason;
      readonly until: number;
      readonly previous?: Previous;
    }
  | { readonly kind: 'operator-needed'; readonly cause: 'credentials-refused' | 'ip-not-allowed' }
  | { readonly kind: 'declined'; readonly detail: string };

interface Previous {
  readonly reading: UsageReading;
  readonly asOf: number;
}

/** The only way to Airalo for everybody: lookups, refreshes and promised answers alike. */
export interface UsageReader {
  /**
   * The latest reading taken after `newerThan`, asking Airalo only when it may be asked. Any number of callers, in any
   * number of processes, cause at most one call per eSIM and window.
   */
  read(iccid: Iccid, newerThan: number): Promise<ReadResult>;
}

/** What reading needs. */
export interface ReaderParts {
  readonly snapshots: SnapshotCache;
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly history: Pick<ReadingHistory, 'append'>;
  readonly readUsage: (iccid: Iccid) => Promise<UsageReading>;
  readonly clock: Clock;
  readonly log: Log;
  /** The bot's own window per eSIM; a 429's `Retry-After` overrides it. */
  readonly windowMs: number;
  /** Between two calls to Airalo, all processes together: 250 ms stays under its 5 a second. */
  readonly paceIntervalMs: number;
}

/** How long a question may wait for its turn; above it, the answer is deferred. */
const LONGEST_TURN_MS = 9_000;
/** Longer than the turn and the client's whole budget together, so that a lease never ends under a running call. */
const LEASE_MS = 20_000;
const UNAVAILABLE_RETRY_MS = 30_000;
/** A refusal that only the operator can mend is not tried again for every question. */
const OPERATOR_RETRY_MS = 30_000;
const POLL_FIRST_MS = 20;
const POLL_LONGEST_MS = 200;

/** The gate of one eSIM, the same for every process. */
export const usageGateKey = (iccid: Iccid): string => `usage:${iccid}`;

/** Cache-aside, single-flight within the process, one leader among processes. */
export function createUsageReader(parts: ReaderParts): UsageReader {
  const { snapshots, gate, clock, windowMs } = parts;
  const inFlight = new Map<Iccid, Promise<ReadResult>>();
  let operatorProblem: { readonly result: ReadResult; readonly until: number } | undefined;

  async function read(iccid: Iccid, newerThan: number): Promise<ReadResult> {
    const snapshot = await snapshots.get(iccid);
    if (snapshot && snapshot.asOf > newerThan) return fromSnapshot(snapshot, false);
    const running = inFlight.get(iccid) ?? ask(iccid, newerThan).finally(() => inFlight.delete(iccid));
    inFlight.set(iccid, running);
    return running;
  }

  /** Becomes the leader, or waits for the one there is. */
  async function ask(iccid: Iccid, newerThan: number): Promise<ReadResult> {
    const key = usageGateKey(iccid);
    const startedAt = clock.now();
    for (let pollMs = POLL_FIRST_MS; ; pollMs = Math.min(pollMs * 2, POLL_LONGEST_MS)) {
      const decision = await gate.tryAcquire(key, LEASE_MS);
      if (decision.state === 'leader') return askAsLeader(iccid, decision.token, newerThan);
      if (decision.state === 'closed') return fromClosedGate(iccid, decision.openAt, newerThan, startedAt);
      if (clock.now() - startedAt > LONGEST_TURN_MS)
        return wait('busy', decision.leaseUntil, await snapshots.get(iccid));
      await clock.sleep(pollMs);
    }
  }

  async function fromClosedGate(
    iccid: Iccid,
    openAt: number,
    newerThan: number,
    startedAt: number,
  ): Promise<ReadResult> {
    const snapshot = await snapshots.get(iccid);
    if (snapshot && snapshot.asOf > newerThan) return fromSnapshot(snapshot, snapshot.asOf >= startedAt);
    return wait('rate-limited', openAt, snapshot);
  }

  async function askAsLeader(iccid: Iccid, token: string, newerThan: number): Promise<ReadResult> {
    const key = usageGateKey(iccid);
    const snapshot = await snapshots.get(iccid);
    // A leader that died between storing its reading and closing the gate has left us the answer.
    if (snapshot && snapshot.asOf > newerThan) {
      await gate.settle(key, token, snapshot.asOf + windowMs);
      return fromSnapshot(snapshot, false);
    }
    if (operatorProblem && clock.now() < operatorProblem.until) {
      await gate.release(key, token);
      return operatorProblem.result;
    }
    const turn = await parts.pace.reserve('airalo-usage', parts.paceIntervalMs, LONGEST_TURN_MS);
    if (turn.kind === 'busy') {
      await gate.release(key, token);
      return wait('busy', turn.freeAt, snapshot);
    }
    if (turn.startAt > clock.now()) await clock.sleep(turn.startAt - clock.now());
    return callAiralo(iccid, token, snapshot);
  }

  async function callAiralo(iccid: Iccid, token: string, before: Snapshot | undefined): Promise<ReadResult> {
    const key = usageGateKey(iccid);
    try {
      const reading = await parts.readUsage(iccid);
      return await learnt(iccid, token, { kind: 'reading', reading, asOf: clock.now() });
    } catch (error) {
      if (error instanceof UnknownEsimError)
        return learnt(iccid, token, { kind: 'unknown-esim', asOf: clock.now() });
      if (error instanceof RateLimitedError) {
        const until = error.retryAt ?? clock.now() + windowMs;
        await gate.settle(key, token, until);
        return wait('rate-limited', until, before);
      }
      if (error instanceof UnreadableBodyError) {
        // Airalo has answered, so the call was counted.
        const until = clock.now() + windowMs;
        await gate.settle(key, token, until);
        return wait('airalo-unavailable', until, before);
      }
      await gate.release(key, token);
      return withoutAnswer(error, before);
    }
  }

  function withoutAnswer(error: unknown, before: Snapshot | undefined): ReadResult {
    if (error instanceof AiraloUnavailableError)
      return wait('airalo-unavailable', error.retryAt ?? clock.now() + UNAVAILABLE_RETRY_MS, before);
    if (error instanceof DeclinedError) return { kind: 'declined', detail: error.detail };
    if (error instanceof CredentialsRefusedError) return needOperator('credentials-refused', error);
    if (error instanceof IpNotAllowedError) return needOperator('ip-not-allowed', error);
    if (error instanceof AiraloError)
      return wait('airalo-unavailable', clock.now() + UNAVAILABLE_RETRY_MS, before);
    throw error;
  }

  /** Told to the operator, who alone can mend it, and remembered. */
  function needOperator(
    cause: 'credentials-refused' | 'ip-not-allowed',
    error: CredentialsRefusedError | IpNotAllowedError,
  ): ReadResult {
    parts.log.error({ err: error }, `${error.message}. Remedy: ${error.remedy}`);
    const result: ReadResult = { kind: 'operator-needed', cause };
    operatorProblem = { result, until: clock.now() + OPERATOR_RETRY_MS };
    return result;
  }

  /** Stores first, closes the gate second: whoever finds it closed finds the reading. */
  async function learnt(iccid: Iccid, token: string, snapshot: Snapshot): Promise<ReadResult> {
    operatorProblem = undefined;
    await snapshots.put(iccid, snapshot);
    await gate.settle(usageGateKey(iccid), token, snapshot.asOf + windowMs);
    noteDown(iccid, snapshot);
    return fromSnapshot(snapshot, true);
  }

  /** Nobody waits for it, and no answer depends on it. */
  function noteDown(iccid: Iccid, snapshot: Snapshot): void {
    const point = snapshot.kind === 'reading' ? pointOf(snapshot.reading, snapshot.asOf) : undefined;
    if (!point) return;
    void parts.history
      .append(iccid, point)
      .catch((error: unknown) => parts.log.debug({ err: error }, 'A reading is missing in the history'));
  }

  function fromSnapshot(snapshot: Snapshot, justRead: boolean): ReadResult {
    const refreshableAt = snapshot.asOf + windowMs;
    if (snapshot.kind === 'unknown-esim') return { kind: 'unknown-esim', refreshableAt };
    return { kind: 'reading', reading: snapshot.reading, asOf: snapshot.asOf, refreshableAt, justRead };
  }

  return { read };
}

function wait(because: WaitReason, until: number, before: Snapshot | undefined): ReadResult {
  if (before?.kind !== 'reading') return { kind: 'wait', because, until };
  return { kind: 'wait', because, until, previous: { reading: before.reading, asOf: before.asOf } };
}
