import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/airalo/simulator/simulator.ts';
import { type App, createApp } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { requireAiralo } from '../../src/config.ts';
import type { PlatformParts } from '../../src/platforms/platform-parts.ts';
import type { Platform, StartError } from '../../src/usage/platform.ts';
import { captureLog, type LogCapture } from './log-capture.ts';
import { ManualClock } from './manual-clock.ts';

export interface BotOptions {
  /** Settings as the operator would write them; Airalo's and the store's are filled in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** One of an earlier bot, to go on with after a "crash" (`stop({ keep: true })`). */
  readonly world?: World;
  readonly serveHttp?: boolean;
  readonly morePlatforms?: (parts: PlatformParts) => readonly Platform[];
  /** 0, unless the pace itself is tested: a manual clock would have to be moved for every call. */
  readonly paceIntervalMs?: number;
  readonly start?: boolean;
}

/** What outlives a bot: Airalo and the disk. */
export interface World {
  readonly simulator: Simulator;
  readonly folder: string;
}

export interface BotUnderTest {
  readonly app: App;
  readonly simulator: Simulator;
  readonly world: World;
  readonly log: LogCapture;
  /** What the platforms said only the operator can mend. */
  readonly failures: StartError[];
  readonly httpUrl: string;
  stop(options?: { readonly keep: boolean }): Promise<void>;
}

const CREDENTIALS = { clientId: 'test-client', clientSecret: 'test-secret' };

/** The whole real bot on a real SQLite file, with its real Airalo client against the simulator over a socket. */
export async function startBot(options: BotOptions = {}): Promise<BotUnderTest> {
  const clock = options.clock ?? new ManualClock();
  const world = options.world ?? (await createWorld(clock));
  const log = captureLog();
  const failures: StartError[] = [];
  const config = requireAiralo({ ...envOf(world), ...options.env });
  const app = await createApp(config, config.airalo, {
    clock,
    log: log.log,
    fail: (error) => failures.push(error),
    paceIntervalMs: options.paceIntervalMs ?? 0,
    ...(options.serveHttp === undefined ? {} : { serveHttp: options.serveHttp }),
    ...(options.morePlatforms ? { morePlatforms: options.morePlatforms } : {}),
  });
  if (options.start !== false) await app.start();
  return {
    app,
    simulator: world.simulator,
    world,
    log,
    failures,
    httpUrl: `http://127.0.0.1:${app.httpPort() ?? 0}`,
    async stop({ keep } = { keep: false }) {
      await app.stop();
      if (!keep) await endWorld(world);
    },
  };
}

/** The settings that lead a bot, in this process or in another, into the world. */
export function envOf({ simulator, folder }: World): Record<string, string> {
  return {
    AIRALO_CLIENT_ID: CREDENTIALS.clientId,
    AIRALO_CLIENT_SECRET: CREDENTIALS.clientSecret,
    AIRALO_BASE_URL: simulator.url,
    STORE_URL: `sqlite:${join(folder, 'store.sqlite')}`,
    PORT: '0',
  };
}

export async function createWorld(
  clock: Clock,
  rules: Pick<SimulatorOptions, 'windowMs' | 'companyLimit'> & {
    readonly profile?: SimulatorOptions['profile'];
  } = {},
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'esim-usage-test-'));
  // Bots of tests keep no pace unless they are asked to: what is asked at once would take seconds of a clock that stands still.
  const companyLimit = rules.profile === undefined ? 'off' : 'enforced';
  const strict = { profile: 'strict15', companyLimit } as const;
  const simulator = await startSimulator({ ...CREDENTIALS, ...strict, ...rules, clock });
  return { simulator, folder };
}

export async function endWorld({ simulator, folder }: World): Promise<void> {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
}
