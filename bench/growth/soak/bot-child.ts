import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const started = z.object({ port: z.number() });
const passed = z.object({ now: z.number() });
const failed = z.object({ failed: z.string() });
const sample = z.object({
  heapMb: z.number(),
  codeMb: z.number(),
  rssMb: z.number(),
  externalMb: z.number(),
  fds: z.number(),
  resources: z.record(z.string(), z.number()),
  /** Jobs of the outbox that wait: promises, watches. */
  pending: z.number(),
  /** Sleeps and long timers. */
  waiting: z.number(),
  /** Warnings and errors of its log so far. */
  counts: z.record(z.string(), z.number()),
});
/** How the bot's process is at one instant. */
export type BotSample = z.infer<typeof sample>;

/** The bot's process, as the soak leads it. */
export interface BotChild {
  readonly url: string;
  /** Lets what is under way end (when `busy`), the time pass, and what has fallen due end. */
  pass(ms: number, busy: boolean): Promise<void>;
  sample(): Promise<BotSample>;
  stop(): Promise<void>;
}

const TIME_MACHINE = new URL('./time-machine.ts', import.meta.url).href;
const SCRIPT = fileURLToPath(new URL('./bot.ts', import.meta.url));

export async function startBotChild(env: Readonly<Record<string, string>>): Promise<BotChild> {
  const child: ChildProcess = fork(SCRIPT, {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc', '--import', 'tsx', '--import', TIME_MACHINE],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The bot of the soak ended by itself: ${code}`);
  });
  ended.catch(() => undefined);
  const answer = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0];
  async function ask(wish: {
    readonly ask: string;
    readonly ms?: number;
    readonly busy?: boolean;
  }): Promise<unknown> {
    const told = answer();
    child.send(wish);
    const said = await told;
    const { success, data } = failed.safeParse(said);
    if (success) throw new Error(`The bot of the soak: ${data.failed}`);
    return said;
  }
  const { port } = started.parse(await answer());
  return {
    url: `http://127.0.0.1:${port}`,
    pass: async (ms, busy) => void passed.parse(await ask({ ask: 'pass', ms, busy })),
    sample: async () => sample.parse(await ask({ ask: 'sample' })),
    async stop() {
      await ask({ ask: 'stop' });
      child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended.catch(() => undefined);
      clearTimeout(late);
    },
  };
}
