import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallbackSender, createCallbackSender } from '../../src/api/callback-delivery.ts';
import { isPublicAddress, wrongWithCallback } from '../../src/api/callback-target.ts';
import { usageReplyOf } from '../../src/api/replies.ts';
import { startReceiver } from '../support/api.ts';
import { startSilentProxy } from '../support/connect-proxy.ts';
import { ManualClock } from '../support/manual-clock.ts';

let clock: ManualClock;
let sender: CallbackSender;
beforeEach(() => {
  clock = new ManualClock();
  sender = createCallbackSender({ privateAllowed: true, proxy: undefined, clock });
});
afterEach(() => sender.close());

const reply = usageReplyOf({ kind: 'refused', refusal: { reason: 'promise-cancelled' } });
const sendTo = (url: string, by = sender) =>
  by.send(url, 'secret', { id: 'reply-1', reply }, new AbortController().signal);
type Answer = Parameters<typeof startReceiver>[number];

describe('a callback', () => {
  it.each<[string, Answer, object]>([
    ['taken with 204', (response) => response.writeHead(204).end(), { kind: 'delivered', route: 'callback' }],
    [
      'taken with an endless body',
      (response) => void response.writeHead(200).write('x'.repeat(4_000_000)),
      { kind: 'delivered' },
    ],
    [
      'answered with a page',
      (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Sign in'),
      { kind: 'retry', error: 'a page instead of an answer' },
    ],
    ['reset', (response) => response.destroy(), { kind: 'retry' }],
    ['answered 500', (response) => response.writeHead(500).end(), { kind: 'retry', error: 'HTTP 500' }],
    [
      'asked to wait',
      (response) => response.writeHead(429, { 'retry-after': '30' }).end(),
      { kind: 'retry', notBefore: ManualClock.START + 30_000 },
    ],
    [
      'refused with a page of a proxy in front',
      (response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<p>Blocked'),
      { kind: 'retry', error: 'HTTP 403' },
    ],
    ['answered 410', (response) => response.writeHead(410).end(), { kind: 'undeliverable' }],
    ['answered 401', (response) => response.writeHead(401).end(), { kind: 'undeliverable' }],
  ])('%s ends so', async (_what, answer, outcome) => {
    const receiver = await startReceiver(answer);
    expect(await sendTo(receiver.url)).toMatchObject(outcome);
    await receiver.close();
  });

  it('follows no redirect', async () => {
    const other = await startReceiver();
    const receiver = await startReceiver((response) =>
      response.writeHead(307, { location: other.url }).end(),
    );
    expect(await sendTo(receiver.url)).toMatchObject({ kind: 'undeliverable' });
    expect(other.received).toEqual([]);
    await receiver.close();
    await other.close();
  });

  it('to a receiver that hangs is given up after ten seconds, and tried again', async () => {
    const receiver = await startReceiver(() => undefined);
    expect(await clock.during(sendTo(receiver.url))).toEqual({ kind: 'retry', error: 'TimeoutError' });
    await receiver.close();
  });

  it('behind a proxy that never says whether it lets it through is tried again', async () => {
    const silent = await startSilentProxy();
    const proxy = { https: undefined, http: silent.url, except: '' };
    const behind = createCallbackSender({ privateAllowed: true, proxy, clock });
    const sending = clock.during(sendTo('http://till.internal/hook', behind));
    expect(await sending).toEqual({ kind: 'retry', error: 'TimeoutError' });
    await behind.close();
    await silent.close();
  });

  it('to a port where nobody listens is tried again', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    expect(await sendTo(receiver.url)).toEqual({ kind: 'retry', error: 'ECONNREFUSED' });
  });

  it('to a server that speaks no HTTP is tried again', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0\r\n'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await sendTo(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'retry' });
    server.close();
  });
});

describe('where callbacks may go', () => {
  it.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'https://a.localhost./',
    'https://user:password@example.com/',
    'ftp://example.com/',
    'nonsense',
  ])('%s is refused', async (url) => {
    expect(wrongWithCallback(url, false)).toBeDefined();
  });

  it('is the public internet', () => {
    expect(wrongWithCallback('https://hooks.example.com/a?b=c', false)).toBeUndefined();
    expect(['93.184.216.34', '2606:2800:220:1::1'].map(isPublicAddress)).toEqual([true, true]);
    expect(['10.1.2.3', '100.64.0.1', '2002:7f00:1::', 'x'].map(isPublicAddress)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('is looked at again when a name is resolved: one that points here is refused', async () => {
    const careful = createCallbackSender({ privateAllowed: false, proxy: undefined, clock });
    const { hostname } = await import('node:os');
    const outcome = await sendTo(`https://${hostname()}/`, careful);
    expect(outcome).toEqual({
      kind: 'undeliverable',
      reason: 'No callback is sent there: it leads into a private network',
    });
    await careful.close();
  });
});
