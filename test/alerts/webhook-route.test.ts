import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../src/airalo/webhook-signature.ts';
import { webhookRoutes } from '../../src/alerts/webhook-route.ts';
import type { AlertEvent } from '../../src/domain/alert.ts';
import { type HttpServer, openHttpServer } from '../../src/ops/http.ts';
import { StoreError } from '../../src/storage/ports.ts';
import { credit, ESIM, lowData, postWebhook, WEBHOOK_SECRET } from '../support/airalo-webhooks.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { until } from '../support/until.ts';

let server: HttpServer;
let capture: LogCapture;
let received: AlertEvent[];
let outage: Error | undefined;
const url = () => `http://127.0.0.1:${server.port}`;
const post = (...given: [payload: unknown, changes?: Parameters<typeof postWebhook>[2]]) =>
  postWebhook(url(), ...given);

beforeEach(async () => {
  capture = captureLog();
  received = [];
  outage = undefined;
  const receive = async (event: AlertEvent) => {
    if (outage) throw outage;
    received.push(event);
    return 'added' as const;
  };
  const routes = webhookRoutes({ clientSecret: WEBHOOK_SECRET, receive, log: capture.log });
  server = await openHttpServer({ host: '127.0.0.1', port: 0 }, routes, capture.log);
});
afterEach(() => server.close(100));

describe('POST /airalo/webhooks', () => {
  it('answers HEAD with 200, which Airalo asks at opt-in', async () => {
    expect((await fetch(`${url()}/airalo/webhooks`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${url()}/airalo/webhooks`)).status).toBe(405);
  });

  it('takes every warning with 200, which is what Airalo counts as taken', async () => {
    for (const payload of [lowData('75%'), lowData('1days'), credit(90)])
      expect(await post(payload)).toBe(200);
    expect(received.map(({ kind }) => kind)).toEqual(['low-data', 'low-data', 'credit']);
  });

  it('takes a body that was written differently on its way', async () => {
    const payload = lowData('75%', { package_name: 'zürich/5gb' });
    for (const body of [JSON.stringify(payload), JSON.stringify(payload, null, 2)])
      expect(await post(payload, { body })).toBe(200);
    expect(received).toHaveLength(2);
  });

  it('refuses what is forged, unsigned, cut off or changed, and keeps nothing of it', async () => {
    const payload = lowData('75%');
    const body = JSON.stringify(payload);
    expect(await post(payload, { signature: undefined })).toBe(401);
    expect(await post(payload, { signature: 'a'.repeat(128) })).toBe(401);
    expect(await post(payload, { signature: 'short' })).toBe(401);
    expect(await post(payload, { body: body.slice(0, -1) })).toBe(401);
    expect(await post(payload, { body: body.replace('75%', '90%') })).toBe(401);
    expect(await post(payload, { body: '' })).toBe(401);
    expect(received).toEqual([]);
    expect(capture.text()).not.toContain(ESIM);
  });

  it('acknowledges an order and what nobody can read: repeating it would change nothing', async () => {
    expect(await post({ request_id: 'r', sims: [] })).toBe(200);
    expect(await post({ hello: 'world' })).toBe(200);
    expect(received).toEqual([]);
    expect(capture.lines('could not be read')).toHaveLength(1);
  });

  it('answers 503 while the store takes nothing, so that Airalo sends it again', async () => {
    outage = new StoreError('STORE_UNAVAILABLE', 'gone', 'start it');
    expect(await post(lowData('75%'))).toBe(503);
    outage = undefined;
    expect(await post(lowData('75%'))).toBe(200);
  });

  it('reads no more than an alert can have', async () => {
    const large = { ...lowData('75%'), more: 'x'.repeat(300_000) };
    expect(await post(large)).toBe(413);
    expect(await post(lowData('75%'))).toBe(200);
  });

  it.each([
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['nested beyond measure', '['.repeat(50_000) + ']'.repeat(50_000)],
  ])('answers what is signed and says nothing: %s', async (_what, body) => {
    expect(await post(null, { body, signature: sign(WEBHOOK_SECRET, body) })).toBe(200);
    expect(received).toEqual([]);
  });

  it.each([
    ['nested beyond measure', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['the beginnings of lists', '['.repeat(100_000)],
    ['null', 'null'],
    ['no text at all', '\u0000\u0001'],
  ])('refuses what is not signed, whatever it is: %s', async (_what, body) => {
    for (const signature of [undefined, '0'.repeat(128)])
      expect(await post(null, { body, signature })).toBe(401);
    expect(capture.lines('A request failed')).toEqual([]);
  });

  it('survives a sender that breaks off in the middle', async () => {
    const socket = connect(server.port, '127.0.0.1');
    const signature = 'a'.repeat(128);
    socket.write(
      `POST /airalo/webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nairalo-signature: ${signature}\r\n\r\n{"lev`,
    );
    await until('sent', () => socket.bytesWritten > 0);
    socket.destroy();
    expect(await post(lowData('75%'))).toBe(200);
    expect(capture.lines('A request failed')).toEqual([]);
  });
});
