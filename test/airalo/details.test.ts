import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AiraloClient, createAiraloClient } from '../../src/airalo/client.ts';
import { BALANCE_QUESTION, DEVICES_QUESTION } from '../../src/airalo/details/account.ts';
import { esimQuestion } from '../../src/airalo/details/esim.ts';
import { instructionsQuestion } from '../../src/airalo/details/instructions.ts';
import { packagesQuestion } from '../../src/airalo/details/packages.ts';
import { createDetailSource } from '../../src/airalo/details/source.ts';
import { topUpsQuestion } from '../../src/airalo/details/topups.ts';
import {
  AiraloUnavailableError,
  RateLimitedError,
  RecycledEsimError,
  UnknownEsimError,
  UnreadableBodyError,
} from '../../src/airalo/errors.ts';
import { type Simulator, startSimulator } from '../../src/airalo/simulator/simulator.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { listen } from '../support/listen.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';

const CREDENTIALS = { clientId: 'client', clientSecret: 'hidden-secret' };
const ACTIVE = iccidOf('8910000000001000019');
const RECYCLED = iccidOf('8910000000001000068');
const UNKNOWN = iccidOf('8944500000000000008');

function iccidOf(text: string): Iccid {
  const [iccid] = findIccids(text);
  if (!iccid) throw new Error(`Not an ICCID: ${text}`);
  return iccid;
}

const read = <T>(question: { parse(text: string): T }, body: unknown): T =>
  question.parse(JSON.stringify(body));

describe('package history', () => {
  const question = packagesQuestion(ACTIVE);
  /** As documented. */
  const bought = {
    id: 9021,
    status: 'ACTIVE',
    remaining: 1331,
    activated_at: '2026-11-19T09:41:07+00:00',
    expired_at: '2026-12-04T09:41:07+00:00',
    finished_at: null,
    package: {
      id: 'sakura-topup',
      type: 'topup',
      price: 12,
      net_price: 9.6,
      amount: 5120,
      day: 15,
      is_unlimited: false,
      title: '5 GB - 15 Days',
      data: '5 GB',
    },
  };

  it('is read with its state and its dates, without prices', () => {
    expect(read(question, { pricing: {}, data: [bought] })).toEqual([
      {
        type: 'topup',
        title: '5 GB - 15 Days',
        status: { kind: 'known', name: 'ACTIVE' },
        data: { kind: 'megabytes', remaining: 1331, total: 5120 },
        activatedAt: Date.UTC(2026, 10, 19, 9, 41, 7),
        expiredAt: Date.UTC(2026, 11, 4, 9, 41, 7),
      },
    ]);
  });

  it('of an unlimited plan has no figures, whatever they are', () => {
    const unlimited = { ...bought, package: { ...bought.package, is_unlimited: true, amount: 0 } };
    expect(read(question, { data: [unlimited] })[0]?.data).toEqual({ kind: 'unlimited' });
  });

  it('takes numbers in strings, a status nobody knows, null for every date, and leaves out what is no package', () => {
    const strange = {
      status: 'paused',
      remaining: '7.5',
      activated_at: null,
      package: { title: 'N/A', data: '1 GB', amount: '1024' },
    };
    expect(read(question, { data: [strange, 'no package', null] })).toEqual([
      {
        type: 'other',
        title: '1 GB',
        status: { kind: 'unseen', name: 'PAUSED' },
        data: { kind: 'megabytes', remaining: 7.5, total: 1024 },
      },
    ]);
  });

  it.each([['{'], ['[]'], ['{"data":{}}'], ['{"data":"x"}'], ['null'], ['']])(
    'cannot be read from %j',
    (text) => {
      expect(() => question.parse(text)).toThrow(UnreadableBodyError);
    },
  );
});

describe('an eSIM', () => {
  const question = esimQuestion(ACTIVE);
  const simable = {
    code: '20261115-070321',
    description: 'TICKET-5512',
    package: 'Sakura Mobile-5 GB - 15 Days',
    validity: '15',
    data: '5 GB',
    status: { name: 'Completed' },
  };
  const sharing = { link: 'https://esims.cloud/abcd1-efgh2345', access_code: '0000' };

  it.each([
    ['under the eSIM', { sharing, simable }],
    ['under the order', { sharing: { link: null, access_code: null }, simable: { ...simable, sharing } }],
  ])('has its sharing link %s', (_where, data) => {
    const details = read(question, { data: { created_at: '2026-11-15 07:12:44', recycled: false, ...data } });
    expect(details).toEqual({
      recycled: false,
      createdAt: Date.UTC(2026, 10, 15, 7, 12, 44),
      orderCode: '20261115-070321',
      orderStatus: 'Completed',
      description: 'TICKET-5512',
      packageTitle: 'Sakura Mobile-5 GB - 15 Days',
      validityDays: 15,
      dataAmount: '5 GB',
      sharing: { href: 'https://esims.cloud/abcd1-efgh2345', accessCode: '0000' },
    });
  });

  it('keeps nothing that activates it, takes "N/A" for nothing, and no link that is not https', () => {
    const details = read(question, {
      data: {
        lpa: 'lpa.airalo.com',
        matching_id: 'SECRET-1',
        qrcode: 'LPA:1$lpa.airalo.com$SECRET-1',
        confirmation_code: 'SECRET-2',
        apn_value: 'N/A',
        brand_settings_name: null,
        is_roaming: true,
        recycled: true,
        recycled_at: '2026-11-01 00:00:00',
        sharing: { link: 'javascript:alert(1)' },
        simable: null,
      },
    });
    expect(details).toEqual({ recycled: true, recycledAt: Date.UTC(2026, 10, 1), roaming: true });
  });
});

describe('top-ups', () => {
  const question = topUpsQuestion(ACTIVE);

  it('are read with prices from either place', () => {
    const offer = {
      id: 'x',
      type: 'topup',
      amount: 1024,
      day: 7,
      is_unlimited: false,
      title: '1 GB - 7 Days',
    };
    const prices = { net_price: { USD: 3.2 }, recommended_retail_price: { USD: '4.50', EUR: 4 } };
    const data = [
      { ...offer, price: 4.5, net_price: 3.6, voice: 100, text: 0 },
      { ...offer, net_price: null, prices },
    ];
    const common = { title: '1 GB - 7 Days', data: { kind: 'megabytes', total: 1024 }, days: 7, price: 4.5 };
    expect(read(question, { data })).toEqual([
      { ...common, minutes: 100, netPrice: 3.6 },
      { ...common, netPrice: 3.2 },
    ]);
  });

  it('may be none', () => {
    expect(read(question, { data: [] })).toEqual([]);
  });
});

describe('installation instructions', () => {
  it('have their steps in the order of their numbers, and tell what activates the eSIM once', () => {
    const steps = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [String(11 - index), `step ${11 - index}`]),
    );
    const phone = {
      model: null,
      version: '17',
      installation_via_qr_code: {
        steps,
        qr_code_data: 'LPA:1$lpa.airalo.com$X',
        qr_code_url: 'https://airalo.com/qr',
        direct_apple_installation_url: 'https://esimsetup.apple.com/x',
      },
      installation_manual: { steps: ['by hand'], smdp_address_and_activation_code: 'LPA:1$lpa.airalo.com$X' },
      network_setup: { steps: { '1': 'roam' }, apn_value: 'N/A', is_roaming: true },
    };
    const guide = read(instructionsQuestion(ACTIVE, 'ja'), {
      data: { instructions: { language: 'JA', ios: [phone], android: 'none' } },
    });
    expect(guide).toMatchObject({
      language: 'JA',
      activationCode: 'LPA:1$lpa.airalo.com$X',
      qrCodeHref: 'https://airalo.com/qr',
      appleHref: 'https://esimsetup.apple.com/x',
    });
    expect(guide.steps).toEqual([
      {
        system: 'ios',
        version: '17',
        byQrCode: Array.from({ length: 11 }, (_, index) => `step ${index + 1}`),
        byHand: ['by hand'],
        network: ['roam'],
        roaming: true,
      },
    ]);
  });
});

describe('the account', () => {
  const balance = { name: 'balance', availableBalance: { amount: 412.35, currency: 'USD' } };

  it.each([
    ['an object', balance, [{ name: 'balance', amount: 412.35, currency: 'USD' }]],
    [
      'a list',
      [balance, { availableBalance: { amount: '-3.5', currency: 'EUR' } }],
      [
        { name: 'balance', amount: 412.35, currency: 'USD' },
        { amount: -3.5, currency: 'EUR' },
      ],
    ],
    ['nothing', [], []],
  ])('has its balance from %s', (_what, balances, accounts) => {
    expect(read(BALANCE_QUESTION, { data: { balances } })).toEqual({ accounts });
  });

  it('has a list of devices', () => {
    const data = [{ os: 'ios', brand: 'Apple', name: 'iPhone 13' }, { os: 'android' }];
    expect(read(DEVICES_QUESTION, { data })).toEqual([{ system: 'ios', brand: 'Apple', name: 'iPhone 13' }]);
  });
});

describe('the client', () => {
  let simulator: Simulator;
  let client: AiraloClient;
  const clock = new ManualClock();
  const log = captureLog();
  const clientFor = (baseUrl: string) => createAiraloClient({ baseUrl, ...CREDENTIALS, clock, log: log.log });
  const source = () => createDetailSource(client);

  beforeEach(async () => {
    simulator = await startSimulator({ ...CREDENTIALS, clock, profile: 'strict15', companyLimit: 'off' });
    client = clientFor(simulator.url);
  });
  afterEach(async () => {
    await client.close();
    await simulator.close();
  });

  it('reads every endpoint with one token', async () => {
    const { packages, esim, topUps, installation, balance, devices } = source();
    expect(await packages(ACTIVE)).toHaveLength(2);
    expect(await esim(ACTIVE)).toMatchObject({
      brand: 'Harbour Travel',
      sharing: { href: expect.any(String) },
    });
    expect(await topUps(ACTIVE)).toHaveLength(4);
    expect(await installation(ACTIVE, 'de-DE')).toMatchObject({ language: 'DE' });
    expect(await balance()).toMatchObject({ accounts: [{ amount: 412.35 }] });
    expect((await devices()).length).toBeGreaterThan(10);
    expect(simulator.tokenRequests).toBe(1);
    expect(simulator.detailCalls.map(({ status }) => status)).toEqual(Array(6).fill(200));
  });

  it('tells an unknown eSIM, a recycled one and a refused call apart, each by its error', async () => {
    await expect(source().esim(UNKNOWN)).rejects.toBeInstanceOf(UnknownEsimError);
    await expect(source().topUps(RECYCLED)).rejects.toBeInstanceOf(RecycledEsimError);
    await source().packages(ACTIVE);
    await expect(source().packages(ACTIVE)).rejects.toMatchObject({ retryAt: clock.now() + 900_000 });
    await expect(source().packages(ACTIVE)).rejects.toBeInstanceOf(RateLimitedError);
    simulator.inject('balance', { kind: 'status', status: 404 });
    await expect(source().balance()).rejects.toBeInstanceOf(AiraloUnavailableError);
    simulator.inject('devices', { kind: 'truncated' });
    await expect(source().devices()).rejects.toBeInstanceOf(UnreadableBodyError);
  });

  it('can order nothing: it posts to the token and to notifications alone, and reads with GET', async () => {
    const seen: IncomingMessage[] = [];
    const server = await listen(
      createServer((request, response) => {
        seen.push(request);
        const token = '{"data":{"access_token":"the-token","expires_in":60}}';
        response.end(request.url === '/v2/token' ? token : '{}');
      }),
    );
    const probe = clientFor(server.url);
    const probed = createDetailSource(probe);
    const reads = [
      probe.readUsage(ACTIVE),
      probed.packages(ACTIVE),
      probed.esim(ACTIVE),
      probed.topUps(ACTIVE),
      probed.installation(ACTIVE, 'en'),
      probed.balance(),
      probed.devices(),
      ...[
        '/v2/orders',
        '/v2/orders/topups',
        '/v2/orders-async',
        '/v2/notifications/../orders',
        '/v2/refund',
      ].map((path) => probe.send({ method: 'POST', path, headers: {}, body: '{}' })),
    ];
    expect((await Promise.allSettled(reads)).every(({ status }) => status === 'rejected')).toBe(true);
    const posts = seen.filter(({ method }) => method !== 'GET').map(({ url }) => url);
    expect(new Set(posts)).toEqual(new Set(['/v2/token']));
    expect(seen.filter(({ method }) => method === 'GET')).toHaveLength(7);
    expect(Object.keys(probe).sort()).toEqual([
      'checkAccess',
      'close',
      'prepare',
      'readDetail',
      'readUsage',
      'send',
    ]);
    await probe.close();
    await server.close();
  });

  it('goes on reading usage while another endpoint fails again and again', async () => {
    simulator.inject('balance', { kind: 'status', status: 403 }, 9);
    simulator.inject('devices', { kind: 'not-json' }, 9);
    for (let times = 0; times < 6; times++) {
      await expect(source().balance()).rejects.toThrow();
      await expect(source().devices()).rejects.toThrow();
    }
    expect(await client.readUsage(ACTIVE)).toMatchObject({ data: { total: 5120 } });
  });
});
