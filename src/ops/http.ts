import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';

/** One path of the bot's own server. A platform that is called over HTTP brings its own. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** The bot's own server while it is open. */
export interface HttpServer {
  /** The port in use; differs from the asked one when that was 0. */
  readonly port: number;
  /** Takes no new connection, lets running requests end, cuts what is left after `drainMs`. */
  close(drainMs: number): Promise<void>;
}

const SLOWEST_REQUEST_MS = 10_000;
const SLOWEST_HEADERS_MS = 5_000;
/** Far more than Slack opens; each takes a file handle, and the store and the platforms need theirs. */
const MOST_CONNECTIONS = 1_000;
const COMPLAIN_EVERY_MS = 60_000;
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
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    dispatch(routes, request, response).catch((error: unknown) => {
      log.error({ err: error, path: pathOf(request) }, 'A request failed');
      if (response.headersSent) response.destroy();
      else answer(response, 500, 'The bot could not handle this request. Its log has the reason.');
    });
  });
  server.requestTimeout = SLOWEST_REQUEST_MS;
  server.headersTimeout = SLOWEST_HEADERS_MS;
  server.maxConnections = MOST_CONNECTIONS;
  let complainedAt = Number.NEGATIVE_INFINITY;
  server.on('drop', () => {
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    log.warn({ most: MOST_CONNECTIONS }, 'The HTTP server turns connections away: too many are open');
  });
  await listen(server, address);
  return { port: portOf(server), close: (drainMs) => close(server, drainMs) };
}

/** Writes a short plain-text answer. */
export function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

async function dispatch(
  routes: readonly HttpRoute[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const here = routes.filter((route) => route.path === pathOf(request));
  const route = here.find((candidate) => candidate.method === request.method);
  if (route) return route.handle(request, response);
  if (here.length === 0) return answer(response, 404, 'There is nothing here.');
  response.setHeader('Allow', here.map((candidate) => candidate.method).join(', '));
  return answer(response, 405, 'Not with this method.');
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

function close(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
