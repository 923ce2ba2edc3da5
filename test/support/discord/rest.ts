import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../../src/clock.ts';
import { ApiError } from './api-error.ts';
import { fileAt, readBody } from './attachment-body.ts';
import { createBuckets, type Fault, type Faults, type RouteName } from './faults.ts';
import type { World } from './world.ts';

export interface Route {
  readonly name: RouteName;
  readonly method: string;
  /** Below `/api/v10`; named groups become `params`. */
  readonly path: RegExp;
  /** Without the bot's token: the interaction token in the path is the credential. */
  readonly open?: boolean;
  handle(request: RouteRequest): { readonly status: number; readonly body?: unknown };
}

interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** One call, as it came in. */
export interface Call {
  readonly route: RouteName;
  readonly path: string;
  readonly body: unknown;
  readonly at: number;
  /** Answered with; 0 when no answer was given. */
  status: number;
  code?: number;
}

/** Calls of one route within a time. */
export interface BucketRule {
  readonly limit: number;
  readonly windowMs: number;
  /** What the window counts in: real time, unless the bot's own time is turned too. */
  readonly clock?: Pick<Clock, 'now'>;
}

const BUCKET_LIMIT = 5;
const BUCKET_MS = 100;

/** Discord's REST API under `/api/v10`: routing, the bot's token, buckets, faults. Every call is recorded. */
export function createRest(
  world: World,
  routes: readonly Route[],
  faults: Faults,
  bucket: BucketRule = { limit: BUCKET_LIMIT, windowMs: BUCKET_MS },
): { readonly server: Server; readonly calls: Call[] } {
  const calls: Call[] = [];
  const buckets = createBuckets(bucket.limit, bucket.windowMs, bucket.clock);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://discord.invalid');
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v10/, ''));
    const file = request.method === 'GET' ? fileAt(world, url) : undefined;
    if (file) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
    const body = await readBody(world, request).catch(refusedBody);
    const route = routes.find((one) => one.method === request.method && one.path.test(path));
    if (!route) return send(response, 404, { code: 0, message: '404: Not Found' });
    const call: Call = { route: route.name, path, body, at: world.clock.now(), status: 0 };
    calls.push(call);
    const fault = faults.take(route.name);
    if (fault?.kind === 'hang') return;
    const refusal = fault && refusalOf(fault);
    if (refusal) {
      call.status = refusal.status;
      return send(response, refusal.status, refusal.body, refusal.headers);
    }
    const params = route.path.exec(path)?.groups ?? {};
    const bucket = buckets.count(
      `${route.method}:${route.name} ${Object.values(params).slice(0, 2).join('/')}`,
    );
    if (bucket.waitMs !== undefined) {
      call.status = 429;
      return send(response, 429, limited(bucket.waitMs), {
        ...bucket.headers,
        'Retry-After': (bucket.waitMs / 1000).toFixed(3),
      });
    }
    const result = answer(route, { params, query: url.searchParams, body }, request);
    call.status = result.status;
    if ('code' in result) call.code = result.code;
    if (fault?.kind === 'answer-lost') {
      call.status = 0;
      request.socket.destroy();
      return;
    }
    send(response, result.status, result.body, bucket.headers);
  }

  function answer(route: Route, asked: RouteRequest, request: IncomingMessage) {
    try {
      if (asked.body instanceof ApiError) throw asked.body;
      if (!route.open && request.headers.authorization !== `Bot ${world.token}`) throw new ApiError(0);
      return route.handle(asked);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.body.code === 50035 || error.body.code === 50006)
        world.violations.push(`${route.name}: ${error.message}`);
      return { status: error.status, body: error.body, code: error.body.code };
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      world.violations.push(`the stand-in failed: ${String(error)}`);
      response.writeHead(501).end();
    });
  });
  return { server, calls };
}

function refusalOf(
  fault: Fault,
): { status: number; body: unknown; headers?: Record<string, string> } | undefined {
  switch (fault.kind) {
    case 'status':
      return { status: fault.status, body: { code: 0, message: `${fault.status}: on purpose` } };
    case 'code':
      return { status: fault.status, body: { code: fault.code, message: 'on purpose' } };
    case 'rate-limited':
      return {
        status: 429,
        body: limited(fault.retryAfterMs),
        headers: { 'Retry-After': String(fault.retryAfterMs / 1000), 'X-RateLimit-Scope': 'user' },
      };
    case 'answer-lost':
    case 'hang':
      return undefined;
    default:
      return fault satisfies never;
  }
}

function limited(waitMs: number) {
  return { message: 'You are being rate limited.', retry_after: waitMs / 1000, global: false };
}

/** A body that cannot be is refused where the route answers. */
function refusedBody(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
