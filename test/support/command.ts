import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { bundleOf } from './process-bundle.ts';
import { untilElsewhere } from './until.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningCommand {
  /** What it has said on standard output and standard error so far. */
  said(): Ended;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/**
 * Starts the command line as an operator would, in `cwd`, with nothing but `env` in its environment. The bot itself runs from `dist`, its
 * packages where they are installed; a command that ends, and a bot where the test says so, runs from the bundle, which takes a third of
 * the processor's time.
 */
export function startCommand(
  args: string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  options: { readonly fileHandles?: number; readonly fromDist?: boolean } = {},
): RunningCommand {
  const { fileHandles, fromDist = args[0] === 'start' } = options;
  const node = [process.execPath, fromDist ? MAIN : bundleOf('main'), ...args];
  // The shell sets the limit and becomes the program: signals and the exit code are the program's own.
  const limit = fileHandles === undefined ? '' : `ulimit -n ${fileHandles}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$@"`, 'sh', ...node], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { said, ended } = listenTo(child);
  return {
    said,
    signal: (name) => child.kill(name),
    ended,
  };
}

/** What a process says, so far and at its end. */
export function listenTo(child: ChildProcessByStdio<Writable | null, Readable, Readable>) {
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const said = () => ({ code: child.exitCode, out, err });
  return { said, ended: once(child, 'close').then(said) };
}

export function runCommand(
  args: string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startCommand(args, cwd, env).ended;
}

/** Waits until the command has logged `words`. */
export function hasLogged(command: RunningCommand, words: string): Promise<unknown> {
  return untilElsewhere(`"${words}" in ${command.said().err}`, () => command.said().err.includes(words));
}
