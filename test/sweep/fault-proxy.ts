import {
  Agent,
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../src/clock.ts';
import { listen } from '../support/listen.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Refusals } from './refusals.ts';

/** Signs of life of a world, so that time passes only when nothing is under way. */
export interface Activity {
  /** Grows with everything that happens. */
  moved: number;
  /** Exchanges under way, but for those that a fault holds. */
  underWay: number;
}

export interface ProxyParts {
  /** As the table names it: `slack`, `response_url`, `airalo` … */
  readonly destination: string;
  /** Where it leads: `http://host:port`. */
  readonly upstream: string;
  /** Names the method of a request, without ids and secrets. */
  routeOf(request: { readonly method: string; readonly path: string; readonly body: string }): string;
  readonly refusals: Refusals;
  readonly plan: FaultPlan;
  readonly clock: Clock;
  readonly activity: Activity;
  /** Text in answers and frames that is replaced by text of the same length: addresses that must lead through proxies. */
  readonly rewrites: ReadonlyMap<string, string>;
  /** SIGKILL of whoever calls. */
  kill(): void;
}

export interface FaultProxy {
  readonly url: string;
  readonly destination: string;
  /** Open tunnels: sockets that went through an upgrade. */
  readonly tunnels: number;
  /** Refuses connections from now on for so long, and cuts what is open. */
  refuse(forMs: number): void;
  /** Cuts every tunnel, as a router that lost its state. */
  cutTunnels(): void;
  /** Nothing comes through the tunnels any more, in either direction, and nobody is told. */
  silenceTunnels(): void;
  close(): Promise<void>;
}

const DRIP_MS = 1_000;
const HELD_MS = 60_000;
const PAGE =
  '<!doctype html><html><head><title>Blocked</title></head><body>Your organisation blocks this.</body></html>';

/** Stands between the bot and one service over HTTP; each call may meet a fault. */
export async function startFaultProxy(parts: ProxyParts): Promise<FaultProxy> {
  const { plan, clock, activity, refusals, destination } = parts;
  const upstream = new URL(parts.upstream);
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const tunnels = new Set<{ near: Socket; far: Socket; silent: boolean }>();
  const ended = new AbortController();
  let refusing = 0;

  const server = createServer((request, response) => {
    activity.moved++;
    activity.underWay++;
    serve(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    activity.moved++;
    void upgrade(request, socket, head);
  });
  server.keepAliveTimeout = 600_000;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let counted = true;
    /** What a fault holds is not under way. */
    const settle = () => {
      activity.moved++;
      if (counted) activity.underWay--;
      counted = false;
    };
    response.on('close', () => {
      settle();
      plan.left(destination);
    });
    const body = await bytesOf(request);
    const path = request.url ?? '/';
    const route = parts.routeOf({ method: request.method ?? 'GET', path, body: body.toString() });
    const fault = plan.meet(destination, route);
    if (fault === undefined) return relay(request, body, response);
    const refusal = refusals(fault, route);
    if (refusal) return void response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    switch (fault) {
      case 'refused for 8 s':
      case 'reset':
        return void request.socket.resetAndDestroy();
      case 'no answer':
        settle();
        await clock.sleep(HELD_MS, ended.signal).catch(() => undefined);
        return void request.socket.destroy();
      case 'answer lost after the effect':
        await send(request, body);
        return void request.socket.resetAndDestroy();
      case 'slow drip':
        return drip(await send(request, body), response, settle);
      case 'SIGKILL before':
        return parts.kill();
      case 'SIGKILL after':
        await send(request, body);
        return parts.kill();
      default:
        return relay(request, body, response);
    }
  }

  async function relay(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const answer = await send(request, body);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  /** One byte a second, and the rest when the minute is over. */
  async function drip(answer: Answer, response: ServerResponse, settle: () => void): Promise<void> {
    response.writeHead(answer.status, answer.headers);
    settle();
    for (let at = 0; at < HELD_MS / DRIP_MS && at < answer.body.length; at++) {
      response.write(answer.body.subarray(at, at + 1));
      activity.moved++;
      await clock.sleep(DRIP_MS, ended.signal).catch(() => undefined);
      if (response.destroyed) return;
    }
    response.end(answer.body.subarray(HELD_MS / DRIP_MS));
  }

  function send(request: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { host: _host, connection: _connection, ...headers } = request.headers;
      const going = forward(
        {
          host: upstream.hostname,
          port: upstream.port,
          agent,
          method: request.method,
          path: request.url,
          headers,
        },
        (answer) => {
          bytesOf(answer).then((bytes) => {
            const {
              connection: _kept,
              'keep-alive': _alive,
              'transfer-encoding': _coding,
              ...rest
            } = answer.headers;
            const rewritten = rewrite(bytes);
            resolve({
              status: answer.statusCode ?? 502,
              headers: { ...rest, 'content-length': String(rewritten.length) },
              body: rewritten,
            });
          }, reject);
        },
      );
      going.on('error', reject);
      going.end(body);
    });
  }

  function rewrite(bytes: Buffer): Buffer {
    let text = bytes.toString('latin1');
    for (const [from, to] of parts.rewrites) text = text.replaceAll(from, to);
    return Buffer.from(text, 'latin1');
  }

  async function upgrade(request: IncomingMessage, near: Socket, head: Buffer): Promise<void> {
    near.on('error', () => undefined);
    const fault = plan.meet(destination, 'upgrade');
    near.on('close', () => plan.left(destination));
    const refusal = fault && refusals(fault, 'upgrade');
    if (refusal) return answerRaw(near, refusal.status, refusal.headers, refusal.body);
    if (fault === 'refused for 8 s' || fault === 'reset') return void near.resetAndDestroy();
    if (fault === 'no answer') return;
    if (fault === 'SIGKILL before') return parts.kill();
    const tunnel = open(request, near, head);
    if (fault === 'SIGKILL after') tunnel.far.once('data', () => parts.kill());
    const afterAWhile = (act: () => void) => clock.sleep(1_000, ended.signal).then(act, () => undefined);
    if (fault === 'cut after a second') await afterAWhile(() => cut(tunnel));
    if (fault === 'silent after a second') await afterAWhile(() => silence(tunnel));
  }

  function open(request: IncomingMessage, near: Socket, head: Buffer) {
    const far = connect(Number(upstream.port), upstream.hostname);
    const tunnel = { near, far, silent: false };
    tunnels.add(tunnel);
    const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${String(value)}`);
    far.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    const pass = (to: Socket) => (bytes: Buffer) => {
      activity.moved++;
      if (!tunnel.silent) to.write(to === near ? rewrite(bytes) : bytes);
    };
    near.on('data', pass(far));
    far.on('data', pass(near));
    far.on('error', () => undefined);
    const end = (other: Socket) => () => {
      activity.moved++;
      tunnels.delete(tunnel);
      if (!tunnel.silent) other.end();
    };
    near.on('close', end(far));
    far.on('close', end(near));
    near.on('end', () => far.end());
    far.on('end', () => tunnel.silent || near.end());
    return tunnel;
  }

  function cut({ near, far }: { readonly near: Socket; readonly far: Socket }): void {
    near.resetAndDestroy();
    far.destroy();
  }
  function silence(tunnel: { far: Socket; silent: boolean }): void {
    tunnel.silent = true;
    tunnels.delete(tunnel as never);
    tunnel.far.destroy();
  }

  const { url, close } = await listen(server);
  const port = Number(new URL(url).port);
  return {
    url,
    destination,
    get tunnels() {
      return tunnels.size;
    },
    refuse(forMs) {
      activity.moved++;
      const mine = ++refusing;
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
      clock.sleep(forMs, ended.signal).then(
        () => {
          activity.moved++;
          if (mine === refusing) server.listen(port, '127.0.0.1');
        },
        () => undefined,
      );
    },
    cutTunnels() {
      for (const tunnel of tunnels) cut(tunnel);
    },
    silenceTunnels() {
      for (const tunnel of tunnels) silence(tunnel);
    },
    async close() {
      ended.abort();
      for (const socket of sockets) socket.destroy();
      for (const { far } of tunnels) far.destroy();
      agent.destroy();
      if (server.listening) await close();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

function answerRaw(
  socket: Socket,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  const lines = Object.entries({
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n${body}`,
  );
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What a proxy between the bot and the service shows. */
export const BLOCKED_PAGE = PAGE;
