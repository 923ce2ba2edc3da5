import { type BotHost, NEVER_LIVED, startBotHost } from './bot-host-process.ts';
import type { Program } from './program.ts';

/** Loaded processes in waiting: only a SIGKILL costs the loading of a new one. */
export interface HostPool {
  readonly program: Program;
  take(): Promise<BotHost>;
  /** Kept for the next row when its bot has ended as it should. */
  giveBack(host: BotHost): Promise<void>;
  /** An instant that no host has passed yet. */
  freshInstant(): number;
  noteInstant(instant: number): void;
  close(): Promise<void>;
}

const BETWEEN_ROWS_MS = 60 * 60 * 1000;
/** What a process may be used for: after that the leftovers of so many bots would be measured, not the bot. */
const MAX_LIVES = 40;

export function createHostPool(program: Program): HostPool {
  let latest = Date.now();
  const spares: BotHost[] = [];
  const lives = new Map<BotHost, number>();
  const all = new Set<BotHost>();

  async function load(): Promise<BotHost> {
    const host = await startBotHost(program, latest);
    all.add(host);
    return host;
  }
  return {
    program,
    async take() {
      const host = spares.pop() ?? (await load());
      lives.set(host, (lives.get(host) ?? 0) + 1);
      return host;
    },
    async giveBack(host) {
      const isClean = host.end?.code === 0 || host.end === NEVER_LIVED;
      if (!host.gone && isClean && (lives.get(host) ?? 0) < MAX_LIVES) return void spares.push(host);
      all.delete(host);
      await host.dispose();
    },
    freshInstant: () => latest + BETWEEN_ROWS_MS,
    noteInstant: (instant) => {
      latest = Math.max(latest, instant);
    },
    async close() {
      await Promise.all([...all].map((host) => host.dispose()));
    },
  };
}
