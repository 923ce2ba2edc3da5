/**
 * The time of the bot's process: real time that can be turned ahead. `Date.now`, the injected clock, and every timer of five minutes or more go
 * by it, so that what a library sweeps each hour is swept each simulated hour. Shorter timers (heartbeats, time-outs of sockets) stay real, but for
 * those that renew leases in Redis: a lease runs out by Redis' clock, which is the calendar, and is renewed by the same.
 * To be imported before all else: libraries take their timers when they are loaded.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import type { Clock } from '../../../src/clock.ts';
import { createCalendar } from './calendar.ts';

type Callback = (...args: unknown[]) => void;

/** What waits for an instant, beside a real timer of the same length. */
interface Waiting {
  dueAt: number;
  readonly everyMs: number | undefined;
  run(): void;
}

const LONG_MS = 5 * 60_000;
/** Where the timers of leases are set. */
const LEASES = /[\\/]storage[\\/]claims[\\/]consumer/;
const hasLeasesInRedis = (process.env.STORE_URL ?? '').startsWith('redis');
/** No lease is renewed more often. */
const LEASE_TIMER_MS = 500;
const realNow = Date.now.bind(Date);
const real = { ...timers };
const calendar = createCalendar(process.env.SOAK_CALENDAR ?? '');
const waiting = new Map<unknown, Waiting>();
const late = new Set<Callback>();
let aheadMs = 0;
let atEase = true;
Date.now = () => realNow() + aheadMs;

function turnedTimeout(callback: Callback, delayMs: number, ...args: unknown[]): NodeJS.Timeout {
  if (!(delayMs >= LONG_MS || isOfLeases(delayMs))) return real.setTimeout(callback, delayMs, ...args);
  return keep(delayMs, undefined, () => callback(...args));
}

function isOfLeases(delayMs: number): boolean {
  return hasLeasesInRedis && delayMs >= LEASE_TIMER_MS && LEASES.test(new Error().stack ?? '');
}

function turnedInterval(callback: Callback, everyMs: number, ...args: unknown[]): NodeJS.Timeout {
  if (!(everyMs >= LONG_MS))
    return real.setInterval(() => {
      if (atEase) callback(...args);
      else late.add(callback);
    }, everyMs);
  return keep(everyMs, everyMs, () => callback(...args));
}

function keep(delayMs: number, everyMs: number | undefined, run: () => void): NodeJS.Timeout {
  const fire = () => {
    if (everyMs === undefined) clear(handle);
    run();
  };
  const handle = everyMs === undefined ? real.setTimeout(fire, delayMs) : real.setInterval(fire, delayMs);
  waiting.set(handle, { dueAt: Date.now() + delayMs, everyMs, run: fire });
  return handle;
}

function clear(handle: NodeJS.Timeout | undefined): void {
  waiting.delete(handle);
  real.clearTimeout(handle);
}

const turned = {
  setTimeout: Object.assign(turnedTimeout, real.setTimeout),
  setInterval: Object.assign(turnedInterval, real.setInterval),
  clearTimeout: clear,
  clearInterval: clear,
};
Object.assign(globalThis, turned);
Object.assign(timers, turned);
syncBuiltinESMExports();

/** Turns the time ahead and wakes whoever is due by then, earliest first. */
export function jump(ms: number): void {
  atEase = false;
  aheadMs += ms;
  calendar.turnTo(aheadMs);
  const now = Date.now();
  const due = [...waiting].filter(([, { dueAt }]) => dueAt <= now);
  for (const [handle, one] of due.sort(([, a], [, b]) => a.dueAt - b.dueAt)) {
    if (!waiting.has(handle)) continue;
    while (one.everyMs !== undefined && one.dueAt <= now) one.dueAt += one.everyMs;
    one.run();
  }
}

/** Everybody at the other ends has been heard of since the jump: now who looks for a silent connection (a short interval) may look. */
export function comeToEase(): void {
  atEase = true;
  for (const callback of late) callback();
  late.clear();
}

/** The injected clock. */
export const turnedClock: Clock = {
  now: () => Date.now(),
  sleep(durationMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const end = (settle: () => void) => () => {
        signal?.removeEventListener('abort', onAbort);
        clear(handle);
        settle();
      };
      const onAbort = () => end(() => reject(signal?.reason))();
      const handle = keep(Math.max(0, durationMs), undefined, () => end(resolve)());
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  },
  after(durationMs, run) {
    const handle = keep(Math.max(0, durationMs), undefined, () => {
      clear(handle);
      run();
    });
    return () => clear(handle);
  },
};

/** Sleeps and long timers that wait now. */
export const waitingNow = (): number => waiting.size;
