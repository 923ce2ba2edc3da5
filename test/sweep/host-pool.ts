import { type BotHost, NEVER_LIVED, startBotHost } from './bot-host-process.ts';
import type { Program } from './program.ts';

/** Loaded processes in waiting: only a SIGKILL costs the loading of a new one. */
export interface HostPool {
  readonly program: Program;
  /** One that has loaded what a bot with these settings needs. */
  take(env: Readonly<Record<string, string>>): Promise<BotHost>;
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

/** The folders of `anyway` are loaded by each process: more to load, and the same process serves rows of every platform. */
export function createHostPool(program: Program, anyway: readonly string[] = []): HostPool {
  let latest = Date.now();
  const spares: BotHost[] = [];
  const parts = new Map<BotHost, string>();
  const lives = new Map<BotHost, number>();
  const all = new Set<BotHost>();

  async function load(wanted: string): Promise<BotHost> {
    const host = await startBotHost(program, latest, wanted);
    all.add(host);
    parts.set(host, wanted);
    return host;
  }
  return {
    program,
    async take(env) {
      const wanted = partsOf(env, anyway);
      const fitting = spares.findLastIndex((spare) => parts.get(spare) === wanted);
      const host = spares.splice(fitting, fitting < 0 ? 0 : 1)[0] ?? (await load(wanted));
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

/** The folders of what is loaded only when the settings ask for it. */
function partsOf(env: Readonly<Record<string, string>>, anyway: readonly string[]): string {
  const wanted = new Set([
    'pictures',
    ...anyway,
    ...(env.SLACK_BOT_TOKEN ? ['platforms/slack'] : []),
    ...(env.HTTP_API ? ['api', 'api/mcp'] : []),
    // It is the way out of a whole process, and stays so: such a one serves no row without a proxy.
    ...(env.HTTP_PROXY ? ['customers'] : []),
    ...(env.DISCORD_TOKEN ? ['platforms/discord'] : []),
    env.STORE_URL?.startsWith('redis') ? 'storage/redis' : 'storage/sqlite',
  ]);
  return [...wanted].toSorted().join(' ');
}
