import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { bundleOf } from './process-bundle.ts';
import { untilElsewhere } from './until.ts';

const event = z.object({
  event: z.string(),
  key: z.string().optional(),
  kind: z.string().optional(),
  promised: z.boolean().optional(),
});

export interface BotProcess {
  readonly answers: { readonly key: string; readonly kind: string; readonly promised: boolean }[];
  ask(key: string, iccid: string): void;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM-like end through its own protocol; returns the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a whole bot in another process and waits until it takes questions. */
export async function startBotProcess(env: Readonly<Record<string, string>>): Promise<BotProcess> {
  const child = spawn(process.execPath, [bundleOf('bot-process')], {
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers: { key: string; kind: string; promised: boolean }[] = [];
  let ready = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = event.parse(JSON.parse(line));
    if (said.event === 'ready') ready = true;
    else answers.push({ key: said.key ?? '', kind: said.kind ?? '', promised: said.promised ?? false });
  });
  await untilElsewhere('the bot process is ready', () => ready || child.exitCode !== null);
  return {
    answers,
    ask: (key, iccid) => child.stdin.write(`${key} ${iccid}\n`),
    kill: () => end(child, () => child.kill('SIGKILL')).then(() => undefined),
    stop: () => end(child, () => child.stdin.write('stop\n')),
  };
}

async function end(child: ChildProcess, how: () => void): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  how();
  await exited;
  return child.exitCode;
}
