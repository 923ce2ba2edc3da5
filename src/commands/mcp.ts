import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '../api/caller.ts';
import { createMcpServer } from '../api/mcp/server.ts';
import { createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { requireAiralo } from '../config.ts';
import { createLog } from '../log.ts';
import { EXIT } from './exit-codes.ts';

/** Who can start it has the credentials already; prices stay with those whom the operator names. */
const SHELL: Caller = { asker: 'api:stdio', scopes: ['usage', 'details'], place: 'mcp' };

/**
 * Serves MCP on standard input and output until the client closes them, under the same gate, cache and audit as the bot beside it. Standard output holds the
 * protocol alone; the log goes to standard error. Throws `ConfigError` without Airalo's credentials, `StoreError` where the store cannot be used.
 */
export async function mcp(): Promise<number> {
  const config = requireAiralo(process.env);
  const log = createLog(!process.env.LOG_LEVEL ? 'error' : config.logLevel);
  const alone = { slack: undefined, discord: undefined, telegram: undefined, httpApi: undefined };
  const app = await createApp({ ...config, ...alone }, config.airalo, {
    clock: systemClock,
    log,
    // Without platforms nothing is refused.
    fail: () => undefined,
  });
  // A promise is kept by the bot that runs with the API on; this process may be gone by then.
  const canPromise = config.httpApi !== undefined;
  const { questions } = app;
  const ended = Promise.race([once(process.stdin, 'close'), once(process.stdin, 'end'), interrupted()]);
  const server = serveStdio(
    () => createMcpServer({ questions, caller: SHELL, canPromise, clock: systemClock }),
    {
      onerror: (error) => log.warn({ err: error }, 'A message of MCP could not be served'),
    },
  );
  try {
    await ended;
    return EXIT.done;
  } finally {
    await server.close();
    await app.stop();
  }
}

/** A client that ends a server sends SIGTERM (MCP's specification, stdio, Shutdown). */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
