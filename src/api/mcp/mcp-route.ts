import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { bodyOf, type HttpRoute } from '../../ops/http.ts';
import { type Answer, refuse } from '../answer.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import { API_PATIENCE_MS, isAnswer, send, unlessStoreIsAway } from '../http-api.ts';
import type { Questions } from '../questions.ts';

/** What MCP over streamable HTTP is served with. */
export interface McpRouteParts {
  readonly questions: Questions;
  readonly gatekeeper: Gatekeeper;
  /** Under which this server is reached, without ports; undefined: under any. */
  readonly hostnames: readonly string[] | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

const MAX_BODY_BYTES = 64 * 1024;

/**
 * `/mcp`: stateless, so that any process answers any request. Host and Origin are looked at first (MCP's specification, Streamable HTTP, Security): a page
 * of another site, or a name that was made to point here, gets nothing.
 */
export function mcpRoute(parts: McpRouteParts): HttpRoute {
  const { questions, gatekeeper, hostnames, clock, log } = parts;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<Answer | undefined> {
    // With the first request: most bots never serve MCP.
    const sdk = await import('@modelcontextprotocol/server');
    const { createMcpServer } = await import('./server.ts');
    const here = [...sdk.localhostAllowedHostnames(), ...(hostnames ?? [])];
    const host = hostnames ? sdk.validateHostHeader(request.headers.host, here) : { ok: true };
    const origin = sdk.validateOriginHeader(request.headers.origin, here);
    if (!host.ok || !origin.ok) return refuse('foreign-origin');
    const caller = await gatekeeper.admit(request, 'mcp');
    if (isAnswer(caller)) return caller;
    const body = await bodyOf(request, MAX_BODY_BYTES);
    if (body === 'too-large') return refuse('too-large');
    if (body === 'broken-off') return refuse('bad-request');
    const handler = sdk.createMcpHandler(
      () => createMcpServer({ questions, caller, canPromise: true, clock }),
      {
        onerror: (error) => log.debug({ err: error }, 'A request of MCP was refused'),
        // Nothing here ever changes: there is nothing to subscribe to.
        maxSubscriptions: 0,
      },
    );
    response.once('close', () => void handler.close());
    await copy(await handler.fetch(webRequestOf(request, body)), response);
    return undefined;
  }

  return {
    method: 'ANY',
    path: '/mcp',
    patienceMs: API_PATIENCE_MS,
    async handle(request, response) {
      const refused = await unlessStoreIsAway(
        handle(request, response).then((answer) => answer ?? ANSWERED),
        log,
      );
      if (refused !== ANSWERED) send(response, refused);
    },
  };
}

/** Stands for an answer that the SDK has written. */
const ANSWERED: Answer = { status: 200, headers: {} };

/** The SDK speaks Fetch's types, our server Node's. */
function webRequestOf(request: IncomingMessage, body: Buffer): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    for (const each of [value ?? []].flat()) headers.append(name, each);
  const { method = 'GET' } = request;
  const withBody = method !== 'GET' && method !== 'HEAD';
  return new Request('http://mcp/mcp', {
    method,
    headers,
    ...(withBody ? { body: new Uint8Array(body) } : {}),
  });
}

async function copy(from: Response, to: ServerResponse): Promise<void> {
  to.setHeaders(from.headers);
  to.writeHead(from.status);
  if (!from.body) return void to.end();
  // A client that leaves is no fault.
  await pipeline(Readable.fromWeb(from.body), to).catch(() => to.destroy());
}
