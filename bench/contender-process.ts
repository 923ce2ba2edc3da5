import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { bundleOfContender } from './bundle.ts';
import { aheadMs } from './calendar.ts';

const started = z.object({ port: z.number() });
const used = z.object({ cpuMicros: z.number(), rssBytes: z.number(), loopDelayMs: z.number() });
/**
 * CPU time of the process since its start, user and system; its memory now; and the longest that its event loop was held up since it was
 * told to watch that, 0 before.
 */
export type ProcessUse = z.infer<typeof used>;

/** A contender in a process of its own; what it writes goes to a file, as under a service manager. */
export interface ContenderProcess {
  readonly port: number;
  /** Rejects with the end of its log when it ends, whoever ended it. */
  readonly ended: Promise<never>;
  tell(ask: 'use' | 'turn' | 'watch', ms?: number): Promise<ProcessUse>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
}

/** Resolves once it takes commands; its calendar then shows what ours shows. */
export async function startContender(
  script: URL,
  env: Readonly<Record<string, string>>,
  logFile: string,
): Promise<ContenderProcess> {
  const log = openSync(logFile, 'a');
  const child: ChildProcess = fork(bundleOfContender(script), {
    env: { ...process.env, ...env, BENCH_AHEAD_MS: String(aheadMs()) },
    // Not those of the bench itself, which are a compiler's.
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`A contender has ended:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
  });
  ended.catch(() => undefined);
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const { port } = started.parse(await answer());
  async function tell(ask: 'use' | 'turn' | 'watch', ms = 0): Promise<ProcessUse> {
    const told = answer();
    child.send({ ask, ms });
    return used.parse(await told);
  }
  return {
    port,
    ended,
    tell,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
}
