import {
  AiraloError,
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  RecycledEsimError,
  UnknownEsimError,
  UnreadableBodyError,
} from '../airalo/errors.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../ops/log.ts';
import type { CallGate, CallPace } from '../storage/ports.ts';
import type { DetailCopies, DetailCopy } from './detail-copies.ts';
import type { DetailResult } from './detail-result.ts';
import type { WaitReason } from './reply.ts';

/** What every kind of detail is read with. */
export interface FetchParts {
  readonly gate: CallGate;
  readonly pace: CallPace;
  readonly clock: Clock;
  readonly log: Log;
  /** Between two calls to Airalo, usage and details of all processes together. */
  readonly paceIntervalMs: number;
}

/** One kind of detail. */
export interface DetailKind<T> {
  /** Names its gates: `packages:8910…`. */
  readonly name: string;
  /** A copy younger than this is the answer. */
  readonly freshMs: number;
  /** How long Airalo must not be asked again after it has answered; 0 where it has no such rule. */
  readonly windowMs: number;
  /** For a 429 that does not say until when. */
  readonly waitMs: number;
  readonly copies: DetailCopies<T>;
}

const LONGEST_TURN_MS = 9_000;
/** Longer than the turn and the client's whole budget together, so that a lease never ends under a running call. */
const LEASE_MS = 20_000;
const UNAVAILABLE_RETRY_MS = 30_000;
const OPERATOR_RETRY_MS = 30_000;
const POLL_MS = 100;
/** The same as that of usage: five calls a second are for everything together. */
const PACE_KEY = 'airalo-usage';

/** Reads what `key` names, asking with `fetch` only when Airalo may be asked. */
export type DetailRead<T> = (key: string, fetch: () => Promise<T>) => Promise<DetailResult<T>>;

/** Cache-aside behind a gate, single-flight within the process and among processes; for anything but usage. */
export function createDetailFetch(parts: FetchParts): <T>(kind: DetailKind<T>) => DetailRead<T> {
  const { gate, clock } = parts;
  let operatorProblem: { readonly result: DetailResult<never>; readonly until: number } | undefined;

  function readerOf<T>(kind: DetailKind<T>): DetailRead<T> {
    const inFlight = new Map<string, Promise<DetailResult<T>>>();

    const gateKey = (key: string) => `${kind.name}:${key}`;
    const release = ({ key, token }: Lease) => gate.release(gateKey(key), token);
    const settle = ({ key, token }: Lease, openAt: number) => gate.settle(gateKey(key), token, openAt);

    return (key, fetch) => {
      const running = inFlight.get(key) ?? readAlone(key, fetch).finally(() => inFlight.delete(key));
      inFlight.set(key, running);
      return running;
    };

    async function readAlone(key: string, fetch: () => Promise<T>): Promise<DetailResult<T>> {
      const startedAt = clock.now();
      for (;;) {
        const copy = await kind.copies.get(key);
        if (isFresh(copy)) return fromCopy(copy);
        const decision = await gate.tryAcquire(gateKey(key), LEASE_MS);
        if (decision.state === 'leader') return askAsLeader({ key, token: decision.token }, fetch);
        if (decision.state === 'closed') return fromClosedGate(key, decision.openAt);
        if (clock.now() - startedAt > LONGEST_TURN_MS) return wait('busy', decision.leaseUntil, copy);
        await clock.sleep(POLL_MS);
      }
    }

    async function fromClosedGate(key: string, openAt: number): Promise<DetailResult<T>> {
      const copy = await kind.copies.get(key);
      return isFresh(copy) ? fromCopy(copy) : wait('rate-limited', openAt, copy);
    }

    function isFresh(copy: DetailCopy<T> | undefined): copy is DetailCopy<T> {
      return copy !== undefined && copy.asOf + kind.freshMs > clock.now();
    }

    async function askAsLeader(lease: Lease, fetch: () => Promise<T>): Promise<DetailResult<T>> {
      const before = await kind.copies.get(lease.key);
      // Another process has had the lease between our two looks.
      if (isFresh(before)) {
        await release(lease);
        return fromCopy(before);
      }
      if (operatorProblem && clock.now() < operatorProblem.until) {
        await release(lease);
        return operatorProblem.result;
      }
      const turn = await parts.pace.reserve(PACE_KEY, parts.paceIntervalMs, LONGEST_TURN_MS);
      if (turn.kind === 'busy') {
        await release(lease);
        return wait('busy', turn.freeAt, before);
      }
      if (turn.startAt > clock.now()) await clock.sleep(turn.startAt - clock.now());
      try {
        return await learnt(lease, { kind: 'found', value: await fetch(), asOf: clock.now() });
      } catch (error) {
        return failed(error, lease, before);
      }
    }

    async function failed(
      error: unknown,
      lease: Lease,
      before: DetailCopy<T> | undefined,
    ): Promise<DetailResult<T>> {
      if (error instanceof UnknownEsimError)
        return learnt(lease, { kind: 'unknown-esim', asOf: clock.now() });
      if (error instanceof RecycledEsimError) return learnt(lease, { kind: 'recycled', asOf: clock.now() });
      if (error instanceof RateLimitedError) {
        const until = error.retryAt ?? clock.now() + kind.waitMs;
        await settle(lease, until);
        return wait('rate-limited', until, before);
      }
      if (error instanceof UnreadableBodyError) {
        // Airalo has answered, so the call was counted.
        const until = clock.now() + Math.max(kind.windowMs, UNAVAILABLE_RETRY_MS);
        await settle(lease, until);
        return wait('airalo-unavailable', until, before);
      }
      await release(lease);
      return withoutAnswer(error, before);
    }

    function withoutAnswer(error: unknown, before: DetailCopy<T> | undefined): DetailResult<T> {
      const later = clock.now() + UNAVAILABLE_RETRY_MS;
      if (error instanceof AiraloUnavailableError)
        return wait('airalo-unavailable', error.retryAt ?? later, before);
      if (error instanceof DeclinedError) return { kind: 'declined', detail: error.detail };
      if (error instanceof CredentialsRefusedError) return needOperator('credentials-refused', error);
      if (error instanceof IpNotAllowedError) return needOperator('ip-not-allowed', error);
      if (error instanceof AiraloError) return wait('airalo-unavailable', later, before);
      throw error;
    }

    /** Keeps first, opens or closes the gate second: whoever finds it closed finds the copy. */
    async function learnt(lease: Lease, copy: DetailCopy<T>): Promise<DetailResult<T>> {
      operatorProblem = undefined;
      await kind.copies.put(lease.key, copy);
      if (kind.windowMs === 0) await release(lease);
      else await settle(lease, copy.asOf + kind.windowMs);
      return fromCopy(copy);
    }

    function fromCopy(copy: DetailCopy<T>): DetailResult<T> {
      const askableAt = copy.asOf + kind.freshMs;
      if (copy.kind === 'found') return { ...copy, askableAt };
      return copy.kind === 'recycled' ? { kind: 'recycled' } : { kind: 'unknown-esim', askableAt };
    }
  }

  /** Told to the operator, who alone can mend it, and remembered for a while. */
  function needOperator(
    cause: 'credentials-refused' | 'ip-not-allowed',
    error: CredentialsRefusedError | IpNotAllowedError,
  ): DetailResult<never> {
    parts.log.error({ err: error }, `${error.message}. Remedy: ${error.remedy}`);
    const result: DetailResult<never> = { kind: 'operator-needed', cause };
    operatorProblem = { result, until: clock.now() + OPERATOR_RETRY_MS };
    return result;
  }

  return readerOf;
}

/** The right to ask about one thing. */
interface Lease {
  readonly key: string;
  readonly token: string;
}

/** The copy with its age where there is one. */
function wait<T>(because: WaitReason, until: number, before: DetailCopy<T> | undefined): DetailResult<T> {
  if (before?.kind !== 'found') return { kind: 'wait', because, until };
  return { kind: 'found', value: before.value, asOf: before.asOf, askableAt: until, late: because };
}
