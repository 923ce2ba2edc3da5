import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpRoute, type HttpServer, openHttpServer } from '../../src/ops/http.ts';
import { captureLog } from '../support/log-capture.ts';
import { until } from '../support/until.ts';

let server: HttpServer | undefined;
afterEach(async () => server?.close(100));

async function open(routes: readonly HttpRoute[]) {
  const capture = captureLog();
  server = await openHttpServer({ host: '127.0.0.1', port: 0 }, routes, capture.log);
  return { url: `http://127.0.0.1:${server.port}`, capture };
}

const hello: HttpRoute = { method: 'GET', path: '/hello', handle: (_q, response) => void response.end('hi') };

describe('the HTTP server', () => {
  it('answers a route, with the security headers', async () => {
    const { url } = await open([hello]);
    const response = await fetch(`${url}/hello?x=1`);
    expect(await response.text()).toBe('hi');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('tells an unknown path from a wrong method', async () => {
    const { url } = await open([hello]);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    const wrong = await fetch(`${url}/hello`, { method: 'POST' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('answers a failing handler with 500 and no stack, and logs the reason', async () => {
    const fails: HttpRoute = {
      method: 'GET',
      path: '/fails',
      handle: () => Promise.reject(new Error('inner reason')),
    };
    const { url, capture } = await open([fails]);
    const response = await fetch(`${url}/fails`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/inner reason|\.ts/);
    expect(capture.text()).toContain('inner reason');
  });

  it('turns connections away above a thousand, says so once, and answers again when they are gone', async () => {
    const { url, capture } = await open([hello]);
    const port = Number(new URL(url).port);
    let closed = 0;
    const sockets = Array.from({ length: 1_010 }, () =>
      connect(port, '127.0.0.1')
        .on('close', () => closed++)
        .on('error', () => undefined),
    );
    await until('ten are turned away', () => closed >= 10);
    expect(closed).toBe(10);
    expect(capture.lines('The HTTP server turns connections away: too many are open')).toHaveLength(1);
    for (const socket of sockets) socket.destroy();
    await until('an answer', () =>
      fetch(`${url}/hello`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  });

  it('rejects when the port is taken', async () => {
    await open([hello]);
    const port = server?.port ?? 0;
    await expect(openHttpServer({ host: '127.0.0.1', port }, [], captureLog().log)).rejects.toThrow(
      'EADDRINUSE',
    );
  });

  it('closes although somebody keeps a connection open without a word', async () => {
    await open([hello]);
    const silent = connect(server?.port ?? 0, '127.0.0.1');
    await until('connected', () => silent.readyState === 'open');
    let cut = false;
    silent.once('close', () => {
      cut = true;
    });
    silent.on('error', () => undefined);
    await server?.close(20);
    await until('the silent connection was cut', () => cut);
    silent.destroy();
  });
});
