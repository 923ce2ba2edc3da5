import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detailIn, grantOf, readingOf } from '../../src/airalo/answers.ts';
import { createAiraloClient } from '../../src/airalo/client.ts';
import { packagesQuestion } from '../../src/airalo/details/packages.ts';
import {
  AiraloError,
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  UnknownEsimError,
} from '../../src/airalo/errors.ts';
import type { Reply } from '../../src/usage/reply.ts';
import {
  type AiraloStandIn,
  type Answer,
  answerWell,
  GOOD_USAGE,
  refuseToken,
  startStandIn,
} from '../support/airalo-stand-in.ts';
import { toIccid } from '../support/arbitraries.ts';
import { type BotUnderTest, createWorld, endWorld, startBot, type World } from '../support/bot.ts';
import { captureLog } from '../support/log-capture.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';

const ICCID = toIccid('8910000000001000019');
const OTHER = toIccid('8910000000001000027');
const WINDOW_MS = 15 * 60_000;
const NOT_FOUND = '{"data":[],"meta":{"message":"messages.resource_not_found"}}';
const CLOUDFLARE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';

const page =
  (status: number, text = CLOUDFLARE, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(text);

let clock: ManualClock;
let world: World;
let airalo: AiraloStandIn;
let bot: BotUnderTest;
/** What is answered about one eSIM; all others are answered well. */
let answerTo: Answer | undefined;
let tokenAnswer: Answer | undefined;

beforeEach(async () => {
  clock = new ManualClock();
  answerTo = undefined;
  tokenAnswer = undefined;
  world = await createWorld(clock);
  let tokens = 0;
  airalo = await startStandIn({
    token: (response, request) =>
      tokenAnswer
        ? tokenAnswer(response, request)
        : void response.end(JSON.stringify({ data: { access_token: `t${++tokens}`, expires_in: 86_400 } })),
    usage: (response, request) =>
      answerTo && request.url?.includes(ICCID) ? answerTo(response, request) : answerWell(response, request),
  });
  bot = await startBot({ clock, world, env: { AIRALO_BASE_URL: airalo.url } });
});
afterEach(async () => {
  await bot.stop({ keep: true });
  await airalo.close();
  await endWorld(world);
});

/** Asks, while the short waits between tries pass. */
async function ask(iccid = ICCID): Promise<Reply> {
  let reply: Reply | undefined;
  void bot.app.usageService.lookup({ iccid, requestId: 'r', place: 'test' }).then((given) => {
    reply = given;
  });
  return untilLater(clock, 'the answer', () => reply);
}

const KNOWN = { reading: { data: { remaining: 1331 } } };

describe('whoever answers in place of Airalo', () => {
  it.each<[string, Answer]>([
    ["a CDN's 403", page(403)],
    ["a gateway's 404", page(404, '<h1>Not Found</h1>')],
    ['a 404 of a gateway that speaks JSON', page(404, '{"message":"no Route matched with those values"}')],
    ['a 403 of a gateway that speaks JSON', page(403, '{"message":"Forbidden"}')],
    ['an empty 401', page(401, '')],
    ['an empty 404', page(404, '')],
    ['a 401 page', page(401)],
    ['a 422 page', page(422)],
    ['a 520 page', page(520)],
    ['a 429 page', page(429, CLOUDFLARE, { 'retry-after': '40' })],
    ['a 200 page', page(200)],
    ['JSON of something else', page(200, '{"status":"ok"}')],
  ])(
    'by %s says nothing of the eSIM: the last reading stands, and others are answered',
    async (_what, answer) => {
      await ask();
      answerTo = answer;
      clock.advance(WINDOW_MS);
      expect(await ask()).toMatchObject({ kind: 'cached', because: 'airalo-unavailable', ...KNOWN });
      expect(await ask(OTHER)).toMatchObject({ kind: 'fresh' });
      expect(bot.log.text()).not.toContain('AIRALO_CLIENT_ID');
      answerTo = undefined;
      clock.advance(WINDOW_MS);
      expect(await ask()).toMatchObject({ kind: 'fresh' });
    },
  );

  it('at the token address says nothing of the credentials', async () => {
    tokenAnswer = page(403);
    expect(await ask()).toMatchObject({ kind: 'deferred', because: 'airalo-unavailable' });
    tokenAnswer = undefined;
    expect(await ask()).toMatchObject({ kind: 'fresh' });
    expect(bot.log.text()).not.toContain('AIRALO_CLIENT_ID');
  });

  it('is not asked again before the instant it has named', async () => {
    answerTo = page(503, CLOUDFLARE, { 'retry-after': '120' });
    await ask();
    const calls = airalo.usageCalls;
    expect(await ask()).toMatchObject({ kind: 'deferred', because: 'airalo-unavailable' });
    expect(airalo.usageCalls).toBe(calls);
    answerTo = undefined;
    clock.advance(120_000);
    expect(await ask()).toMatchObject({ kind: 'fresh' });
  });
});

describe("Airalo's own 404 after a reading", () => {
  it('is believed when it comes again, and the last reading is shown until then', async () => {
    await ask();
    answerTo = page(404, NOT_FOUND);
    clock.advance(WINDOW_MS);
    expect(await ask()).toMatchObject({ refusal: { reason: 'unknown-esim' }, previous: KNOWN });
    expect(await ask()).toMatchObject({ kind: 'deferred', previous: KNOWN });
    clock.advance(WINDOW_MS);
    const believed = await ask();
    expect(believed).toMatchObject({ refusal: { reason: 'unknown-esim' } });
    expect(believed).not.toHaveProperty('previous');
  });

  it('is a new doubt where a reading has come between', async () => {
    await ask();
    for (const answer of [page(404, NOT_FOUND), undefined, page(404, NOT_FOUND)]) {
      clock.advance(WINDOW_MS);
      answerTo = answer;
      const reply = await ask();
      if (answer) expect(reply).toMatchObject({ refusal: { reason: 'unknown-esim' }, previous: KNOWN });
      else expect(reply.kind).toBe('fresh');
    }
  });

  it('is believed at once where nothing was known', async () => {
    answerTo = page(404, NOT_FOUND);
    const reply = await ask();
    expect(reply).toMatchObject({ refusal: { reason: 'unknown-esim' } });
    expect(reply).not.toHaveProperty('previous');
  });
});

describe('a refusal of Airalo', () => {
  it.each<[string, Answer, string]>([
    ['credentials', refuseToken, 'operator-needed'],
    ['the address', page(403, '{"code":89,"reason":"Your IP address is not permitted."}'), 'operator-needed'],
    ['the question', page(422, '{"code":43,"reason":"Bad request."}'), 'declined'],
  ])('of %s still shows the last reading with its age', async (_what, answer, reason) => {
    const first = await ask();
    answerTo = answer;
    clock.advance(WINDOW_MS);
    const asOf = first.kind === 'fresh' ? first.asOf : undefined;
    expect(await ask()).toMatchObject({ kind: 'refused', refusal: { reason }, previous: { ...KNOWN, asOf } });
  });

  it('of the token request is told to the operator with the remedy, from the first question on', async () => {
    tokenAnswer = (response) =>
      void response.writeHead(401).end('{"data":[],"meta":{"message":"Client authentication failed"}}');
    expect(await ask()).toMatchObject({ refusal: { reason: 'operator-needed' } });
    expect(airalo.usageCalls).toBe(0);
    expect(bot.log.lines('AIRALO_CLIENT_SECRET is refused')).toHaveLength(1);
  });

  it('of one eSIM alone with a new token stops nobody else, and costs few tokens', async () => {
    answerTo = refuseToken;
    for (let round = 0; round < 5; round++) {
      expect(await ask()).toMatchObject({ refusal: { reason: 'operator-needed' } });
      expect(await ask(OTHER)).toMatchObject({ reading: KNOWN.reading });
    }
    expect(airalo.tokenCalls).toBe(2);
    expect(bot.log.text()).not.toContain('AIRALO_CLIENT_ID');
    answerTo = undefined;
    clock.advance(60_000);
    expect(await ask()).toMatchObject({ kind: 'fresh' });
  });
});

describe('a usage body that is as documented but for its form', () => {
  const GOOD = Buffer.from(GOOD_USAGE);
  it.each<[string, Buffer, Record<string, string>]>([
    ['gzip', gzipSync(GOOD), { 'content-encoding': 'gzip' }],
    ['brotli', brotliCompressSync(GOOD), { 'content-encoding': 'br' }],
    ['deflate', deflateSync(GOOD), { 'content-encoding': 'deflate' }],
    ['deflate without its header', deflateRawSync(GOOD), { 'content-encoding': 'Deflate' }],
    ['two layers', gzipSync(deflateSync(GOOD)), { 'content-encoding': 'deflate, gzip' }],
    ['a byte order mark', Buffer.from(`\uFEFF${GOOD_USAGE}`), {}],
  ])('%s is read', async (_what, bytes, headers) => {
    answerTo = (response) => void response.writeHead(200, headers).end(bytes);
    expect(await ask()).toMatchObject({ kind: 'fresh', ...KNOWN });
  });

  it.each<[string, Buffer, string]>([
    ['a small body that unpacks into a huge one', gzipSync(Buffer.alloc(10_000_000, 0x20)), 'gzip'],
    ['a packed body that breaks off', gzipSync(GOOD).subarray(0, 40), 'gzip'],
    ['a packing nobody knows', GOOD, 'rot13'],
  ])('%s is none', async (_what, bytes, encoding) => {
    answerTo = (response) => void response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    expect(await ask()).toMatchObject({ kind: 'deferred', because: 'airalo-unavailable' });
  });

  it('with an odd field is told of once, by names and kinds, never by values', async () => {
    answerTo = (response) =>
      void response.end(GOOD_USAGE.replace('"remaining":1331', '"remaining":"secret-1331"'));
    expect(await ask()).toMatchObject({ kind: 'fresh', reading: { data: { kind: 'unknown', total: 5120 } } });
    expect(bot.log.lines('Airalo sent fields that are not as documented')).toMatchObject([
      { fields: ['remaining: string'] },
    ]);
    expect(bot.log.text()).not.toContain('secret-1331');
  });
});

describe('the log', () => {
  it.each<[string, string, string]>([
    ['a name that is in no DNS', 'http://airalo.invalid', 'ENOTFOUND'],
    ['a port where nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
  ])('names the cause of %s, once, with the host', async (_what, baseUrl, cause) => {
    const { log, lines, text } = captureLog();
    const client = createAiraloClient({ baseUrl, clientId: 'client', clientSecret: 'hidden', clock, log });
    for (let times = 0; times < 3; times++)
      await clock.during(client.readUsage(ICCID).catch(() => undefined));
    await client.close();
    expect(lines('No usable answer from Airalo')).toMatchObject([{ cause, host: new URL(baseUrl).host }]);
    expect(text()).not.toMatch(new RegExp(`${ICCID}|hidden`));
  });

  it('names the cause of a port that speaks no TLS', async () => {
    const { log, lines } = captureLog();
    const baseUrl = airalo.url.replace('http:', 'https:');
    const client = createAiraloClient({ baseUrl, clientId: 'client', clientSecret: 'hidden', clock, log });
    await clock.during(client.readUsage(ICCID).catch(() => undefined));
    await client.close();
    expect(lines('No usable answer from Airalo')).toMatchObject([
      { cause: expect.stringMatching(/SSL|EPROTO/) },
    ]);
  });

  it('names what was unreadable about a 200', async () => {
    answerTo = page(200);
    await ask();
    expect(bot.log.lines('No usable answer from Airalo')).toMatchObject([{ cause: 'NOT_JSON' }]);
  });
});

describe('whatever answers, with any status, headers and body', () => {
  const status = fc.oneof(
    fc.constantFrom(200, 301, 400, 401, 403, 404, 422, 429, 500, 503, 520),
    fc.integer({ min: 200, max: 599 }),
  );
  const message = fc.string();
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('', CLOUDFLARE, NOT_FOUND, GOOD_USAGE),
    fc.record({ message }).map((value) => JSON.stringify(value)),
    fc
      .record({ code: fc.oneof(fc.constantFrom(73, 89, 43), fc.nat()), reason: message })
      .map((value) => JSON.stringify(value)),
    fc.record({ data: fc.jsonValue(), meta: fc.record({ message }) }).map((value) => JSON.stringify(value)),
  );
  const answer = fc.record({
    status,
    text: body,
    retryAfter: fc.option(fc.string(), { nil: undefined }),
    date: fc.constant(undefined),
  });
  /** Airalo's envelopes for refusals, read apart from the code under test. */
  function envelopeOf(text: string): Record<string, unknown> | undefined {
    try {
      const json: unknown = JSON.parse(text);
      return typeof json === 'object' && json !== null ? Object.fromEntries(Object.entries(json)) : undefined;
    } catch {
      return undefined;
    }
  }

  it.each([
    ['usage', readingOf],
    ['package history', (given, now) => detailIn(given, now, packagesQuestion(ICCID))],
    ['a token', grantOf],
  ] satisfies [string, (given: Parameters<typeof readingOf>[0], now: number) => unknown][])(
    'what comes of %s says no more than the body does',
    (_what, read) => {
      fc.assert(
        fc.property(answer, (given) => {
          try {
            read(given, ManualClock.START);
            expect(given.status < 300 || /"code":\s*"?73/.test(given.text)).toBe(true);
          } catch (error) {
            if (!(error instanceof AiraloError)) throw error;
            const envelope = envelopeOf(given.text);
            const refusing = envelope && (('data' in envelope && 'meta' in envelope) || 'reason' in envelope);
            if (error instanceof UnknownEsimError)
              expect(given.status === 404 && 'meta' in (envelope ?? {})).toBe(true);
            if (error instanceof IpNotAllowedError) expect(Number(envelope?.code)).toBe(89);
            if (error instanceof DeclinedError) expect(refusing).toBe(true);
            if (error instanceof CredentialsRefusedError) expect(envelope).toBeDefined();
            if (given.text === CLOUDFLARE && given.status >= 300)
              expect(error).toBeInstanceOf(AiraloUnavailableError);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
