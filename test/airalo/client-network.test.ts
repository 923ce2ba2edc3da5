import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AiraloClient, createAiraloClient } from '../../src/airalo/client.ts';
import {
  AiraloUnavailableError,
  CredentialsRefusedError,
  UnreadableBodyError,
} from '../../src/airalo/errors.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import type { ProxySettings } from '../../src/proxy.ts';
import {
  type AiraloStandIn,
  answerWell,
  grantToken,
  refuseToken,
  startStandIn,
} from '../support/airalo-stand-in.ts';
import { startSilentProxy } from '../support/connect-proxy.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';
import { until } from '../support/until.ts';

const [ICCID] = findIccids('8910000000001000019') as [Iccid];
let clock: ManualClock;
let airalo: AiraloStandIn;
let client: AiraloClient;

beforeEach(() => {
  clock = new ManualClock();
});
afterEach(async () => {
  await client.close();
  await airalo.close();
});

async function against(answers: Parameters<typeof startStandIn>[0]): Promise<void> {
  airalo = await startStandIn(answers);
  client = clientOf(airalo.url);
}

function clientOf(baseUrl: string, proxy?: ProxySettings): AiraloClient {
  const { log } = captureLog();
  return createAiraloClient({ baseUrl, clientId: 'client', clientSecret: 'secret', clock, log, proxy });
}

/** How the call ends, while short waits between tries pass. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  let ended: { readonly error: unknown } | undefined;
  call.then(
    () => {
      ended = { error: undefined };
    },
    (error: unknown) => {
      ended = { error };
    },
  );
  const { error } = await untilLater(clock, 'the end of the call', () => ended);
  return error;
}

describe('a usage answer', () => {
  it('is waited for no longer than its time behind a proxy that never says whether it lets it through', async () => {
    const silent = await startSilentProxy();
    airalo = await startStandIn({});
    client = clientOf('http://airalo.internal', { https: undefined, http: silent.url, except: '' });
    expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(AiraloUnavailableError);
    await silent.close();
  });

  it('of 200 that breaks off was counted by Airalo, and is not asked for again', async () => {
    await against({
      usage: (response) => {
        response
          .writeHead(200, { 'content-length': '300' })
          .write('{"data":{"remai', () => response.destroy());
      },
    });
    expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(UnreadableBodyError);
    expect(airalo.usageCalls).toBe(1);
  });

  it('of 200 that drips until the budget is spent was counted too', async () => {
    await against({ usage: (response) => response.writeHead(200).write('{') });
    const reading = client.readUsage(ICCID);
    await until('the first byte', () => airalo.usageCalls === 1);
    // A moment for the headers to arrive: nothing tells the test when the client has read them.
    const error = errorOf(reading);
    expect(await error).toBeInstanceOf(UnreadableBodyError);
    expect(airalo.usageCalls).toBe(1);
  });

  it('of 429 is one even when its body breaks off', async () => {
    await against({
      usage: (response) => {
        response
          .writeHead(429, { 'retry-after': '612', 'content-length': '50' })
          .write('{"mess', () => response.destroy());
      },
    });
    expect(await errorOf(client.readUsage(ICCID))).toMatchObject({
      code: 'AIRALO_RATE_LIMITED',
      retryAt: expect.any(Number),
    });
    expect(airalo.usageCalls).toBe(1);
  });

  it('of 503 that names an instant is not asked for again before it', async () => {
    await against({ usage: (response) => response.writeHead(503, { 'retry-after': '120' }).end() });
    const error = await errorOf(client.readUsage(ICCID));
    expect(error).toMatchObject({ code: 'AIRALO_UNAVAILABLE', retryAt: expect.any(Number) });
    expect(airalo.usageCalls).toBe(1);
  });

  it('of 408 is a fault that may pass', async () => {
    const statuses = [408, 200];
    await against({
      usage: (response, request) => {
        const status = statuses.shift() ?? 200;
        if (status === 200) answerWell(response, request);
        else response.writeHead(status).end();
      },
    });
    expect(await errorOf(client.readUsage(ICCID))).toBeUndefined();
  });

  it('that leads elsewhere is not followed, for the token would go with it', async () => {
    await against({ usage: (response) => response.writeHead(302, { location: '/elsewhere' }).end() });
    expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(AiraloUnavailableError);
    expect(airalo.seen.map((request) => request.url)).not.toContain('/elsewhere');
  });

  it('is asked for by a client that says its name and version', async () => {
    await against({});
    await client.readUsage(ICCID);
    expect(airalo.seen.map((request) => request.headers['user-agent'])).toEqual(
      Array(2).fill(expect.stringMatching(/^esim-usage-bot\/\d+\.\d+\.\d+$/)),
    );
    expect(airalo.seen[1]?.url).toBe('/v2/sims/8910000000001000019/usage');
  });

  it('cannot come from a port where nobody listens', async () => {
    await against({});
    const { url } = airalo;
    await airalo.close();
    expect(await errorOf(clientOf(url).readUsage(ICCID))).toMatchObject({ code: 'AIRALO_UNAVAILABLE' });
  });
});

describe('a token answer', () => {
  it.each([400, 404, 405, 410])(
    'of %i concerns the bot, never the eSIM that was asked for',
    async (status) => {
      await against({ token: (response) => response.writeHead(status).end('{"message":"no"}') });
      expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(CredentialsRefusedError);
      expect(airalo.usageCalls).toBe(0);
    },
  );

  it('that cannot be read is no answer about the eSIM', async () => {
    await against({ token: (response) => response.end('<html>') });
    expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(AiraloUnavailableError);
  });

  it('of 500 is asked for once more only, since Airalo allows three a minute', async () => {
    await against({ token: (response) => response.writeHead(500).end() });
    expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(AiraloUnavailableError);
    expect(airalo.tokenCalls).toBe(2);
  });

  it('of 429 keeps everybody from asking until the instant it names', async () => {
    await against({ token: (response) => response.writeHead(429, { 'retry-after': '40' }).end() });
    for (let times = 0; times < 3; times++)
      expect(await errorOf(client.readUsage(ICCID))).toMatchObject({ retryAt: expect.any(Number) });
    expect(airalo.tokenCalls).toBe(1);
    clock.advance(40_000);
    await errorOf(client.readUsage(ICCID));
    expect(airalo.tokenCalls).toBe(2);
  });

  it('that Airalo then refuses is not replaced for every question', async () => {
    await against({ usage: refuseToken });
    for (let times = 0; times < 5; times++)
      expect(await errorOf(client.readUsage(ICCID))).toBeInstanceOf(CredentialsRefusedError);
    expect(airalo.tokenCalls).toBe(2);
    expect(airalo.usageCalls).toBe(2);
    clock.advance(60_000);
    await errorOf(client.readUsage(ICCID));
    expect(airalo.tokenCalls).toBeLessThanOrEqual(4);
  });

  it('still comes for the others when the one who asked first goes away', async () => {
    const waiting: (() => void)[] = [];
    await against({
      token: (response, request) => waiting.push(() => grantToken(response, request)),
    });
    const first = new AbortController();
    const gone = errorOf(client.readUsage(ICCID, first.signal));
    const stays = client.readUsage(ICCID);
    await until('the token request', () => waiting.length === 1);
    first.abort();
    await gone;
    for (const go of waiting) go();
    expect(await stays).toMatchObject({ data: { total: 5120 } });
    expect(airalo.tokenCalls).toBe(1);
  });
});

describe('the circuit', () => {
  async function opened(usage: { status: number; hang: boolean }): Promise<void> {
    await against({
      usage: (response, request) => {
        if (usage.hang) return;
        if (usage.status === 200) answerWell(response, request);
        else response.writeHead(usage.status).end();
      },
    });
    for (let failures = 0; failures < 5; failures++) await errorOf(client.readUsage(ICCID));
  }

  it('says when it will be tried again, not later with every question', async () => {
    await opened({ status: 500, hang: false });
    const openedBy = clock.now();
    clock.advance(10_000);
    const error = await errorOf(client.readUsage(ICCID));
    if (!(error instanceof AiraloUnavailableError)) throw error;
    expect(error.retryAt ?? 0).toBeLessThanOrEqual(openedBy + 15_000);
  });

  it('is not kept open by a clock that was put back', async () => {
    const usage = { status: 500, hang: false };
    await opened(usage);
    usage.status = 200;
    clock.advance(-60 * 60_000);
    expect(await client.readUsage(ICCID)).toMatchObject({ data: { total: 5120 } });
  });

  it('keeps those who wait for its trial call within their own budget', async () => {
    const usage = { status: 500, hang: false };
    await opened(usage);
    usage.hang = true;
    clock.advance(15_001);
    const before = airalo.usageCalls;
    const trial = client.readUsage(ICCID).catch((error: unknown) => error);
    const waiter = client.readUsage(ICCID).catch((error: unknown) => error);
    await until('the trial call', () => airalo.usageCalls === before + 1);
    clock.advance(8_000);
    expect(await trial).toBeInstanceOf(AiraloUnavailableError);
    expect(await waiter).toBeInstanceOf(AiraloUnavailableError);
    expect(airalo.usageCalls).toBe(before + 1);
  });
});
