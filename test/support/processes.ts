import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundleOf } from './process-bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface StoreProcess {
  /** The first thing it says: `ready`, or `failed` with a code. */
  readonly opened: Promise<string>;
  begin(): void;
  /** Ends it as a crash or the machine would. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Stops it in the middle of whatever it does, and lets it go on. */
  pause(signal: 'SIGSTOP' | 'SIGCONT'): void;
  readonly ended: Promise<unknown>;
}

/** Starts `store-process.ts`. `unprivileged` takes root's power over file modes away, when the tests run as root. */
export function startProcess(
  role: string,
  storeUrl: string,
  reportFile: string,
  options: { readonly unprivileged?: boolean } = {},
): StoreProcess {
  const rights = options.unprivileged ? ['unprivileged'] : [];
  const script = [bundleOf('store-process'), role, storeUrl, reportFile, ...rights];
  const child: ChildProcess = spawn(process.execPath, script, {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  return {
    opened: firstLine(child),
    begin: () => child.stdin?.write('begin\n'),
    pause: (signal) => void child.kill(signal),
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
    ended,
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) return line;
  return 'no word';
}
