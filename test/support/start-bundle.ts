/**
 * What a test starts with Node in place of a script: runs the script from the bundle (`process-bundle.ts`) with the code that V8 made of it
 * in an earlier process, and keeps that code where there was none. Loading is then reading; most of a short life was compiling.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

/** The bundle's path, named after its content: V8 tells the code of another source by the length alone. Put in when this is built. */
declare const BUNDLE: string;

/** Without a word of its own a process has loaded nearly everything by then. */
const LOADED_AFTER_MS = 2_000;
/** What decides of which platforms and stores a process loads the libraries. */
const SETTINGS = ['SLACK_BOT_TOKEN', 'DISCORD_TOKEN', 'TELEGRAM_TOKEN', 'HTTP_API'];

const name = basename(__filename, '.cjs');
const kept = `${BUNDLE}.${whatIsLoaded()}.${process.version}`;
const code = readIfThere(kept);
// What ran once, as most of loading does, would be thrown away before it is kept.
if (!code) setFlagsFromString('--no-flush-bytecode');
const script = new Script(readFileSync(BUNDLE, 'latin1'), {
  filename: BUNDLE,
  ...(code ? { cachedData: code } : {}),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (!code) {
  setTimeout(keepCode, LOADED_AFTER_MS).unref();
  process.once('exit', keepCode);
}
const bundle = { exports: { scripts: {} as Readonly<Record<string, () => Promise<unknown>>> } };
script.runInThisContext()(createRequire(BUNDLE), bundle, bundle.exports, BUNDLE, dirname(BUNDLE));
void bundle.exports.scripts[name]?.();

/** For the name of a file: the same words load the same code. */
function whatIsLoaded(): string {
  const [word = ''] = process.argv.slice(2);
  const store = process.env.STORE_URL?.split(':')[0] ?? '';
  const set = SETTINGS.map((setting) => (process.env[setting] ? '1' : '0')).join('');
  return [name, word.replaceAll(/[^a-z-]/g, ''), store, set].join('.');
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Once, with all functions that were called until now. */
function keepCode(): void {
  process.off('exit', keepCode);
  // V8 takes no code that was made under other flags; `start` has one of its own (`src/heap.ts`).
  setFlagsFromString('--flush-bytecode');
  setFlagsFromString('--heap-growing-percent=0');
  const own = `${kept}.${process.pid}`;
  try {
    writeFileSync(own, script.createCachedData());
    renameSync(own, kept);
  } catch {
    // A process without the right to write, or one whose folder is gone: the next one keeps it.
  }
}
