#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { hearSignals } from './commands/signals.ts';
import { StoreError } from './storage/ports.ts';
import { StartError } from './usage/platform.ts';

/** Each command returns the exit code. Imported when asked for, so that `--help` and `demo` start fast. */
const COMMANDS: Record<string, () => Promise<(args: string[]) => Promise<number>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  demo: async () => (await import('./commands/demo.ts')).demo,
  usage: async () => (await import('./commands/usage.ts')).usage,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  outbox: async () => (await import('./commands/outbox.ts')).outbox,
  audit: async () => (await import('./commands/audit.ts')).audit,
  'migrate-store': async () => (await import('./commands/migrate-store.ts')).migrateStore,
  webhooks: async () => (await import('./commands/webhooks.ts')).webhooks,
  register: async () => (await import('./commands/register.ts')).register,
};

const HELP = `esim-usage-bot <command>

  start               run the bot (settings: .env.example)
  demo [ICCID…]       run everything on this computer, without any account
  usage <ICCID…>      ask Airalo once, with your credentials; --json for programs;
                      --csv <file> for a list of up to 500, answered on standard output
  doctor              check every credential with a real call; --json for programs
  outbox list         dead letters; outbox retry <id>, outbox drop <id>
  audit               who asked what; --since 7d, --csv, --json
  migrate-store       move a SQLite store: --to redis://…
  webhooks <verb>     Airalo's alerts: opt-in [URL], opt-out, status, simulate
  register            write the Discord commands; --guild <id> for a test server
`;

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const load = COMMANDS[name];
  if (!load) {
    process.stdout.write(HELP);
    return ['help', '--help', '-h'].includes(name) ? 0 : 2;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const run = await load();
  return run(args);
}

/** What the operator can act on is said without a stack. */
function explain(error: unknown): string {
  if (error instanceof StartError || error instanceof StoreError)
    return `${error.message}\nRemedy: ${error.remedy}`;
  if (error instanceof Error && 'code' in error && error.code === 'CONFIG_INVALID') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Before anything is loaded: a supervisor may change its mind in the first second.
const runsTheBot = process.argv[2] === 'start';
if (runsTheBot) hearSignals();
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof Error && 'code' in error && error.code === 'CONFIG_INVALID' ? 2 : 1;
}
// What it has let go of may still keep a handle, or say a last word: after the end of the bot nothing is heard of it.
if (runsTheBot) process.exit();
