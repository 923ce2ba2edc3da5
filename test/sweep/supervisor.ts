import type { BotHost, LifeEnd } from './bot-host-process.ts';
import type { ArmedStatement } from './driver-probe.ts';
import type { HostPool } from './host-pool.ts';
import type { SweepClock } from './sweep-clock.ts';

/** What a look at a bot from outside has shown. */
interface Look {
  readonly at: number;
  /** Status of `/readyz` and `/healthz`; 0 when nobody answered. */
  readonly ready: number;
  readonly healthy: number;
  readonly detail: string;
  /** What the services themselves saw at that moment. */
  readonly connected: boolean;
}

/** Starts a bot, starts it again when it ends, as systemd or Docker would, and keeps what it has said. */
export interface Supervisor {
  readonly looks: readonly Look[];
  /** How its lives ended by themselves. */
  readonly ends: readonly (LifeEnd & { readonly at: number })[];
  readonly isUp: boolean;
  readonly url: string;
  start(): Promise<void>;
  tick(now: number): ReturnType<BotHost['tick']>;
  look(): Promise<void>;
  /** SIGKILL, and a new process a second later. */
  kill(): void;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and nobody starts it again. */
  term(): void;
  arm(statement?: ArmedStatement): void;
  statements(): Promise<Readonly<Record<string, number>>>;
  /** Everything its processes have logged. */
  log(): string;
  /** The text of a page of its HTTP server; empty when nobody answers. */
  page(path: string): Promise<string>;
  close(): Promise<void>;
}

export interface SupervisorParts {
  readonly pool: HostPool;
  readonly clock: SweepClock;
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  isConnected(): boolean;
}

const AFTER_SIGKILL_MS = 1_000;
const AFTER_EXIT_MS = 5_000;
const MAX_STARTS = 8;
/** So many looks at `/readyz` for one at `/healthz`, which knows less. */
const HEALTH_EVERY = 5;

export async function createSupervisor(parts: SupervisorParts): Promise<Supervisor> {
  const { pool, clock, env, url } = parts;
  const looks: Look[] = [];
  const ends: (LifeEnd & { at: number })[] = [];
  const logs: string[] = [];
  let host: BotHost | undefined;
  /** Loaded before its time comes: loading is no time in which the bot waits. */
  let next: BotHost | undefined = await pool.take(env);
  let moved = 0;
  let lastMoved = 0;
  let starts = 0;
  let wanted = false;
  let killing = false;

  async function start(): Promise<void> {
    wanted = true;
    starts++;
    host = next ?? (await pool.take(env));
    next = undefined;
    moved += lastMoved + 1;
    lastMoved = 0;
    host.start(env, clock.now());
  }

  /** Notes the end of a life, and begins the next. */
  async function noteEnd(ended: BotHost, end: LifeEnd): Promise<void> {
    host = undefined;
    logs.push(ended.log());
    ends.push({ ...end, at: clock.now() });
    await pool.giveBack(ended);
    if (!wanted || starts >= MAX_STARTS) return;
    next = await pool.take(env);
    const waitMs = killing ? AFTER_SIGKILL_MS : AFTER_EXIT_MS;
    killing = false;
    void clock.sleep(waitMs).then(() => (wanted ? start() : undefined));
  }

  return {
    looks,
    ends,
    url,
    get isUp() {
      return host !== undefined;
    },
    start,
    async tick(now) {
      const mine = host;
      if (!mine) return { told: 'ticked', busy: 0, moved, nextDueAt: undefined };
      const ticked = await mine.tick(now);
      lastMoved = Math.max(lastMoved, ticked.moved);
      if (mine.end && host === mine) await noteEnd(mine, mine.end);
      return { ...ticked, moved: moved + lastMoved };
    },
    async look() {
      if (!host) return;
      const [ready, healthy] = await Promise.all([
        status(`${url}/readyz`),
        looks.length % HEALTH_EVERY === 0 ? status(`${url}/healthz`) : { status: 0 },
      ]);
      looks.push({
        at: clock.now(),
        ready: ready.status,
        healthy: healthy.status,
        detail: ready.text,
        connected: parts.isConnected(),
      });
    },
    kill() {
      killing = true;
      host?.signal('SIGKILL');
    },
    signal: (name) => host?.signal(name),
    term() {
      wanted = false;
      host?.signal('SIGTERM');
    },
    arm: (statement) => host?.arm(statement),
    statements: async () => (await host?.statements()) ?? {},
    log: () => [...logs, host?.log() ?? ''].join(''),
    page: async (path) => (host ? (await status(`${url}${path}`)).text : ''),
    async close() {
      wanted = false;
      const last = host;
      host = undefined;
      if (last) {
        logs.push(last.log());
        await pool.giveBack(last);
      }
      if (next) await pool.giveBack(next);
    },
  };
}

/** Real time: on a busy machine even a living bot takes its time. */
const LOOK_MS = 20_000;

async function status(url: string): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LOOK_MS) });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}
