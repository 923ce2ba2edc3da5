import { AiraloError } from '../airalo/errors.ts';
import type { Clock } from '../clock.ts';
import type { Registry } from '../storage/ports.ts';
import type { Copy } from './copies.ts';
import { type Dated, fromCopy, type GatedResult, plain, previousIn, resultOf } from './gated-result.ts';
import type { OperatorProblem } from './operator-problem.ts';
import { endingOf } from './read-endings.ts';
import type { ReadKind } from './read-kind.ts';
import type { Lease, Leases } from './read-lease.ts';

/** What the holder of a lease works with. */
export interface LeaderParts {
  readonly leases: Leases;
  readonly problem: OperatorProblem;
  readonly registry: Registry;
  readonly clock: Clock;
}

/** Between a first "not found" and the next question, where there is no window. */
const DOUBT_MS = 30_000;
const DOUBT = 'doubt';
const DOUBT_KEPT_MS = 30 * 24 * 60 * 60_000;

/** The one who may ask: calls Airalo once, keeps what it has learnt, and ends the lease whatever comes. */
export function createLeaderRead<T>(
  { copies, windowMs, waitMs }: ReadKind<T>,
  { leases, problem, registry, clock }: LeaderParts,
) {
  return async function readAsLeader(
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
    const cause = problem.standing();
    if (cause) {
      await leases.release(lease);
      return { kind: 'operator-needed', cause, ...previousIn(before) };
    }
    const comesAt = await leases.takePlace(lease);
    if (comesAt !== undefined)
      return { kind: 'wait', because: 'busy', until: comesAt, ...previousIn(before) };
    try {
      return await learnt(lease, { kind: 'found', value: await fetch(), asOf: clock.now() });
    } catch (error) {
      return failed(error, lease, before?.kind === 'found' ? before : undefined);
    }
  };

  async function failed(error: unknown, lease: Lease, before: Dated<T> | undefined): Promise<GatedResult<T>> {
    const now = clock.now();
    if (!(error instanceof AiraloError)) {
      await leases.release(lease);
      throw error;
    }
    const ending = endingOf(error, now, { windowMs, waitMs });
    switch (ending.kind) {
      case 'unknown-esim':
        if (before && !(await isDoubtedAlready(registry, lease, before))) {
          const until = now + Math.max(windowMs, DOUBT_MS);
          await leases.close(lease, until, 'rate-limited');
          return { kind: 'doubted', until, previous: plain(before) };
        }
        return learnt(lease, { kind: ending.kind, asOf: now });
      case 'recycled':
        return learnt(lease, { kind: ending.kind, asOf: now });
      case 'wait':
        if (ending.closes) await leases.close(lease, ending.until, ending.because);
        else await leases.release(lease);
        break;
      case 'operator-needed':
        problem.note(ending, error);
        if (ending.concerns === 'one-question')
          await leases.close(lease, ending.until, 'credentials-refused');
        else await leases.release(lease);
        break;
      case 'declined':
        await leases.release(lease);
        break;
      default:
        return ending satisfies never;
    }
    return resultOf(ending, before);
  }

  /** Stores first, closes the gate second: whoever finds it closed finds the copy. */
  async function learnt(lease: Lease, copy: Copy<T>): Promise<GatedResult<T>> {
    problem.clear();
    await copies.put(lease.key, copy);
    await closeWindow(lease, copy.asOf);
    return fromCopy(copy, true);
  }

  async function closeWindow(lease: Lease, asOf: number): Promise<void> {
    if (windowMs === 0) await leases.release(lease);
    else await leases.close(lease, asOf + windowMs, 'rate-limited');
  }
}

/** True when Airalo says "not found" for the second time to what it has told of. */
async function isDoubtedAlready(
  registry: Registry,
  { gateKey }: Lease,
  before: Dated<unknown>,
): Promise<boolean> {
  // A reading since then has another age, so that an old doubt is none.
  if ((await registry.get(DOUBT, gateKey)) === before.asOf) return true;
  await registry.put(DOUBT, gateKey, before.asOf, DOUBT_KEPT_MS);
  return false;
}
