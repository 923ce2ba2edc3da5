import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LimitProfile } from '../src/airalo/simulator/limits.ts';
import { type Simulator, startSimulator } from '../src/airalo/simulator/simulator.ts';
import { systemClock } from '../src/clock.ts';
import { openArenaStore } from './arena-store.ts';
import { turnAhead } from './calendar.ts';
import type { Contender } from './contenders/all.ts';
import { type Corner, openCorner } from './corner.ts';

/** One Airalo and one or more processes of one contender before it, warmed up. */
export interface Arena {
  readonly simulator: Simulator;
  readonly corners: readonly [Corner, ...Corner[]];
  /** Of the bot's store; the peers have none. */
  readonly storeUrl: string;
  /** Usage questions that were asked before the scenario began. */
  readonly warmUpCalls: number;
  /** Turns every calendar ahead: the bench's, Airalo's, the contender's and its store's. Nobody's timers are touched. */
  turn(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface ArenaOptions {
  readonly processes?: number;
  /** `strict15` (one read per eSIM in 15 minutes) unless told otherwise. */
  readonly profile?: LimitProfile;
  /** Of the bot's calls to Airalo, in place of its own 250 ms. */
  readonly paceMs?: number;
}

const ACCOUNT = { clientId: 'bench-client', clientSecret: 'bench-secret' };

export async function openArena(contender: Contender, options: ArenaOptions = {}): Promise<Arena> {
  const { processes = 1, profile = 'strict15', paceMs } = options;
  const folder = await mkdtemp(join(tmpdir(), 'esim-bench-'));
  const store = await openArenaStore(contender, folder);
  const simulator = await startSimulator({
    ...ACCOUNT,
    clock: systemClock,
    profile,
    // The peers keep no pace; what they cost under the company's limit is the row of today's profile.
    companyLimit: profile === 'strict15' ? 'off' : 'enforced',
  });
  const env = {
    AIRALO_CLIENT_ID: ACCOUNT.clientId,
    AIRALO_CLIENT_SECRET: ACCOUNT.clientSecret,
    AIRALO_BASE_URL: simulator.url,
    // The bot's processes share this store; those of the SDK its cache folder, as on one machine they would.
    STORE_URL: store.url,
    AIRALO_SDK_CACHE_PATH: join(folder, 'sdk-cache'),
    PORT: '0',
    ...(paceMs === undefined ? {} : { BENCH_PACE_MS: String(paceMs) }),
  };
  const corners: Corner[] = [];
  for (let number = 0; number < processes; number++) {
    const corner = await openCorner(contender, env, join(folder, `log-${number}`));
    corners.push(corner);
    await corner.warmUp();
  }
  const [first, ...more] = corners;
  if (!first) throw new RangeError('An arena has at least one process');
  return {
    simulator,
    storeUrl: store.url,
    corners: [first, ...more],
    warmUpCalls: simulator.calls.length,
    async turn(ms) {
      await store.turn(ms);
      turnAhead(ms);
      await Promise.all(corners.map((corner) => corner.turn(ms)));
    },
    async close() {
      simulator.clearFaults();
      simulator.release();
      for (const corner of corners) await corner.close();
      await simulator.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `work` in an arena that is gone afterwards, however it ends. */
export async function inArena<T>(
  contender: Contender,
  options: ArenaOptions,
  work: (arena: Arena) => Promise<T>,
): Promise<T> {
  const arena = await openArena(contender, options);
  try {
    return await work(arena);
  } finally {
    await arena.close();
  }
}
