import { AiraloError } from '../airalo/errors.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CallGate, CallPace, Registry } from '../storage/ports.ts';
import { createCallLine } from './call-line.ts';
import type { Copies, Copy } from './copies.ts';
import { closedBecause, holdsPlace, leavePlace, putGateNote } from './gate-note.ts';
import { type Dated, fromCopy, type GatedResult, plain, previousIn, resultOf } from './gated-result.ts';
import { type Ending, endingOf, OPERATOR_RETRY_MS } from './read-endings.ts';
import type { OperatorCause, WaitReason } from './reply.ts';

/** What every gated read needs. */
export interface GatedReadParts {
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two calls to Airalo, of all kinds and processes together: 250 ms stays under its 5 a second. */
  readonly paceIntervalMs: number;
  /**
   * Fetches what every call needs first, so that nobody's turn passes meanwhile; undefined when it is there. Rejects with an
   * `AiraloError`.
   */
  readonly prepare?: () => Promise<void> | undefined;
}

/** One kind of question. */
export interface ReadKind<T> {
  /** Names its gates: `usage:8910…`. */
  readonly name: string;
  /** How long Airalo must not be asked again after it has answered; 0 where it has no such rule. */
  readonly windowMs: number;
  /** For a 429 that does not say until when. */
  readonly waitMs: number;
  readonly copies: Copies<T>;
}

/** The latest value of `key` that is newer than `newerThan`, asking with `fetch` only when Airalo may be asked. */
export type GatedRead<T> = (
  key: string,
  newerThan: number,
  fetch: () => Promise<T>,
) => Promise<GatedResult<T>>;

/** How long a question may wait for its turn; above it, the answer is deferred. */
const MAX_TURN_MS = 9_000;
/** Longer than the turn and the client's whole budget together, so that a lease never ends under a running call. */
const LEASE_MS = 20_000;
/** How often one who waits for another process' call looks again: soon at first, since most calls are short. */
const POLL_FIRST_MS = 20;
const POLL_LONGEST_MS = 200;
/** Between a first "not found" and the next question, where there is no window. */
const DOUBT_MS = 30_000;
const DOUBT = 'doubt';
const DOUBT_KEPT_MS = 30 * 24 * 60 * 60_000;

/** The right to ask about one thing. */
interface Lease {
  readonly key: string;
  readonly gateKey: string;
  readonly token: string;
}

/** The gate of one question, the same for every process. */
export const gateKeyOf = (kind: string, key: string): string => `${kind}:${key}`;

/**
 * Cache-aside behind a gate, single-flight within the process, one leader among processes: the one way to Airalo for every kind of
 * question. Any number of callers cause at most one call for each key and window.
 */
export function createGatedReads(parts: GatedReadParts): <T>(kind: ReadKind<T>) => GatedRead<T> {
  const { gate, registry, clock, log } = parts;
  const line = createCallLine(parts.pace, parts.paceIntervalMs);
  let operatorProblem: { readonly cause: OperatorCause; readonly until: number } | undefined;

  /** Nothing by a clock that was put back. */
  function standingProblem(): OperatorCause | undefined {
    const leftMs = (operatorProblem?.until ?? 0) - clock.now();
    return leftMs > 0 && leftMs <= OPERATOR_RETRY_MS ? operatorProblem?.cause : undefined;
  }

  /** The reason first, the gate second: whoever finds it closed finds the reason. */
  async function close(
    { gateKey, token }: Lease,
    until: number,
    because: WaitReason | 'credentials-refused',
  ): Promise<void> {
    if (because !== 'rate-limited') await putGateNote(registry, gateKey, { because, until }, clock.now());
    await gate.settle(gateKey, token, until);
  }

  const release = ({ gateKey, token }: Lease) => gate.release(gateKey, token);

  /** Waits for the place in the line; the instant at which it comes where that is too long to wait for. */
  async function takePlace(lease: Lease): Promise<number | undefined> {
    if (await holdsPlace(registry, lease.gateKey, clock.now())) {
      await leavePlace(registry, lease.gateKey);
      return undefined;
    }
    const place = await line.take();
    if (place.kind === 'full') {
      await release(lease);
      return place.until;
    }
    const aheadMs = place.at - clock.now();
    if (aheadMs > MAX_TURN_MS) {
      // Nobody else need queue up for the same; the place is taken by whoever asks when it has come.
      await close(lease, place.at, 'busy');
      return place.at;
    }
    if (aheadMs > 0) await clock.sleep(aheadMs);
    return undefined;
  }

  /** True when Airalo says "not found" for the second time to what it has told of. */
  async function isDoubtedAlready({ gateKey }: Lease, before: Dated<unknown>): Promise<boolean> {
    // A reading since then has another age, so that an old doubt is none.
    if ((await registry.get(DOUBT, gateKey)) === before.asOf) return true;
    await registry.put(DOUBT, gateKey, before.asOf, DOUBT_KEPT_MS);
    return false;
  }

  function noteProblem(ending: Extract<Ending, { kind: 'operator-needed' }>, error: unknown): void {
    const { message, remedy } = remedyOf(error);
    if (ending.concerns === 'one-question') {
      // Without the remedy: it would send the operator to credentials that serve.
      log.warn({ cause: ending.cause }, `${message}; the others are not kept waiting for it`);
      return;
    }
    log.error({ err: error }, `${message}. Remedy: ${remedy}`);
    operatorProblem = { cause: ending.cause, until: ending.until };
  }

  return <T>(kind: ReadKind<T>): GatedRead<T> => {
    const { copies } = kind;
    const inFlight = new Map<string, Promise<GatedResult<T>>>();

    async function read(key: string, newerThan: number, fetch: () => Promise<T>): Promise<GatedResult<T>> {
      const copy = await copies.get(key);
      if (copy && copy.asOf > newerThan) return fromCopy(copy, false);
      // Within the process nobody polls: all of them share one promise.
      const running = inFlight.get(key) ?? ask(key, newerThan, fetch).finally(() => inFlight.delete(key));
      inFlight.set(key, running);
      return running;
    }

    /** Becomes the leader, or waits for the one there is. */
    async function ask(key: string, newerThan: number, fetch: () => Promise<T>): Promise<GatedResult<T>> {
      const gateKey = gateKeyOf(kind.name, key);
      const startedAt = clock.now();
      let prepared = false;
      let waitedMs = 0;
      for (let pollMs = POLL_FIRST_MS; ; pollMs = Math.min(pollMs * 2, POLL_LONGEST_MS)) {
        const decision = await gate.tryAcquire(gateKey, LEASE_MS);
        if (decision.state === 'leader') {
          const lease = { key, gateKey, token: decision.token };
          const preparing = prepared || standingProblem() ? undefined : parts.prepare?.();
          if (!preparing) return askAsLeader(lease, newerThan, fetch);
          // Not under the lease: it would not be long enough for this and the call.
          const unprepared = await preparationOf(preparing, release(lease), key);
          if (unprepared) return unprepared;
          prepared = true;
          continue;
        }
        // Closed while we waited: the leader has learnt something, or was told to wait.
        if (decision.state === 'closed') return fromClosedGate(key, decision.openAt, newerThan, startedAt);
        // Added up, not read from the clock, which may be put back meanwhile.
        if (waitedMs > MAX_TURN_MS) {
          const until = Math.min(decision.leaseUntil, clock.now() + LEASE_MS);
          return { kind: 'wait', because: 'busy', until, ...previousIn(await copies.get(key)) };
        }
        await clock.sleep(pollMs);
        waitedMs += pollMs;
      }
    }

    /** What a failed preparation comes to; undefined when all is there. */
    async function preparationOf(
      preparing: Promise<void>,
      released: Promise<void>,
      key: string,
    ): Promise<GatedResult<T> | undefined> {
      try {
        await Promise.all([preparing, released]);
        return undefined;
      } catch (error) {
        if (!(error instanceof AiraloError)) throw error;
        const ending = endingOf(error, clock.now(), kind);
        if (ending.kind === 'operator-needed') noteProblem(ending, error);
        const copy = await copies.get(key);
        return resultOf(ending, copy?.kind === 'found' ? copy : undefined);
      }
    }

    async function fromClosedGate(
      key: string,
      openAt: number,
      newerThan: number,
      startedAt: number,
    ): Promise<GatedResult<T>> {
      const copy = await copies.get(key);
      if (copy && copy.asOf > newerThan) return fromCopy(copy, copy.asOf >= startedAt);
      const because = await closedBecause(registry, gateKeyOf(kind.name, key), openAt);
      const previous = previousIn(copy);
      return because === 'credentials-refused'
        ? { kind: 'operator-needed', cause: because, ...previous }
        : { kind: 'wait', because, until: openAt, ...previous };
    }

    async function askAsLeader(
      lease: Lease,
      newerThan: number,
      fetch: () => Promise<T>,
    ): Promise<GatedResult<T>> {
      const before = await copies.get(lease.key);
      // A leader that died between storing its answer and closing the gate has left it to us.
      if (before && before.asOf > newerThan) {
        await closeWindow(lease, before.asOf);
        return fromCopy(before, false);
      }
      const cause = standingProblem();
      if (cause) {
        await release(lease);
        return { kind: 'operator-needed', cause, ...previousIn(before) };
      }
      const comesAt = await takePlace(lease);
      if (comesAt !== undefined)
        return { kind: 'wait', because: 'busy', until: comesAt, ...previousIn(before) };
      try {
        return await learnt(lease, { kind: 'found', value: await fetch(), asOf: clock.now() });
      } catch (error) {
        return failed(error, lease, before?.kind === 'found' ? before : undefined);
      }
    }

    async function failed(
      error: unknown,
      lease: Lease,
      before: Dated<T> | undefined,
    ): Promise<GatedResult<T>> {
      const now = clock.now();
      if (!(error instanceof AiraloError)) {
        await release(lease);
        throw error;
      }
      const ending = endingOf(error, now, kind);
      switch (ending.kind) {
        case 'unknown-esim':
          if (before && !(await isDoubtedAlready(lease, before))) {
            const until = now + Math.max(kind.windowMs, DOUBT_MS);
            await close(lease, until, 'rate-limited');
            return { kind: 'doubted', until, previous: plain(before) };
          }
          return learnt(lease, { kind: ending.kind, asOf: now });
        case 'recycled':
          return learnt(lease, { kind: ending.kind, asOf: now });
        case 'wait':
          if (ending.closes) await close(lease, ending.until, ending.because);
          else await release(lease);
          break;
        case 'operator-needed':
          noteProblem(ending, error);
          if (ending.concerns === 'one-question') await close(lease, ending.until, 'credentials-refused');
          else await release(lease);
          break;
        case 'declined':
          await release(lease);
          break;
        default:
          return ending satisfies never;
      }
      return resultOf(ending, before);
    }

    /** Stores first, closes the gate second: whoever finds it closed finds the copy. */
    async function learnt(lease: Lease, copy: Copy<T>): Promise<GatedResult<T>> {
      operatorProblem = undefined;
      await copies.put(lease.key, copy);
      await closeWindow(lease, copy.asOf);
      return fromCopy(copy, true);
    }

    async function closeWindow(lease: Lease, asOf: number): Promise<void> {
      if (kind.windowMs === 0) await release(lease);
      else await gate.settle(lease.gateKey, lease.token, asOf + kind.windowMs);
    }

    return read;
  };
}

function remedyOf(error: unknown): { readonly message: string; readonly remedy: string } {
  const message = error instanceof Error ? error.message : 'Airalo refuses us';
  const remedy =
    error instanceof Error && 'remedy' in error && typeof error.remedy === 'string' ? error.remedy : '';
  return { message, remedy };
}
