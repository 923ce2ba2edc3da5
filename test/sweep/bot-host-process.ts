import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ArmedStatement } from './driver-probe.ts';
import { type Told, told, type Wish } from './host-protocol.ts';
import type { Program } from './program.ts';

/** How the life of one bot ended; `killed` when it was SIGKILL or another signal. */
export interface LifeEnd {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly said: string;
}

/** Of a process that is loaded and waits. */
export const NEVER_LIVED: LifeEnd = { code: undefined, signal: undefined, said: '' };

type Ticked = Extract<Told, { told: 'ticked' }>;

/** A process that bots live in, one after the other. */
export interface BotHost {
  /** Undefined while a bot lives in it. */
  readonly end: LifeEnd | undefined;
  /** The process itself is gone. */
  readonly gone: boolean;
  start(env: Readonly<Record<string, string>>, now: number): void;
  tick(now: number): Promise<Ticked>;
  arm(statement: ArmedStatement | undefined): void;
  statements(): Promise<Readonly<Record<string, number>>>;
  signal(name: NodeJS.Signals): void;
  /** What its bot has logged since it was started. */
  log(): string;
  dispose(): Promise<void>;
}

const NOTHING: Ticked = { told: 'ticked', busy: 0, moved: 0 };

/** Resolves once the bot is loaded; `parts`: the folders, parted by blanks, of what it loads by its settings. */
export async function startBotHost(program: Program, now: number, parts: string): Promise<BotHost> {
  const { PATH, HOME } = process.env;
  const child: ChildProcess = fork(program.hostPath, {
    env: { PATH, HOME, SWEEP_START: program.startUrl, SWEEP_NOW: String(now), SWEEP_PARTS: parts },
    execArgv: ['--import', program.timeUrl],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  let end: LifeEnd | undefined = NEVER_LIVED;
  let gone = false;
  const waiting = new Map<Told['told'], ((words: Told | undefined) => void)[]>();
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  child.on('message', (message) => {
    const words = told.parse(message);
    if (words.told === 'ended') end = { code: words.code, signal: undefined, said: words.said };
    for (const hear of waiting.get(words.told)?.splice(0) ?? []) hear(words);
  });
  const exited = once(child, 'exit').then(([code, signal]) => {
    gone = true;
    if (!end || end === NEVER_LIVED) end = { code: code ?? undefined, signal: signal ?? undefined, said: '' };
    for (const hearers of waiting.values()) for (const hear of hearers.splice(0)) hear(undefined);
  });
  const hear = (what: Told['told']) =>
    new Promise<Told | undefined>((resolve) => {
      if (gone) return resolve(undefined);
      waiting.set(what, [...(waiting.get(what) ?? []), resolve]);
    });
  const send = (asked: Wish) => {
    if (!gone && child.connected) child.send(asked, () => undefined);
  };
  if ((await hear('loaded')) === undefined) throw new Error(`The bot's process did not load: ${log}`);
  return {
    get end() {
      return end;
    },
    get gone() {
      return gone;
    },
    start(env, at) {
      log = '';
      end = undefined;
      send({ ask: 'start', env: { ...env }, now: at });
    },
    async tick(at) {
      const heard = hear('ticked');
      send({ ask: 'tick', now: at });
      const words = await heard;
      return words?.told === 'ticked' ? words : NOTHING;
    },
    arm: (statement) => send(statement ? { ask: 'arm', statement } : { ask: 'arm' }),
    async statements() {
      const heard = hear('statements');
      send({ ask: 'statements' });
      const words = await heard;
      return words?.told === 'statements' ? words.seen : {};
    },
    signal: (name) => void child.kill(name),
    log: () => log,
    async dispose() {
      if (!gone) child.kill('SIGKILL');
      await exited;
    },
  };
}
