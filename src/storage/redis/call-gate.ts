import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { CLOCK_NOISE_MS } from '../beyond-belief.ts';
import type { CallGate, GateDecision, GateState } from '../ports.ts';
import { count, PREFIX, type RedisConnection } from './connection.ts';
import { goneKeyOf } from './instance-book.ts';
import { BY_SERVERS_CLOCK, byOurClock } from './skew.ts';

/** What the mark of a dead instance begins with. */
const GONE = goneKeyOf('');

/** `leader` | `in-flight`, lease until, now | `closed`, open at, now | `open`; instants by the server's clock. */
const answer = z.union([
  z.tuple([z.enum(['leader', 'open'])]),
  z.tuple([z.enum(['in-flight', 'closed']), z.coerce.number(), z.number()]),
]);

/**
 * By the server's clock, one for all machines. A lease is `lease <instance>.<token> <setAt>`, a closed window `closed <openAt> <setAt>`
 * (without `setAt` when an earlier version wrote it). A lease ends with its instance. What was set before the server's clock was set back
 * would stay shut for that much longer, since Redis keeps the end of a key as an instant too: it stays shut for as long as it was meant
 * to, from now on.
 */
const LOOK = `
  local held = redis.call('GET', KEYS[1])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local kind, what, setAt = string.match(held or '', '^(%a+) (%S+) ?(%d*)$')
  setAt = tonumber(setAt)
  if kind and setAt and setAt > now + ${CLOCK_NOISE_MS} then
    local left = math.max(1, redis.call('PTTL', KEYS[1]) + now - setAt)
    if kind == 'closed' then
      left = math.max(1, tonumber(what) - setAt)
      what = string.format('%.0f', now + left)
    end
    redis.call('SET', KEYS[1], kind .. ' ' .. what .. ' ' .. string.format('%.0f', now), 'PX', left)
  end
  if kind == 'closed' then return {'closed', what, now} end
  if kind and redis.call('EXISTS', ARGV[1] .. string.match(what, '^[^.]*')) == 1 then kind = nil end
  if kind then return {'in-flight', now + redis.call('PTTL', KEYS[1]), now} end
`;
/** Looks, and changes nothing but what a clock that was set back has made too long. */
const PEEK = `${LOOK} return {'open'}`;
/** Takes the lease where the key is neither leased nor closed: the look and the taking cannot be parted. */
const ACQUIRE = `${LOOK}
  redis.call('SET', KEYS[1], 'lease ' .. ARGV[2] .. ' ' .. string.format('%.0f', now), 'PX', ARGV[3])
  return {'leader'}`;
/** The fence: a leader that came back after its lease was taken over changes nothing. */
const UNLESS_HOLDER = `
  if string.match(redis.call('GET', KEYS[1]) or '', '^lease (%S+)') ~= ARGV[1] then return 0 end`;
/** Closes the window, for the holder of the lease only: a leader that came back too late changes nothing. */
const SETTLE = `
  ${UNLESS_HOLDER}
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local instant, ours = tonumber(ARGV[2]), tonumber(ARGV[3])
  ${BY_SERVERS_CLOCK}
  local left = instant - now
  if left <= 0 then redis.call('DEL', KEYS[1])
  else redis.call('SET', KEYS[1], string.format('closed %.0f %.0f', instant, now), 'PX', left) end
  return 1`;
/** Gives the lease back; one that has passed to somebody else stays theirs. */
const RELEASE = `
  ${UNLESS_HOLDER}
  redis.call('DEL', KEYS[1])
  return 0`;

/**
 * One key for each gate, which Redis itself lets go when the lease or the window ends. Every step is one script, and Redis
 * runs one script at a time: of any number of processes one becomes the leader. Throws `StoreError` on an outage.
 */
export class RedisCallGate implements CallGate {
  readonly #redis: RedisConnection;
  readonly #clock: Clock;

  readonly #instanceId: () => string;

  /** `instanceId`: of this process now; its leases bear it, and are free when it is dead. */
  constructor(redis: RedisConnection, clock: Clock, instanceId: () => string) {
    this.#redis = redis;
    this.#clock = clock;
    this.#instanceId = instanceId;
  }

  /** A lease is at least 1 ms: Redis refuses a life of 0. */
  async tryAcquire(key: string, leaseMs: number): Promise<GateDecision> {
    const token = `${this.#instanceId()}.${randomUUID()}`;
    const lease = Math.max(1, Math.round(leaseMs));
    const state = this.#stateOf(
      await this.#redis.script(answer, ACQUIRE, [keyOf(key)], [GONE, token, lease]),
    );
    return state.state === 'open' ? { state: 'leader', token } : state;
  }

  /** True while the lease was still ours; an `openAt` that has passed leaves the key open. */
  async settle(key: string, token: string, openAt: number): Promise<boolean> {
    const args = [token, Math.round(openAt), this.#clock.now()];
    return (await this.#redis.script(count, SETTLE, [keyOf(key)], args)) === 1;
  }

  async release(key: string, token: string): Promise<void> {
    await this.#redis.script(count, RELEASE, [keyOf(key)], [token]);
  }

  async peek(key: string): Promise<GateState> {
    return this.#stateOf(await this.#redis.script(answer, PEEK, [keyOf(key)], [GONE]));
  }

  /** Instants leave here by our own clock, as callers compare them with it. */
  #stateOf([state, at = 0, serverNow = 0]: z.infer<typeof answer>): GateState {
    const instant = byOurClock(at, serverNow, this.#clock.now());
    if (state === 'in-flight') return { state, leaseUntil: instant };
    if (state === 'closed') return { state, openAt: instant };
    return { state: 'open' };
  }
}

function keyOf(key: string): string {
  return `${PREFIX}:gate:${key}`;
}
