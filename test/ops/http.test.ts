import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  answer,
  bodyOf,
  type HttpPatience,
  type HttpRoute,
  type HttpServer,
  openHttpServer,
  PATIENCE,
  refuseRest,
} from '../../src/ops/http.ts';
import { captureLog } from '../support/log-capture.ts';
import { until } from '../support/until.ts';

let server: HttpServer | undefined;
afterEach(async () => server?.close(100));

async function open(routes: readonly HttpRoute[], patience?: HttpPatience) {
  const capture = captureLog();
  server = await openHttpServer({ host: '127.0.0.1', port: 0 }, routes, capture.log, patience);
  return { url: `http://127.0.0.1:${server.port}`, capture };
}

/** Sends these bytes on a connection of their own, and waits for its end; with `answers`, only until so many have come. */
async function spoken(text: string, answers?: number): Promise<string> {
  const socket = connect(server?.port ?? 0, '127.0.0.1');
  let heard = '';
  let ended = false;
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  socket.on('close', () => {
    ended = true;
  });
  socket.on('error', (error) => {
    heard += `[${error.message}]`;
  });
  socket.write(text);
  const enough = () => answers !== undefined && heard.split('HTTP/1.1 ').length > answers;
  await until('the server has ended it', () => ended || enough());
  socket.destroy();
  return heard;
}

const HASTE: HttpPatience = { headersMs: 60, requestMs: 120, lookEveryMs: 20, answerMs: 20_000 };
const takes: HttpRoute = {
  method: 'POST',
  path: '/takes',
  async handle(request, response) {
    const body = await bodyOf(request, 1_000);
    if (body === 'broken-off') response.destroy();
    else if (body === 'too-large') refuseRest(request, response, 413, 'Too large.');
    else answer(response, 200, `${body.length} bytes`);
  },
};

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

  it('names the setting and the way out when the port is taken', async () => {
    await open([hello]);
    const port = server?.port ?? 0;
    await expect(openHttpServer({ host: '127.0.0.1', port }, [], captureLog().log)).rejects.toMatchObject({
      name: 'StartError',
      message: `The HTTP server cannot listen on 127.0.0.1:${port} (EADDRINUSE)`,
      remedy: expect.stringContaining('PORT=0'),
    });
  });

  it.each(['203.0.113.7', 'nowhere.invalid'])('names HOST when it is not this computer: %s', async (host) => {
    await expect(openHttpServer({ host, port: 0 }, [], captureLog().log)).rejects.toMatchObject({
      name: 'StartError',
      remedy: expect.stringContaining('HOST'),
    });
  });

  it('lets an answer that waits for something end when it closes, long before what is left is cut', async () => {
    let waits = false;
    const events: HttpRoute = {
      method: 'GET',
      path: '/events',
      handle(_request, response, closing) {
        response.write('first');
        waits = true;
        closing.addEventListener('abort', () => response.end(' last'));
      },
    };
    const { url } = await open([events]);
    // Kept alive, as a browser does.
    const heard = fetch(`${url}/events`).then((response) => response.text());
    await until('the answer waits', () => waits);
    await server?.close(60_000);
    expect(await heard).toBe('first last');
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

  it('tells whoever waits that it closes, and ends after what they had begun', async () => {
    const ended: string[] = [];
    let isWaiting = false;
    const waits: HttpRoute = {
      method: 'GET',
      path: '/waits',
      async handle(_request, response, closing) {
        isWaiting = true;
        if (!closing.aborted) await once(closing, 'abort');
        answer(response, 202, 'Later.');
        await nextTurn();
        ended.push('what it had begun');
      },
    };
    const { url } = await open([waits]);
    const waiting = fetch(`${url}/waits`);
    await until('it waits', () => isWaiting);
    await server?.close(5_000);
    expect([(await waiting).status, ended]).toEqual([202, ['what it had begun']]);
  });

  it('answers HEAD where it answers GET', async () => {
    const { url } = await open([hello]);
    const response = await fetch(`${url}/hello`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('answers a request that its handler has forgotten', async () => {
    const forgets: HttpRoute = { method: 'GET', path: '/forgets', handle: () => undefined };
    const { url, capture } = await open([forgets], { ...HASTE, answerMs: 30 });
    expect((await fetch(`${url}/forgets`)).status).toBe(500);
    expect(capture.text()).toContain('Not answered within 30 ms');
  });
});

describe('a slow sender', () => {
  it('is cut when its headers are late, and told so', async () => {
    await open([takes], HASTE);
    expect(await spoken('POST /takes HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 [\s\S]*close/);
  });

  it('is cut when its body is late', async () => {
    await open([takes], HASTE);
    const heard = await spoken('POST /takes HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc');
    expect(heard).toMatch(/^HTTP\/1\.1 408 |^$/);
  });

  it('is looked for each second, so that the five and ten seconds are what they say', () => {
    expect(PATIENCE).toMatchObject({ headersMs: 5_000, requestMs: 10_000, lookEveryMs: 1_000 });
  });
});

describe('a body that is refused', () => {
  const large = 'x'.repeat(3_000_000);

  it('is answered 413 with the end of the connection, and its sender gets to read that', async () => {
    await open([takes]);
    const heard = await spoken(
      `POST /takes HTTP/1.1\r\nHost: x\r\nContent-Length: ${large.length}\r\n\r\n${large}`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close[\s\S]*Too large\.\n$/);
  });

  it('is found out too where it does not say its length', async () => {
    await open([takes]);
    const chunk = `1000\r\n${'x'.repeat(0x1000)}\r\n`;
    const heard = await spoken(
      `POST /takes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(400)}0\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*Too large\.\n$/);
  });

  it('leaves the next request of a connection whole where a handler did not read to its end', async () => {
    const halfRead: HttpRoute = {
      method: 'POST',
      path: '/half',
      handle: async (request, response) => {
        for await (const _ of request.iterator({ destroyOnReturn: false })) break;
        answer(response, 200, 'enough');
      },
    };
    await open([halfRead, hello]);
    const first = `POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: ${large.length}\r\n\r\n${large}`;
    const heard = await spoken(`${first}GET /hello HTTP/1.1\r\nHost: x\r\n\r\n`, 2);
    expect(heard).toMatch(/200 OK[\s\S]*enough[\s\S]*200 OK[\s\S]*hi/);
  });
});

describe('what is no request', () => {
  it.each([
    ['no HTTP at all', 'hello there\r\n\r\n', '400'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00', '400'],
    ['headers without an end in sight', `GET /hello HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}`, '431'],
    [
      'two lengths',
      'POST /takes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      '400',
    ],
    ['no host', 'GET /hello HTTP/1.1\r\n\r\n', '400'],
    ['an address that is none', 'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '404'],
    ['a method nobody knows', 'BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ])('%s has a status and no stack', async (_what, text, status) => {
    await open([hello, takes]);
    const heard = await spoken(text);
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(heard).not.toMatch(/ at |\.ts|node:/);
    expect((await fetch(`http://127.0.0.1:${server?.port}/hello`)).status).toBe(200);
  });
});
