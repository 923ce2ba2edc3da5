import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../src/airalo/simulator/simulator.ts';
import { WEBHOOK_SECRET } from '../support/airalo-webhooks.ts';
import { startRedis } from '../support/redis-server.ts';
import type { TransportKind } from '../support/slack/slack.ts';
import { createDiscordSide } from './discord-side.ts';
import { createFaultPlan, type FaultPlan } from './fault-plan.ts';
import { type Activity, type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { HostPool } from './host-pool.ts';
import { type NeighbourKinds, type Neighbours, startNeighbours } from './neighbours.ts';
import {
  airaloRefusals,
  discordRefusals,
  type Refusals,
  responseUrlRefusals,
  slackRefusals,
} from './refusals.ts';
import { airaloRoute, discordRoute, hookRoute, slackRoute } from './routes.ts';
import type { Side } from './side.ts';
import { createSlackSide } from './slack-side.ts';
import { type StoreProxy, startStoreProxy } from './store-proxy.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { SweepClock } from './sweep-clock.ts';

export interface WorldKind extends NeighbourKinds {
  readonly slack?: TransportKind;
  readonly discord?: boolean;
  /** How many processes serve them, on one store; 1 unless said otherwise. */
  readonly bots?: number;
  readonly windowMs?: number;
  /** The store is Redis, which keeps its own time: then all time is real. */
  readonly redis?: true;
  /** More settings of the bots. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Everything around the bots of one row: the services, the proxies in front of them, the store, the time. */
export interface World {
  readonly clock: SweepClock;
  readonly simulator: Simulator;
  readonly sides: readonly Side[];
  readonly neighbours: Neighbours;
  readonly plan: FaultPlan;
  readonly proxies: readonly FaultProxy[];
  readonly bots: readonly Supervisor[];
  /** Between the bots and Redis, where that is the store. */
  readonly store: StoreProxy | undefined;
  /** Moves on until `condition` holds, or for `mostMs`. Says whether it holds. */
  passUntil(mostMs: number, condition: () => boolean): Promise<boolean>;
  pass(ms: number): Promise<void>;
  /** What stands in the files of the store, byte for byte; empty where it is none of files. */
  stored(): Promise<string>;
  close(): Promise<void>;
}

/** Airalo's window in most rows: an eighth of the real one, since a bot at rest is the dearest part of a row. */
export const WINDOW_MS = 120_000;
const CREDENTIALS = { clientId: 'sweep-client', clientSecret: WEBHOOK_SECRET };
/** Less than any time-out that matters; more than nothing, so that a minute is not a thousand steps. */
const LEAST_STEP_MS = 10;
const MAX_STEP_MS = 5_000;
const REAL_STEP_MS = 5;
/** Real time, after which whoever still seems to be under way is taken as waiting. */
const PATIENCE_MS = 60_000;
/** In a row without a change: what somebody has just written may still be on its way. */
const QUIET_LOOKS = 1;
/** How often `/readyz` is asked: while something is wrong, and else. */
const LOOK_EVERY_MS = { inTrouble: 1_000, inPeace: 4_000 };

export async function createWorld(kind: WorldKind, pool: HostPool): Promise<World> {
  const clock = new SweepClock(kind.redis ? Date.now() : pool.freshInstant());
  const folder = await mkdtemp(join(tmpdir(), 'esim-sweep-'));
  const windowMs = kind.windowMs ?? WINDOW_MS;
  const activity: Activity = { moved: 0, underWay: 0 };
  const proxies: FaultProxy[] = [];
  const bots: Supervisor[] = [];
  const plan = createFaultPlan(clock, (destination, forMs) => {
    for (const proxy of proxies) if (proxy.destination === destination) proxy.refuse(forMs);
  });
  const kill = () => bots[0]?.kill();
  const redis = kind.redis ? await startRedis() : undefined;
  const storeProxy = redis ? await startStoreProxy(new URL(redis.url), clock) : undefined;

  async function proxy(
    destination: string,
    upstream: string,
    how: {
      readonly routeOf: typeof slackRoute;
      readonly refusals: Refusals;
      readonly rewrites?: ReadonlyMap<string, string>;
    },
  ): Promise<FaultProxy> {
    const made = await startFaultProxy({
      rewrites: new Map(),
      ...how,
      destination,
      upstream,
      plan,
      clock,
      activity,
      kill,
    });
    proxies.push(made);
    return made;
  }
  const port = (url: string) => new URL(url).host;

  const simulator = await startSimulator({ ...CREDENTIALS, profile: 'strict15', windowMs, clock });
  const airalo = await proxy('Airalo', simulator.url, { routeOf: airaloRoute, refusals: airaloRefusals });
  const sides: Side[] = [];
  if (kind.slack)
    sides.push(
      await createSlackSide(kind.slack, clock, activity, async (upstream) => {
        const socket = await proxy('Slack socket', upstream, {
          routeOf: () => 'upgrade',
          refusals: slackRefusals,
        });
        const rewrites = new Map([[`ws://${port(upstream)}`, `ws://${port(socket.url)}`]]);
        return {
          api: await proxy('Slack', upstream, { routeOf: slackRoute, refusals: slackRefusals, rewrites }),
          hooks: await proxy('response_url', upstream, { routeOf: hookRoute, refusals: responseUrlRefusals }),
        };
      }),
    );
  if (kind.discord)
    sides.push(
      await createDiscordSide(clock, async (upstream) => {
        const rewrites = new Map<string, string>();
        const gateway = await proxy('gateway', upstream, {
          routeOf: () => 'upgrade',
          refusals: discordRefusals,
          rewrites,
        });
        rewrites.set(`ws://${port(upstream)}`, `ws://${port(gateway.url)}`);
        return {
          rest: await proxy('Discord', upstream, {
            routeOf: discordRoute,
            refusals: discordRefusals,
            rewrites,
          }),
        };
      }),
    );

  const storeUrl = storeProxy
    ? `redis://127.0.0.1:${storeProxy.port}/0`
    : `sqlite:${join(folder, 'store.sqlite')}`;
  const neighbours = await startNeighbours(kind, storeUrl, clock, proxy);

  for (let index = 0; index < (kind.bots ?? 1); index++) {
    const httpPort = await freePort();
    const url = `http://127.0.0.1:${httpPort}`;
    const env = {
      AIRALO_CLIENT_ID: CREDENTIALS.clientId,
      AIRALO_CLIENT_SECRET: CREDENTIALS.clientSecret,
      AIRALO_BASE_URL: airalo.url,
      STORE_URL: storeUrl,
      AIRALO_USAGE_WINDOW_SECONDS: String(windowMs / 1000),
      PORT: String(httpPort),
      LOG_LEVEL: 'debug',
      ...Object.assign({}, ...sides.map((side) => side.env)),
      ...neighbours.env,
      ...kind.env,
    };
    const supervisor = await createSupervisor({
      pool,
      clock,
      env,
      url,
      isConnected: () => sides.every((side) => side.isConnected()),
    });
    bots.push(supervisor);
    if (index === 0) for (const side of sides) side.setBotUrl(url);
  }

  /** Waits in real time until nothing is under way; returns when the next timer of anybody is due. */
  async function settle(): Promise<number | undefined> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    let last = -1;
    let next: number | undefined;
    for (let quiet = 0; quiet < QUIET_LOOKS; ) {
      await turns();
      const ticks = await Promise.all(bots.map((bot) => bot.tick(clock.now())));
      await turns();
      const moved = activity.moved + ticks.reduce((sum, tick) => sum + tick.moved, 0);
      const busy = activity.underWay + ticks.reduce((sum, tick) => sum + tick.busy, 0);
      quiet = busy === 0 && moved === last ? quiet + 1 : 0;
      last = moved;
      next = least([clock.nextDueAt(), ...ticks.map((tick) => tick.nextDueAt)]);
      if (kind.redis || performance.now() > giveUpAt) {
        break;
      }
      if (busy > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return next;
  }

  const inTrouble = () =>
    (plan.overAt ?? 0) + LOOK_EVERY_MS.inPeace > clock.now() ||
    bots.some((bot) => bot.looks.at(-1)?.ready !== 200) ||
    sides.some((side) => !side.isConnected());

  /** In real time a bot that is slow to answer must not keep everybody's time from passing: the look is one under way. */
  let looking: Promise<unknown> | undefined;
  async function look(): Promise<void> {
    activity.moved++;
    looking ??= Promise.all(bots.map((bot) => bot.look())).finally(() => {
      looking = undefined;
    });
    if (!kind.redis) await looking;
  }

  async function passUntil(mostMs: number, condition: () => boolean): Promise<boolean> {
    const endsAt = clock.now() + mostMs;
    let lookAt = clock.now();
    for (;;) {
      const next = await settle();
      if (clock.now() >= lookAt) {
        lookAt = clock.now() + (inTrouble() ? LOOK_EVERY_MS.inTrouble : LOOK_EVERY_MS.inPeace);
        await look();
      }
      if (condition()) return true;
      if (clock.now() >= endsAt) return false;
      const wanted = Math.min(next ?? endsAt, clock.now() + MAX_STEP_MS, endsAt);
      if (!kind.redis) clock.passUntil(Math.max(wanted, clock.now() + LEAST_STEP_MS));
      else {
        await new Promise((resolve) => setTimeout(resolve, REAL_STEP_MS));
        clock.passUntil(Date.now());
      }
    }
  }

  // The loading of the processes has taken real time.
  if (kind.redis) clock.passUntil(Date.now());
  return {
    clock,
    simulator,
    sides,
    neighbours,
    plan,
    proxies,
    bots,
    store: storeProxy,
    passUntil,
    pass: (ms) => passUntil(ms, () => false).then(() => undefined),
    async stored() {
      const files = ['', '-wal'].map((end) => readFile(join(folder, `store.sqlite${end}`), 'latin1'));
      return (await Promise.all(files.map((text) => text.catch(() => '')))).join('');
    },
    async close() {
      await Promise.all(bots.map((bot) => bot.close()));
      pool.noteInstant(clock.now());
      await Promise.all([
        ...proxies.map((one) => one.close()),
        ...sides.map((side) => side.close()),
        neighbours.close(),
        simulator.close(),
        storeProxy?.close(),
      ]);
      await redis?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What has come over the loopback is read in the next turns of the event loop. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function least(instants: readonly (number | undefined)[]): number | undefined {
  return instants.reduce(
    (first, one) => (one === undefined ? first : Math.min(first ?? one, one)),
    undefined,
  );
}

/** Below the ports that a system gives to outgoing connections: nobody takes it between now and the start of the bot. */
const LOWEST_PORT = 20_000;
const PORTS = 12_000;
let portsTaken = process.pid * 97;

async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + (portsTaken++ % PORTS);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
