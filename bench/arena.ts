import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { systemClock } from '../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../test/support/bot.ts';
import { command } from '../test/support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../test/support/slack/slack.ts';
import { lastForm } from '../test/support/slack/workspace.ts';
import { until } from '../test/support/until.ts';

export const CONTENDERS = ['esim-usage-bot', 'hand-rolled', 'floor'] as const;
export type Contender = (typeof CONTENDERS)[number];

const SCRIPTS: Readonly<Record<Contender, string>> = {
  'esim-usage-bot': 'ours.ts',
  'hand-rolled': 'hand-rolled.ts',
  floor: 'floor.ts',
};
const PATIENCE_MS = 60_000;
const started = z.object({ port: z.number() });
const usage = z.object({ cpuMicros: z.number(), rssBytes: z.number() });
export type ProcessUse = z.infer<typeof usage>;

const realNow = Date.now.bind(Date);
let shiftMs = 0;
Date.now = () => realNow() + shiftMs;

/** One process of a contender, with an imitated Slack of its own in the bench's process. */
export interface Corner {
  readonly slack: SlackStandIn;
  /** Sends a command and returns how long its acknowledgement took, in ms. */
  ask(iccid: string): Promise<number>;
  /** What each command's answer shows now, newest form, oldest command first. */
  texts(): string[];
  use(): Promise<ProcessUse>;
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** One Airalo and one or more processes of one contender before it. */
export interface Arena {
  readonly world: World;
  readonly corners: readonly [Corner, ...Corner[]];
  /** Turns every calendar ahead: ours, Airalo's, the contenders'. Nobody's timers are touched. */
  shift(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function openArena(contender: Contender, processes = 1): Promise<Arena> {
  const world = await createWorld(systemClock);
  const open = async (): Promise<Corner & { shift(ms: number): Promise<unknown> }> =>
    openCorner(contender, world);
  const first = await open();
  const more = await Promise.all(Array.from({ length: processes - 1 }, open));
  return {
    world,
    corners: [first, ...more],
    async shift(ms) {
      shiftMs += ms;
      await Promise.all([first, ...more].map((corner) => corner.shift(ms)));
    },
    async close() {
      world.simulator.clearFaults();
      world.simulator.release();
      for (const corner of [first, ...more]) {
        await corner.kill();
        await corner.slack.close();
      }
      await endWorld(world);
    },
  };
}

async function openCorner(contender: Contender, world: World) {
  const slack = await startSlack('http', systemClock);
  const cache = join(world.folder, 'sdk-cache');
  await mkdir(cache, { recursive: true });
  const env = { ...envOf(world), ...slack.env, AIRALO_SDK_CACHE_PATH: cache };
  let child: ChildProcess;
  let number = 0;

  async function start(): Promise<void> {
    const script = fileURLToPath(new URL(`./contenders/${SCRIPTS[contender]}`, import.meta.url));
    child = fork(script, {
      env: { ...process.env, ...env },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [message] = await once(child, 'message');
    slack.botUrl = `http://127.0.0.1:${started.parse(message).port}`;
    if (shiftMs > 0) await tell('shift', shiftMs);
  }
  async function tell(ask: 'cpu' | 'shift', ms = 0): Promise<ProcessUse> {
    const answer = once(child, 'message');
    child.send({ ask, ms });
    return usage.parse((await answer)[0]);
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    slack,
    async ask(iccid: string) {
      const push = command(slack, iccid, { id: `bench-${number++}` });
      const sentAt = performance.now();
      await slack.push(push);
      return performance.now() - sentAt;
    },
    texts: () => slack.workspace.seenBy('UANNA', 'CSUPPORT').map((post) => lastForm(post).text),
    use: () => tell('cpu'),
    shift: (ms: number) => tell('shift', ms),
    kill,
    async restart() {
      await kill();
      await start();
    },
  };
}

/**
 * Waits until as many commands have an answer that is neither a placeholder nor, with `promises` false, a promise; or until the
 * patience is over: what is missing then is lost.
 */
export async function answersOf(corner: Corner, count: number, promises = false): Promise<string[]> {
  const open = promises ? /Checking/ : /Checking|I will/;
  const settled = () => corner.texts().filter((text) => !open.test(text));
  await until('the answers', () => settled().length >= count, PATIENCE_MS).catch(() => undefined);
  return settled();
}

/** Whether a text shows a figure. */
export const hasFigure = (text: string): boolean => /[\d.]+ [MG]B (of|left)/.test(text);
