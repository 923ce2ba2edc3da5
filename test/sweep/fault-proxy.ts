import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../src/clock.ts';
import { listen } from '../support/listen.ts';
import type { FaultPlan } from './fault-plan.ts';
import { type Answer, bytesOf, createForwarding } from './forwarding.ts';
import type { Refusals } from './refusals.ts';
import { createTunnels } from './tunnels.ts';

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

/** Stands between the bot and one service over HTTP; each call may meet a fault. */
export async function startFaultProxy(parts: ProxyParts): Promise<FaultProxy> {
  const { plan, clock, activity, refusals, destination } = parts;
  const upstream = new URL(parts.upstream);
  const sockets = new Set<Socket>();
  const moved = () => {
    activity.moved++;
  };
  const { send, close: closeForwarding } = createForwarding(upstream, rewrite);
  const tunnels = createTunnels(upstream, rewrite, moved);
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
    void upgrade(request, socket, head, 'upgrade');
  });
  // To a forward proxy: what is said through the tunnel is between the two ends of it.
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    activity.moved++;
    void upgrade(request, socket, head, 'CONNECT');
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

  function rewrite(bytes: Buffer): Buffer {
    let text = bytes.toString('latin1');
    for (const [from, to] of parts.rewrites) text = text.replaceAll(from, to);
    return Buffer.from(text, 'latin1');
  }

  async function upgrade(
    request: IncomingMessage,
    near: Socket,
    head: Buffer,
    route: 'upgrade' | 'CONNECT',
  ): Promise<void> {
    near.on('error', () => undefined);
    const fault = plan.meet(destination, route);
    near.on('close', () => plan.left(destination));
    const refusal = fault && refusals(fault, route);
    if (refusal) return answerRaw(near, refusal.status, refusal.headers, refusal.body);
    if (fault === 'refused for 8 s' || fault === 'reset') return void near.resetAndDestroy();
    if (fault === 'no answer') return;
    if (fault === 'SIGKILL before') return parts.kill();
    const tunnel = tunnels.open(request, near, head);
    if (fault === 'SIGKILL after') tunnel.far.once('data', () => parts.kill());
    const afterAWhile = (act: () => void) => clock.sleep(1_000, ended.signal).then(act, () => undefined);
    if (fault === 'cut after a second') await afterAWhile(() => tunnels.cut(tunnel));
    if (fault === 'silent after a second') await afterAWhile(() => tunnels.silence(tunnel));
  }

  const { url, close } = await listen(server);
  const port = Number(new URL(url).port);
  return {
    url,
    destination,
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
      for (const tunnel of tunnels.all()) tunnels.cut(tunnel);
    },
    silenceTunnels() {
      for (const tunnel of tunnels.all()) tunnels.silence(tunnel);
    },
    async close() {
      ended.abort();
      for (const socket of sockets) socket.destroy();
      tunnels.close();
      closeForwarding();
      if (server.listening) await close();
    },
  };
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
