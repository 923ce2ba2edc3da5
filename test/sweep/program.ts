import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Which code a host runs: the module of the `start` command, and the host's own two modules. */
export interface Program {
  readonly startUrl: string;
  readonly hostPath: string;
  readonly timeUrl: string;
  /** What Node needs to understand them. */
  readonly execArgv: readonly string[];
}

const at = (path: string) => new URL(path, import.meta.url);

/** From the sources, as `npm test` does: nothing has to be built. */
export const FROM_SOURCES: Program = {
  startUrl: at('../../src/commands/start.ts').href,
  hostPath: fileURLToPath(at('./bot-host.ts')),
  timeUrl: at('./virtual-time.ts').href,
  execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
};

/** From what is built: a host is loaded in half the time. */
export const BUILT: Program = {
  startUrl: at('../../dist/commands/start.js').href,
  hostPath: fileURLToPath(at('../../.cache/sweep-host/bot-host.js')),
  timeUrl: at('../../.cache/sweep-host/virtual-time.js').href,
  execArgv: [],
};
