import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { giveUpWhenSilent } from '../../../src/platforms/discord/silent-peer.ts';
import { listen } from '../../support/listen.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';

const PING_MS = 5_000;
let clock: ManualClock;
let socket: WebSocket;
let peer: WebSocket;
let pings: number;
let pongs: number;
let close: () => Promise<void>;

async function connect(autoPong: boolean): Promise<void> {
  const http = createServer();
  const server = new WebSocketServer({ server: http, autoPong });
  const arrived = once(server, 'connection');
  const { url, close: closeHttp } = await listen(http);
  socket = new WebSocket(url.replace('http', 'ws'));
  pongs = 0;
  socket.on('pong', () => pongs++);
  giveUpWhenSilent(socket, clock);
  [peer] = await arrived;
  pings = 0;
  peer.on('ping', () => pings++);
  await until('it is open, and the first ping has come', () => pings > 0);
  close = async () => {
    for (const one of server.clients) one.terminate();
    socket.terminate();
    await closeHttp();
  };
}

/** Whoever was due by then has done it. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

/** Five seconds pass, and what was sent at their end has come. */
async function passPing(): Promise<void> {
  const before = pings;
  await pass(PING_MS);
  await until('the ping is there', () => pings > before || socket.readyState !== WebSocket.OPEN);
}

beforeEach(() => {
  clock = new ManualClock();
});
afterEach(() => close());

describe('a gateway socket', () => {
  it('whose peer answers stays open, however quiet it is', async () => {
    await connect(true);
    for (let round = 0; round < 10; round++) {
      const pong = once(socket, 'pong');
      await passPing();
      await pong;
    }
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('whose peer falls silent is closed after ten seconds', async () => {
    await connect(true);
    await until('it has answered', () => pongs > 0);
    // As a link that is cut: what is sent arrives nowhere.
    peer.pause();
    const closed = once(socket, 'close');
    await pass(PING_MS);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    await pass(PING_MS);
    await closed;
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });

  it('whose peer has never answered a ping is left to its heartbeats', async () => {
    await connect(false);
    for (let round = 0; round < 10; round++) await passPing();
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is not given up because its own process was asleep', async () => {
    await connect(true);
    await until('it has answered', () => pongs > 0);
    peer.pause();
    await pass(PING_MS);
    await pass(20 * PING_MS);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});
