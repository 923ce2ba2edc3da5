import { fileURLToPath } from 'node:url';

/** Which code a host runs: the module of the `start` command, and the host's own two modules. */
export interface Program {
  readonly startUrl: string;
  readonly hostPath: string;
  readonly timeUrl: string;
}

const at = (path: string) => new URL(path, import.meta.url);

/**
 * From what is built, of which a host is loaded in half the time: `dist` and the host's two modules. Both are there when tests run
 * (`test/support/build.ts`).
 */
export const BUILT: Program = {
  startUrl: at('../../dist/commands/start.js').href,
  hostPath: fileURLToPath(at('../../.cache/sweep-host/bot-host.js')),
  timeUrl: at('../../.cache/sweep-host/virtual-time.js').href,
};
