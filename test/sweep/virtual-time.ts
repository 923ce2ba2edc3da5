/**
 * The time of a bot's process, which passes only when the sweep says so. `Date`, every timer of JavaScript, `timers/promises`, `performance.now` and
 * `AbortSignal.timeout` go by it, so that the real bot with its real libraries lives through minutes within milliseconds, and a busy machine makes
 * nobody late. To be imported before all else: libraries take their timers when they are loaded.
 */
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

type Callback = (...args: unknown[]) => void;

/** `setTimeout` fires at once for anything above 2^31 - 1 ms, and for less than 1. */
const MAX_MS = 2_147_483_647;
const RealDate = Date;
const nextTurn = timersPromises.setImmediate;
const startedAt = Number(process.env.SWEEP_NOW ?? RealDate.now());
const waiting = new Set<VirtualTimer>();
let virtualNow = startedAt;
let serial = 0;
let fired = 0;

/** Stands in for Node's `Timeout`. */
class VirtualTimer {
  readonly id = ++serial;
  readonly everyMs: number;
  readonly repeats: boolean;
  readonly run: () => void;
  dueAt: number;
  #referenced = true;

  constructor(run: () => void, delayMs: unknown, repeats: boolean) {
    const asked = Math.floor(Number(delayMs));
    this.everyMs = asked >= 1 && asked <= MAX_MS ? asked : 1;
    this.repeats = repeats;
    this.run = run;
    this.dueAt = virtualNow + this.everyMs;
    waiting.add(this);
  }

  ref(): this {
    this.#referenced = true;
    return this;
  }
  unref(): this {
    this.#referenced = false;
    return this;
  }
  hasRef(): boolean {
    return this.#referenced;
  }
  refresh(): this {
    this.dueAt = virtualNow + this.everyMs;
    waiting.add(this);
    return this;
  }
  close(): this {
    waiting.delete(this);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

function start(repeats: boolean) {
  return (callback: Callback, delayMs?: unknown, ...args: unknown[]) =>
    new VirtualTimer(() => callback(...args), delayMs, repeats);
}

function clear(handle: unknown): void {
  if (handle instanceof VirtualTimer) waiting.delete(handle);
  else if (handle !== undefined && handle !== null)
    for (const timer of waiting) if (timer.id === Number(handle)) waiting.delete(timer);
}

interface SleepOptions {
  readonly signal?: AbortSignal | undefined;
  readonly ref?: boolean;
}

/** As `timers/promises` has it: an abort rejects with an `AbortError` that names its cause. */
function sleep(delayMs?: number, value?: unknown, { signal }: SleepOptions = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      waiting.delete(timer);
      reject(Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), ABORTED));
    };
    const timer = new VirtualTimer(
      () => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      },
      delayMs,
      false,
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
const ABORTED = { name: 'AbortError', code: 'ABORT_ERR' };

async function* ticks(everyMs?: number, value?: unknown, options?: SleepOptions): AsyncGenerator<unknown> {
  for (;;) yield await sleep(everyMs, value, options);
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [virtualNow] : args, newTarget),
  apply: () => new RealDate(virtualNow).toString(),
  get: (target, name) => (name === 'now' ? () => virtualNow : Reflect.get(target, name)),
});
// What is made without arguments is made by the proxy; what has the real constructor is a date all the same.
Object.defineProperty(RealDate.prototype, 'constructor', { value: globalThis.Date });
performance.now = () => virtualNow - startedAt;

const virtual = {
  setTimeout: start(false),
  setInterval: start(true),
  clearTimeout: clear,
  clearInterval: clear,
};
// `util.promisify(setTimeout)` asks for it by this symbol.
Object.defineProperty(virtual.setTimeout, Symbol.for('nodejs.util.promisify.custom'), { value: sleep });
Object.assign(globalThis, virtual);
Object.assign(timers, virtual);
Object.assign(timersPromises, { setTimeout: sleep, setInterval: ticks });
Object.assign(timersPromises.scheduler, {
  wait: (delayMs: number, options?: SleepOptions) => sleep(delayMs, undefined, options),
});
syncBuiltinESMExports();

AbortSignal.timeout = (delayMs: number) => {
  const controller = new AbortController();
  const reason = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  new VirtualTimer(() => controller.abort(reason()), delayMs, false);
  return controller.signal;
};

function earliest(): VirtualTimer | undefined {
  let first: VirtualTimer | undefined;
  for (const timer of waiting)
    if (!first || timer.dueAt < first.dueAt || (timer.dueAt === first.dueAt && timer.id < first.id))
      first = timer;
  return first;
}

/** Lets time pass until `instant`; whoever is due by then runs at its own instant, one after the other. */
export async function passUntil(instant: number): Promise<void> {
  for (let timer = earliest(); timer && timer.dueAt <= instant; timer = earliest()) {
    virtualNow = Math.max(virtualNow, timer.dueAt);
    if (timer.repeats) timer.dueAt += timer.everyMs;
    else waiting.delete(timer);
    fired++;
    timer.run();
    await nextTurn();
  }
  virtualNow = Math.max(virtualNow, instant);
}

/** Time that nobody has lived through: whoever waits, waits as long after it as before. */
export function skipTo(instant: number): void {
  const skippedMs = Math.max(0, instant - virtualNow);
  for (const timer of waiting) timer.dueAt += skippedMs;
  virtualNow += skippedMs;
}

/** When the next timer is due; undefined when none waits. */
export const nextDueAt = (): number | undefined => earliest()?.dueAt;

/** How many timers have fired so far: a sign of life. */
export const timersFired = (): number => fired;

/** What the bot before left behind; said by how many of them would have kept a process alive. */
export function forgetTimers(): number {
  const kept = [...waiting].filter((timer) => timer.hasRef()).length;
  waiting.clear();
  return kept;
}
