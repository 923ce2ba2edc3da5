import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCustomerLookup } from '../../src/customers/customer-lookup.ts';
import { captureLog, type LogCapture } from '../support/log-capture.ts';
import { json, type LookupServer, startLookupServer } from '../support/lookup-server.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater } from '../support/passing-time.ts';

const SECRET = 'hidden-lookup-secret';
const EMAIL = 'anna@example.com';
const ICCID = '8910000000001000019';
const TEN_MEGABYTES = 10_000_000;

let clock: ManualClock;
let log: LogCapture;
let server: LookupServer;
let outcomes: string[];
let lookup: ReturnType<typeof createCustomerLookup>;
beforeEach(async () => {
  clock = new ManualClock();
  log = captureLog();
  outcomes = [];
  server = await startLookupServer([{ label: 'Order #1042', iccids: [ICCID] }]);
  open(server.url);
});
afterEach(async () => {
  await lookup.close();
  await server.close();
  for (const hidden of [SECRET, EMAIL, ICCID, 'hidden-in-url']) expect(log.text()).not.toContain(hidden);
});

function open(url: string): void {
  const parts = { clock, log: log.log, onCall: (outcome: string) => outcomes.push(outcome) };
  lookup = createCustomerLookup({ url, secret: SECRET }, parts);
}

/** Lets time go on while the server does not answer. */
async function ask(query = EMAIL) {
  let ended = false;
  const asking = lookup.find(query, 'email').finally(() => {
    ended = true;
  });
  await untilLater(clock, 'the answer', () => ended);
  return asking;
}

describe('a question to the records', () => {
  it('is signed over its raw body, in which the instant stands', async () => {
    expect(await ask()).toEqual({ kind: 'found', matches: [{ label: 'Order #1042', iccids: [ICCID] }] });
    const [heard] = server.heard;
    const body = heard?.body ?? '';
    expect(JSON.parse(body)).toEqual({
      query: EMAIL,
      kind: 'email',
      timestamp: Math.floor(ManualClock.START / 1000),
    });
    expect(heard?.headers['x-esim-usage-signature']).toBe(
      createHmac('sha256', SECRET).update(body).digest('hex'),
    );
    expect(heard?.headers['x-esim-usage-timestamp']).toBe(String(JSON.parse(body).timestamp));
  });

  it('is put once by any number who ask, and again only after a minute', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    await ask();
    expect(server.heard).toHaveLength(1);
    clock.advance(60_001);
    await ask();
    expect(server.heard).toHaveLength(2);
  });

  it('has labels on one line and bounded, and numbers alone', async () => {
    const label = `<script>\n\u202Eevil\u0000 ${'x'.repeat(500)}`;
    server.answer = (response) =>
      json(response, {
        matches: [{ label, iccids: [`8910-0000-0000-1000-019`, 'none', '123', ICCID], more: 1 }],
        also: true,
      });
    const result = await ask();
    expect(result).toMatchObject({ kind: 'found', matches: [{ iccids: [ICCID] }] });
    const said = result.kind === 'found' ? result.matches[0]?.label : undefined;
    expect(said).toMatch(/^<script> evil x+…$/);
    expect([...(said ?? '')]).toHaveLength(60);
  });

  const many = Array.from({ length: 3_000 }, (_, index) => `89100000000${String(index).padStart(8, '0')}`);
  it.each([
    ['in two matches', [{ iccids: many }, { iccids: many }]],
    ['in a match each', many.map((iccid) => ({ iccids: [iccid] }))],
    ['after 7000 matches without one', [...Array(7_000).fill({ iccids: [] }), { iccids: many }]],
  ])('brings no more than a hundred eSIMs, however many are sent: %s', async (_where, matches) => {
    server.answer = (response) => json(response, { matches });
    const result = await ask();
    const count = result.kind === 'found' ? result.matches.flatMap(({ iccids }) => iccids).length : 0;
    expect(count).toBe(100);
  });
});

const raw = (status: number, body: string | Buffer, headers: Record<string, string> = {}) => {
  return (response: ServerResponse) => void response.writeHead(status, headers).end(body);
};
const tenThousand = JSON.stringify({
  matches: Array.from({ length: 10_000 }, () => ({ label: 'Order #1042', iccids: [ICCID] })),
});
const good = JSON.stringify({ matches: [{ iccids: [ICCID] }] });

describe('a server that', () => {
  it.each<[string, (response: ServerResponse) => void, 'unavailable' | 'operator-needed']>([
    ['resets the connection', (response) => response.destroy(), 'unavailable'],
    ['says nothing', () => undefined, 'unavailable'],
    [
      'drips',
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
      'unavailable',
    ],
    [
      'breaks off',
      (response) => {
        response.writeHead(200, { 'Content-Length': '5000' }).write('{"matches":[');
        setImmediate(() => response.destroy());
      },
      'unavailable',
    ],
    ['is overloaded', raw(429, 'slow down'), 'unavailable'],
    ['fails', raw(500, '<html>oops</html>'), 'unavailable'],
    ['is behind a gateway that waits', raw(504, ''), 'unavailable'],
    ['refuses the signature', raw(401, '{}'), 'operator-needed'],
    ['forbids it', raw(403, '{"code":89}'), 'operator-needed'],
    ['is not there', raw(404, 'Not found'), 'operator-needed'],
    ['leads elsewhere', raw(302, '', { Location: 'http://127.0.0.1:1/' }), 'operator-needed'],
    ['sends a page', raw(200, '<html>Maintenance</html>'), 'operator-needed'],
    ['sends half of its JSON', raw(200, '{"matches":[{"iccids":['), 'operator-needed'],
    ['sends another shape', raw(200, '{"matches":{"iccids":[]}}'), 'operator-needed'],
    [
      'sends numbers for texts',
      raw(200, '{"matches":[{"iccids":[8910000000001000019]}]}'),
      'operator-needed',
    ],
    [
      'sends numbers that are none',
      raw(200, '{"matches":[{"iccids":["SIM-1","+49 151 23456789"]},{"iccids":["1234"]}]}'),
      'operator-needed',
    ],
    ['sends ten thousand matches', raw(200, tenThousand), 'operator-needed'],
    ['sends nothing', raw(204, ''), 'operator-needed'],
    ['packs what it sends', raw(200, gzipSync(good), { 'Content-Encoding': 'gzip' }), 'operator-needed'],
  ])('%s is a word to the person and a line to the operator', async (_what, answer, kind) => {
    server.answer = answer;
    expect((await ask()).kind).toBe(kind);
    expect(server.heard).toHaveLength(1);
    expect(outcomes).toEqual([kind]);
    const [line] =
      kind === 'unavailable' ? log.lines('could not be asked') : log.lines('not answer as agreed');
    expect(line).toMatchObject({ cause: expect.any(String) });
  });

  it('sends ten megabytes is not read to the end', async () => {
    let sent = 0;
    server.answer = (response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const more = () => {
        while (sent < TEN_MEGABYTES && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end(good);
      };
      more();
    };
    expect(await ask()).toEqual({ kind: 'operator-needed' });
    expect(sent).toBeLessThan(TEN_MEGABYTES);
    expect(log.lines('not answer as agreed')[0]?.cause).toMatch(/larger than/);
  });

  it('is not there at all is told, and the address with it stands in no log', async () => {
    await lookup.close();
    open('http://127.0.0.1:1/lookup?token=hidden-in-url');
    expect(await ask()).toEqual({ kind: 'unavailable' });
    expect(log.lines('could not be asked')[0]).toMatchObject({ cause: 'ECONNREFUSED' });
  });

  it('says when to come back is not asked before', async () => {
    server.answer = raw(503, '', { 'Retry-After': '120' });
    const until = ManualClock.START + 120_000;
    expect(await ask()).toEqual({ kind: 'unavailable', until });
    expect(await ask('ben@example.com')).toEqual({ kind: 'unavailable', until });
    expect(server.heard).toHaveLength(1);
    clock.advance(120_000);
    server.answer = raw(200, good);
    expect((await ask()).kind).toBe('found');
  });

  it('fails five times in a row is left alone for a while, then tried once', async () => {
    server.answer = raw(500, '');
    for (let index = 0; index < 8; index++) await ask(`customer${index}@example.com`);
    expect(server.heard).toHaveLength(5);
    expect(log.lines('fails again and again')).toHaveLength(1);
    clock.advance(15_000);
    server.answer = raw(200, good);
    expect((await ask()).kind).toBe('found');
    expect(log.lines('answers again')).toHaveLength(1);
  });

  it('fails for an hour fills no log', async () => {
    server.answer = raw(500, '');
    for (let index = 0; index < 4; index++) await ask(`customer${index}@example.com`);
    expect(log.lines('could not be asked')).toHaveLength(1);
  });
});
