import { AiraloError } from '../airalo/errors.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CallGate, CallPace, Registry } from '../storage/ports.ts';
import { createCallLine } from './call-line.ts';
import { closedBecause } from './gate-note.ts';
import { fromCopy, type GatedResult, previousIn, resultOf } from './gated-result.ts';
import { createLeaderRead } from './leader-read.ts';
import { createOperatorProblem, type OperatorProblem } from './operator-problem.ts';
import { endingOf } from './read-endings.ts';
import { gateKeyOf, type ReadKind } from './read-kind.ts';
import { createLeases, LEASE_MS, MAX_TURN_MS } from './read-lease.ts';

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

/** The latest value of `key` that is newer than `newerThan`, asking with `fetch` only when Airalo may be asked. */
export type GatedRead<T> = (
  key: string,
  newerThan: number,
  fetch: () => Promise<T>,
) => Promise<GatedResult<T>>;

/** How often one who waits for another process' call looks again: soon at first, since most calls are short. */
const POLL_FIRST_MS = 20;
const POLL_LONGEST_MS = 200;

/**
 * Cache-aside behind a gate, single-flight within the process, one leader among processes: the one way to Airalo for every kind of
 * question. Any number of callers cause at most one call for each key and window.
 */
export function createGatedReads(parts: GatedReadParts): <T>(kind: ReadKind<T>) => GatedRead<T> {
  const { gate, registry, clock, log } = parts;
  const line = createCallLine(parts.pace, parts.paceIntervalMs);
  const leases = createLeases({ gate, registry, line, clock });
  const problem = createOperatorProblem(clock, log);

  return <T>(kind: ReadKind<T>): GatedRead<T> => {
    const { copies } = kind;
    const readAsLeader = createLeaderRead(kind, { leases, problem, registry, clock });
    const inFlight = new Map<string, Promise<GatedResult<T>>>();

    return async function read(key, newerThan, fetch) {
      const copy = await copies.get(key);
      if (copy && copy.asOf > newerThan) return fromCopy(copy, false);
      // Within the process nobody polls: all of them share one promise.
      const running = inFlight.get(key) ?? ask(key, newerThan, fetch).finally(() => inFlight.delete(key));
      inFlight.set(key, running);
      return running;
    };

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
          const preparing = prepared || problem.standing() ? undefined : parts.prepare?.();
          if (!preparing) return readAsLeader(lease, newerThan, fetch);
          // Not under the lease: it would not be long enough for this and the call.
          const released = leases.release(lease);
          const unprepared = await preparationOf(kind, key, [preparing, released], { problem, clock });
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
  };
}

/** What a failed preparation comes to; undefined when all is there. */
async function preparationOf<T>(
  kind: ReadKind<T>,
  key: string,
  preparing: readonly Promise<void>[],
  { problem, clock }: { readonly problem: OperatorProblem; readonly clock: Clock },
): Promise<GatedResult<T> | undefined> {
  try {
    await Promise.all(preparing);
    return undefined;
  } catch (error) {
    if (!(error instanceof AiraloError)) throw error;
    const ending = endingOf(error, clock.now(), kind);
    if (ending.kind === 'operator-needed') problem.note(ending, error);
    const copy = await kind.copies.get(key);
    return resultOf(ending, copy?.kind === 'found' ? copy : undefined);
  }
}
