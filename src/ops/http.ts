import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endsWithin, systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { StartError } from '../usage/platform.ts';

/** One path of the bot's own server. A platform that is called over HTTP brings its own. */
export interface HttpRoute {
  /** `ANY`: it answers every method itself. */
  readonly method: 'GET' | 'POST' | 'HEAD' | 'ANY';
  /** Compared whole, without the query; one that ends in `*` stands for all that begin so. */
  readonly path: string;
  /** Where an answer may take longer than the server's own patience (`answerMs`), ms. */
  readonly patienceMs?: number;
  /** `closing` is aborted when the server stops: whoever waits answers at once with what there is. */
  handle(request: IncomingMessage, response: ServerResponse, closing: AbortSignal): void | Promise<void>;
}

/** The bot's own server while it is open. */
export interface HttpServer {
  /** The port in use; differs from the asked one when that was 0. */
  readonly port: number;
  /**
   * Takes no new connection, lets running requests end, cuts what is left after `drainMs`, and waits as long once more for what those had
   * begun: the store is closed next.
   */
  close(drainMs: number): Promise<void>;
}

/** How long a sender may take. Node looks at them only every so often, by default each half minute: here each second. */
export interface HttpPatience {
  /** Until the headers are complete. */
  readonly headersMs: number;
  /** Headers and body together. */
  readonly requestMs: number;
  readonly lookEveryMs: number;
  /** Until a request that nobody has answered gets an answer from here. */
  readonly answerMs: number;
}

/** Of the bot's own server. */
export const PATIENCE: HttpPatience = {
  headersMs: 5_000,
  requestMs: 10_000,
  lookEveryMs: 1_000,
  answerMs: 20_000,
};
/** What is still read of a body that was refused, so that its sender gets to read why. */
const MAX_DRAINED_BYTES = 8 * 1024 * 1024;
/** Far more than Slack opens; each takes a file handle, and the store and the platforms need theirs. */
const MAX_CONNECTIONS = 1_000;
/** A flood is told once a minute. */
const COMPLAIN_EVERY_MS = 60_000;
/** For a browser that is led here: nothing is guessed, kept, run or passed on. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'",
  'Referrer-Policy': 'no-referrer',
};

/** Opens the server; rejects when the address cannot be had. Answers carry no stack and no cause. */
export async function openHttpServer(
  address: { readonly host: string; readonly port: number },
  routes: readonly HttpRoute[],
  log: Log,
  { headersMs, requestMs, lookEveryMs, answerMs }: HttpPatience = PATIENCE,
): Promise<HttpServer> {
  const patience = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: lookEveryMs,
  };
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  const server = createServer(patience, (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    // A handler that stopped reading leaves the rest of the body before the next request of the connection.
    response.once('finish', () => request.complete || request.resume());
    const failed = (error: unknown) => {
      log.error({ err: error, path: pathOf(request) }, 'A request failed');
      if (response.headersSent) response.destroy();
      else
        refuseRest(request, response, 500, 'The bot could not handle this request. Its log has the reason.');
    };
    const found = routeFor(routes, request);
    const patienceMs = found.route?.patienceMs ?? answerMs;
    const late = setTimeout(() => failed(new Error(`Not answered within ${patienceMs} ms`)), patienceMs);
    response.once('close', () => {
      clearTimeout(late);
      // Kept alive for a next request, its connection would keep a server that is closing.
      if (closing.signal.aborted) setImmediate(() => server.closeIdleConnections());
    });
    const work = dispatch(found, request, response, closing.signal)
      .catch(failed)
      .finally(() => underWay.delete(work));
    underWay.add(work);
  });
  server.maxConnections = MAX_CONNECTIONS;
  let complainedAt = Number.NEGATIVE_INFINITY;
  server.on('drop', () => {
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    log.warn({ most: MAX_CONNECTIONS }, 'The HTTP server turns connections away: too many are open');
  });
  await listen(server, address);
  return {
    port: portOf(server),
    async close(drainMs) {
      closing.abort('the server is closing');
      await closeConnections(server, drainMs);
      await endsWithin(systemClock, Promise.allSettled(underWay), drainMs);
    },
  };
}

/** Writes a short plain-text answer. */
export function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

/** The whole body, unless it is larger than `mostBytes` (bytes) or its sender breaks off. Nothing of it is parsed. Never throws. */
export async function bodyOf(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Buffer | 'too-large' | 'broken-off'> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Left open, so that the sender is told why.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > mostBytes) return 'too-large';
      chunks.push(part);
    }
  } catch {
    return 'broken-off';
  }
  return Buffer.concat(chunks);
}

/**
 * Answers a request whose body nobody will read, and ends the connection with it. What still comes is read and dropped first: a
 * socket closed over unread bytes is reset, and the sender would lose the answer (RFC 9112, 9.6).
 */
export function refuseRest(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  response.setHeader('Connection', 'close');
  if (request.complete) {
    answer(response, status, text);
    return;
  }
  const body = `${text}\n`;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.write(body);
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DRAINED_BYTES) response.destroy();
  });
  request.once('end', () => response.end());
  request.once('error', () => response.destroy());
  request.resume();
}

/** The routes of a path, and the one of them that answers the request. */
interface Found {
  readonly here: readonly HttpRoute[];
  readonly route: HttpRoute | undefined;
}

function routeFor(routes: readonly HttpRoute[], request: IncomingMessage): Found {
  const path = pathOf(request);
  const here = routes.filter((route) =>
    route.path.endsWith('*') ? path.startsWith(route.path.slice(0, -1)) : route.path === path,
  );
  const of = (method: string | undefined) =>
    here.find((route) => route.method === method || route.method === 'ANY');
  // What may be read may be asked for without its body (RFC 9110, 9.3.2); Node leaves the body out.
  return { here, route: of(request.method) ?? (request.method === 'HEAD' ? of('GET') : undefined) };
}

/**
 * 404 for a path that nobody has, 405 with `Allow` for a method that the path has not (RFC 9110,
 * 15.5.6).
 */
async function dispatch(
  { here, route }: Found,
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  if (route) return route.handle(request, response, closing);
  if (here.length === 0) return answer(response, 404, 'There is nothing here.');
  response.setHeader('Allow', here.map((candidate) => candidate.method).join(', '));
  return answer(response, 405, 'Not with this method.');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(cannotListen(error, `${host}:${port}`));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

/** With the setting to change, by what the system says. */
function cannotListen(error: NodeJS.ErrnoException, at: string): StartError {
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE:
      'Another program has this PORT, perhaps another process of the bot. Set PORT to another, or PORT=0 to take any that is free',
    EACCES:
      'This account may not open this PORT: set PORT to one above 1023, and let a proxy in front have the lower one',
    EADDRNOTAVAIL: 'HOST is no address of this computer: set HOST=127.0.0.1, or HOST=0.0.0.0 for all it has',
  };
  const remedy =
    remedies[error.code ?? ''] ?? 'Check HOST and PORT: HOST must be an address of this computer';
  return new StartError(`The HTTP server cannot listen on ${at} (${error.code ?? error.message})`, remedy, {
    cause: error,
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function closeConnections(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
