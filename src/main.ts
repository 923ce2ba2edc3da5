#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { hearSignals } from './commands/signals.ts';

// Before anything else is loaded: a supervisor may change its mind in the first second.
const runsTheBot = process.argv[2] === 'start';
if (runsTheBot) hearSignals();

const [{ runCommandLine }, { EXIT }, { FileError }, { ConfigError }, { StoreError }, { StartError }] =
  await Promise.all([
    import('./commands/command-line.ts'),
    import('./commands/exit-codes.ts'),
    import('./commands/named-file.ts'),
    import('./config.ts'),
    import('./storage/ports.ts'),
    import('./usage/platform.ts'),
  ]);

/** What the operator can act on is said without a stack. */
function explain(error: unknown): string {
  if (error instanceof StartError || error instanceof StoreError || error instanceof FileError)
    return `${error.message}\nRemedy: ${error.remedy}`;
  if (error instanceof ConfigError) return error.message;
  if (isOfTheSystem(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A file that is not there or may not be read: the system's own words name it. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Throws `FileError`. What the environment says already wins over the file (Node's docs, `process.loadEnvFile`). */
function readSettings(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    const remedy =
      'Make it a file that this account may read. Docker makes a folder of what is not there when it is mounted: write .env first, or use --env-file';
    throw new FileError('.env', error, remedy);
  }
}

try {
  readSettings();
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  const isBadInput = error instanceof ConfigError || error instanceof FileError || isOfTheSystem(error);
  process.exitCode = isBadInput ? EXIT.badInput : EXIT.failed;
}
// What it has let go of may still keep a handle, or say a last word: after the end of the bot nothing is heard of it.
if (runsTheBot) process.exit();
