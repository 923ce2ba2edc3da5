import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AiraloClient, createAiraloClient } from '../../src/airalo/client.ts';
import {
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  UnknownEsimError,
  UnreadableBodyError,
} from '../../src/airalo/errors.ts';
import type { AiraloCall } from '../../src/airalo/measured-exchange.ts';
import type { Fault } from '../../src/airalo/simulator/faults.ts';
import { type Simulator, startSimulator } from '../../src/airalo/simulator/simulator.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { listen } from '../support/listen.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { until } from '../support/until.ts';

const CREDENTIALS = { clientId: 'client', clientSecret: 'hidden-secret' };
const ICCID = iccidOf('8910000000001000019');

function iccidOf(text: string): Iccid {
  const [iccid] = findIccids(text);
  if (!iccid) throw new Error(`Not an ICCID: ${text}`);
  return iccid;
}

let clock: ManualClock;
let simulator: Simulator;
let log: LogCapture;
let calls: AiraloCall[];
let client: AiraloClient;

function clientFor(baseUrl: string, secret = CREDENTIALS.clientSecret): AiraloClient {
  return createAiraloClient({
    baseUrl,
    ...CREDENTIALS,
    clientSecret: secret,
    clock,
    log: log.log,
    onCall: (call) => calls.push(call),
  });
}

beforeEach(async () => {
  clock = new ManualClock();
  log = captureLog();
  calls = [];
  simulator = await startSimulator({ ...CREDENTIALS, clock, profile: 'off' });
  client = clientFor(simulator.url);
});
afterEach(async () => {
  await client.close();
  await simulator.close();
});

/** Lets short waits between tries end, until the promise has. */
async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let result: PromiseSettledResult<T> | undefined;
  void Promise.allSettled([promise]).then(([first]) => {
    result = first;
  });
  return untilLater(clock, 'the end of the call', () => result);
}

async function errorFrom(promise: Promise<unknown>): Promise<unknown> {
  const result = await settled(promise);
  if (result.status === 'fulfilled') throw new Error('It succeeded');
  return result.reason;
}

describe('a reading', () => {
  it('comes with one token, however many are asked for at once', async () => {
    const iccids = simulator.addEsims(20).map(iccidOf);
    await Promise.all(iccids.map((iccid) => client.readUsage(iccid)));
    expect(simulator.tokenRequests).toBe(1);
    expect(simulator.calls).toHaveLength(20);
  });

  it.each<[string, Fault, abstract new (...args: never[]) => Error, number]>([
    ['404', { kind: 'status', status: 404 }, UnknownEsimError, 1],
    ['429 with seconds', { kind: 'rate-limited', retryAfter: '612' }, RateLimitedError, 1],
    [
      '403 with code 89',
      { kind: 'status', status: 403, body: { code: 89, reason: 'no' } },
      IpNotAllowedError,
      1,
    ],
    ['403 of another kind', { kind: 'status', status: 403 }, CredentialsRefusedError, 1],
    ['401 again and again', { kind: 'status', status: 401 }, CredentialsRefusedError, 2],
    ['422', { kind: 'status', status: 422, body: { code: 43, reason: 'Bad request' } }, DeclinedError, 1],
    ['a truncated body', { kind: 'truncated' }, UnreadableBodyError, 1],
    ['a page of HTML with 200', { kind: 'not-json' }, UnreadableBodyError, 1],
    ['a body of a megabyte', { kind: 'huge' }, UnreadableBodyError, 1],
    ['500', { kind: 'status', status: 500 }, AiraloUnavailableError, 3],
    ['503', { kind: 'status', status: 503 }, AiraloUnavailableError, 3],
    ['a redirect', { kind: 'status', status: 302 }, AiraloUnavailableError, 3],
    ['a dropped connection', { kind: 'drop-connection' }, AiraloUnavailableError, 3],
  ])(
    'fails after %s with an error of its own, and as many calls as that is worth',
    async (_what, fault, kind, tries) => {
      simulator.inject('usage', fault, 9);
      expect(await errorFrom(client.readUsage(ICCID))).toBeInstanceOf(kind);
      expect(calls.filter((call) => call.endpoint === 'usage')).toHaveLength(tries);
    },
  );

  it('succeeds when a fault passes within the tries', async () => {
    simulator.inject('usage', { kind: 'status', status: 502 });
    simulator.inject('usage', { kind: 'drop-connection' });
    const result = await settled(client.readUsage(ICCID));
    expect(result).toMatchObject({ status: 'fulfilled', value: { data: { total: 5120 } } });
  });

  it('tells until when a refused call must wait', async () => {
    simulator.inject('usage', { kind: 'rate-limited', retryAfter: '612' });
    const error = await errorFrom(client.readUsage(ICCID));
    expect(error).toMatchObject({ code: 'AIRALO_RATE_LIMITED' });
    if (!(error instanceof RateLimitedError)) throw error;
    expect(Math.abs((error.retryAt ?? 0) - clock.now() - 612_000)).toBeLessThan(1_000);
    simulator.inject('usage', { kind: 'rate-limited' });
    expect(await errorFrom(client.readUsage(ICCID))).toMatchObject({ retryAt: undefined });
  });

  it('takes code 73 for what it is: a recycled eSIM', async () => {
    simulator.inject('usage', { kind: 'status', status: 422, body: { code: 73, reason: 'recycled' } });
    expect(await client.readUsage(ICCID)).toMatchObject({ status: { name: 'RECYCLED' } });
  });

  it('reads strings for numbers, and the first version of the API', async () => {
    simulator.inject('usage', { kind: 'numbers-as-strings' });
    simulator.inject('usage', { kind: 'without-voice-and-text' });
    for (const _ of [1, 2])
      expect(await client.readUsage(ICCID)).toMatchObject({ data: { kind: 'megabytes', total: 5120 } });
  });

  it('ends with its budget while Airalo says nothing', async () => {
    simulator.inject('usage', { kind: 'hang' });
    const reading = client.readUsage(ICCID);
    await until('the question has arrived', () => calls.length === 1 && clock.sleeping > 0);
    clock.advance(8_000);
    expect(await errorFrom(reading)).toBeInstanceOf(AiraloUnavailableError);
    simulator.release();
  });

  it('ends with the signal of the caller', async () => {
    simulator.inject('usage', { kind: 'hang' });
    const caller = new AbortController();
    const reading = client.readUsage(ICCID, caller.signal);
    await until('the token has come', () => calls.length === 1);
    caller.abort();
    expect(await errorFrom(reading)).toBeInstanceOf(AiraloUnavailableError);
    simulator.release();
  });

  it('is not asked for any more after five failures, until a while has passed', async () => {
    simulator.inject('usage', { kind: 'status', status: 500 }, 15);
    for (let failures = 0; failures < 5; failures++) await errorFrom(client.readUsage(ICCID));
    const before = calls.length;
    const error = await errorFrom(client.readUsage(ICCID));
    expect(error).toMatchObject({ code: 'AIRALO_UNAVAILABLE', retryAt: expect.any(Number) });
    expect(calls).toHaveLength(before);
    clock.advance(15_001);
    expect(await client.readUsage(ICCID)).toMatchObject({ data: { total: 5120 } });
    expect(log.lines('answers again')).toHaveLength(1);
  });

  it('does not count refusals and unknown eSIMs as failures of Airalo', async () => {
    simulator.inject('usage', { kind: 'status', status: 404 }, 10);
    for (let times = 0; times < 10; times++) await errorFrom(client.readUsage(ICCID));
    expect(await client.readUsage(ICCID)).toMatchObject({ data: { total: 5120 } });
  });
});

describe('the token', () => {
  it('is renewed once when it is refused, and the question repeated once', async () => {
    await client.readUsage(ICCID);
    simulator.revokeTokens();
    expect(await client.readUsage(ICCID)).toMatchObject({ data: { total: 5120 } });
    expect(simulator.tokenRequests).toBe(2);
    expect(calls.map((call) => call.status)).toEqual([200, 200, 401, 200, 200]);
  });

  it('is renewed before its 24 hours end, whatever Airalo says it lives', async () => {
    await client.readUsage(ICCID);
    clock.advance(23 * 3_600_000);
    await client.readUsage(ICCID);
    expect(simulator.tokenRequests).toBe(1);
    clock.advance(59 * 60_000);
    await client.readUsage(ICCID);
    expect(simulator.tokenRequests).toBe(2);
    expect(calls.every((call) => call.status === 200)).toBe(true);
  });

  it.each([
    ['a wrong secret', 'wrong', CREDENTIALS.clientId],
    ['an unknown client', CREDENTIALS.clientSecret, 'nobody'],
  ])('refused for %s is not asked for again for a minute', async (_what, clientSecret, clientId) => {
    const stranger = createAiraloClient({
      baseUrl: simulator.url,
      clientId,
      clientSecret,
      clock,
      log: log.log,
    });
    for (let times = 0; times < 4; times++)
      expect(await errorFrom(stranger.readUsage(ICCID))).toMatchObject({
        code: 'AIRALO_CREDENTIALS_REFUSED',
        remedy: expect.stringContaining('AIRALO_CLIENT_ID'),
      });
    expect(simulator.tokenRequests).toBe(1);
    clock.advance(60_001);
    await errorFrom(stranger.readUsage(ICCID));
    expect(simulator.tokenRequests).toBe(2);
    await stranger.close();
  });

  it('limited by Airalo is a wait for everybody, not for one eSIM', async () => {
    simulator.inject('token', { kind: 'rate-limited', retryAfter: '20' });
    const error = await errorFrom(client.readUsage(ICCID));
    expect(error).toBeInstanceOf(AiraloUnavailableError);
    expect(error).toMatchObject({ retryAt: expect.any(Number) });
    expect(simulator.tokenRequests).toBe(1);
  });
});

describe('what leaves the client', () => {
  it('has the headers Airalo wants, and neither token nor ICCID ever reaches the log', async () => {
    const seen: IncomingMessage[] = [];
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      seen.push(request);
      if (request.url === '/v2/token') response.end('{"data":{"access_token":"the-token","expires_in":60}}');
      else response.writeHead(500).end('8910000000001000019 the-token');
    };
    const server = await listen(createServer(answer));
    const probe = clientFor(server.url);
    const error = await errorFrom(probe.readUsage(ICCID));
    expect(String(error)).not.toMatch(/the-token|8910000000001000019/);
    expect(seen.map((request) => request.headers.accept)).toEqual(Array(4).fill('application/json'));
    expect(seen[1]?.headers.authorization).toBe('Bearer the-token');
    expect(log.text()).not.toMatch(/the-token|hidden-secret|8910000000001000019/);
    await probe.close();
    await server.close();
  });

  it('tells the doctor how far the clocks are apart', async () => {
    const { clockSkewMs } = await client.checkAccess();
    // The answer's date is the real one, the manual clock stands in November 2026.
    expect(clockSkewMs).toBeTypeOf('number');
  });
});
