#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { runCommandLine } from './commands/command-line.ts';
import { EXIT } from './commands/exit-codes.ts';
import { ConfigError } from './config.ts';
import { StoreError } from './storage/ports.ts';
import { StartError } from './usage/platform.ts';

/** What the operator can act on is said without a stack. */
function explain(error: unknown): string {
  if (error instanceof StartError || error instanceof StoreError)
    return `${error.message}\nRemedy: ${error.remedy}`;
  if (error instanceof ConfigError) return error.message;
  if (isOfTheSystem(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A file that is not there or may not be read: the system's own words name it. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof ConfigError || isOfTheSystem(error) ? EXIT.badInput : EXIT.failed;
}
