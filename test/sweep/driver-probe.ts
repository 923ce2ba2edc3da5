/**
 * At the border between the bot and SQLite's driver: counts the statements under way (time must not pass while the disk works), notes each, and makes one
 * of them fail as the driver itself would, or ends the process right before or right after it.
 */

/** How a statement of the store fails. */
export type StoreFault =
  | 'store: locked once'
  | 'store: locked for 60 s'
  | 'store: disk full for 60 s'
  | 'store: SIGKILL before'
  | 'store: SIGKILL after';

/** The `nth` (from 1) statement of this kind since the probe was armed. */
export interface ArmedStatement {
  readonly statement: string;
  readonly nth: number;
  readonly fault: StoreFault;
}

type Done = (error: Error | null, ...results: unknown[]) => void;
type Method = (this: unknown, ...args: unknown[]) => unknown;

const LONG_MS = 60_000;
let inFlight = 0;
let ended = 0;
let armed: ArmedStatement | undefined;
let failingUntil = 0;
let counts = new Map<string, number>();

/** `INSERT jobs`, `SELECT claims` …: what a statement does, without its values. */
function kindOf(sql: string): string {
  const words = sql.replace(/\s+/g, ' ').trim();
  const [verb = ''] = words.split(' ', 1);
  const table =
    /\b(?:INTO|FROM|UPDATE(?: OR \w+)?|TABLE(?: IF NOT EXISTS)?)\s+["'`]?(\w+)/i.exec(words)?.[1] ?? '';
  return `${verb.toUpperCase()} ${table}`.trim();
}

function failureFor(kind: string): Error | undefined {
  if (!armed) return undefined;
  const full = armed.fault.includes('full');
  const writes = !/^(SELECT|PRAGMA)/.test(kind);
  // A full disk still gives what is on it.
  if (Date.now() < failingUntil && (writes || !full)) return driverError(full);
  const nth = (counts.get(kind) ?? 0) + 1;
  counts.set(kind, nth);
  if (failingUntil > 0 || kind !== armed.statement || nth !== armed.nth) return undefined;
  failingUntil = 1;
  if (armed.fault === 'store: SIGKILL before') process.kill(process.pid, 'SIGKILL');
  if (armed.fault.endsWith('60 s')) failingUntil = Date.now() + LONG_MS;
  return armed.fault.includes('SIGKILL') ? undefined : driverError(full);
}

function driverError(full: boolean): Error {
  const [code, errno, words] = full
    ? (['SQLITE_FULL', 13, 'database or disk is full'] as const)
    : (['SQLITE_BUSY', 5, 'database is locked'] as const);
  return Object.assign(new Error(`${code}: ${words}`), { code, errno });
}

/** A connection's methods go through those of a statement, whose callback is not called where it could not be prepared. */
let within = false;

/** A method of a statement, which knows its SQL, or of a connection that is given it. */
function watched(method: Method): Method {
  return function (this: unknown, ...args: unknown[]) {
    const sql: unknown = Reflect.get(Object(this), 'sql') ?? args[0];
    const last = args.at(-1);
    if (within || typeof sql !== 'string' || typeof last !== 'function') return method.apply(this, args);
    const done: Done = (...results) => last.apply(this, results);
    const kind = kindOf(sql);
    inFlight++;
    const isLast = () =>
      armed?.fault === 'store: SIGKILL after' && armed.statement === kind && counts.get(kind) === armed.nth;
    const failure = failureFor(kind);
    const end: Done = (...results) => {
      inFlight--;
      ended++;
      if (isLast()) process.kill(process.pid, 'SIGKILL');
      done(...results);
    };
    if (failure) {
      setImmediate(end, failure);
      return this;
    }
    within = true;
    try {
      return method.apply(this, [...args.slice(0, -1), end]);
    } finally {
      within = false;
    }
  };
}

/** Counts what runs in a thread until its callback is called. */
function counted(done: unknown): unknown {
  if (typeof done !== 'function') return done;
  inFlight++;
  return function (this: unknown, ...results: unknown[]) {
    inFlight--;
    ended++;
    return done.apply(this, results);
  };
}

interface Driver {
  Database: { new (...args: unknown[]): object; readonly prototype: Record<string, Method> };
}

/** Below the driver's own module, before that is loaded: it takes its native class once. */
const native: { readonly default: Driver } = await import(
  new URL('./sqlite3-binding.js', import.meta.resolve('sqlite3')).href
);
native.default.Database = new Proxy(native.default.Database, {
  construct: (target, args: unknown[]) => new target(...args.map(counted)),
});
const { Database, Statement } = await import('sqlite3');
wrap(Statement.prototype, ['all', 'run', 'get'], watched);
wrap(Database.prototype, ['all', 'run', 'get', 'exec'], watched);
wrap(
  Database.prototype,
  ['prepare', 'close'],
  (method) =>
    function (this: unknown, ...args) {
      return method.apply(this, args.map(counted));
    },
);

function wrap(prototype: object, names: readonly string[], how: (method: Method) => Method): void {
  const methods: Record<string, Method> = Object.assign(prototype);
  for (const name of names) {
    const method = methods[name];
    if (method) methods[name] = how(method);
  }
}

/** WebAssembly is compiled in threads too. */
const compiler: Record<string, (...args: unknown[]) => Promise<unknown>> = Reflect.get(
  globalThis,
  'WebAssembly',
);
for (const name of ['compile', 'instantiate']) {
  const work = compiler[name];
  if (!work) continue;
  Object.assign(compiler, {
    [name]: (...args: unknown[]) => {
      inFlight++;
      return work(...args).finally(() => inFlight--);
    },
  });
}

/** From now on statements are counted, and one of them fails when `wanted` says so. */
export function armStatement(wanted: ArmedStatement | undefined): void {
  armed = wanted ?? { statement: '', nth: 0, fault: 'store: locked once' };
  counts = new Map();
  failingUntil = 0;
}

/** Nothing fails any more, nothing is counted. */
export function disarmStatement(): void {
  armed = undefined;
}

/** The statements since the probe was armed, by kind. */
export const statementsSeen = (): Record<string, number> => Object.fromEntries(counts);
export const statementsInFlight = (): number => inFlight;
export const statementsEnded = (): number => ended;
