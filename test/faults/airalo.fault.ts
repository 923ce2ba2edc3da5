import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { type AiraloStandIn, answerWell, startStandIn } from '../support/airalo-stand-in.ts';
import { toIccid } from '../support/arbitraries.ts';
import { type BotUnderTest, createWorld, endWorld, startBot, type World } from '../support/bot.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ScriptedPlatform } from '../support/scripted-platform.ts';
import { until } from '../support/until.ts';
import { report, wordsOf } from './fault-row.ts';

const ICCID = toIccid('8910000000001000019');
const MB = 1024 * 1024;
let world: World;
let airalo: AiraloStandIn | undefined;
let bot: BotUnderTest;
let platform: ScriptedPlatform;

type Usage = NonNullable<Parameters<typeof startStandIn>[0]['usage']>;

async function start(baseUrl: string, clock: Clock): Promise<void> {
  platform = new ScriptedPlatform();
  world = await createWorld(clock);
  bot = await startBot({ clock, world, env: { AIRALO_BASE_URL: baseUrl }, morePlatforms: () => [platform] });
}

function ask(): Promise<Reply> {
  const address = {
    platform: 'terminal',
    asker: 'terminal:a',
    messageKey: 'terminal:m',
    routes: null,
  } as const;
  return bot.app.usageService.lookup({ iccid: ICCID, address, requestId: 'r', place: 'test' });
}

const pending = async () => (await bot.app.usageService.pendingOf('terminal:a')).length;

/** Asks while Airalo is `broken`, mends it, lets time pass, and sees the promise kept by itself. */
async function brokenThenWell(broken: Usage): Promise<{ saw: string; calls: number }> {
  let usage = broken;
  const clock = new ManualClock();
  airalo = await startStandIn({ usage: (response, request) => usage(response, request) });
  await start(airalo.url, clock);
  const answered: string[] = [];
  void ask().then((reply) => answered.push(wordsOf(reply, clock.now())));
  await until(
    'the answer',
    () => {
      clock.advance(20);
      return answered.length > 0;
    },
    60_000,
  );
  expect(await pending()).toBe(1);
  const calls = airalo.usageCalls;
  usage = answerWell;
  await until(
    'the promise is kept',
    async () => {
      const { active } = await bot.app.store.outbox.depth();
      clock.advance(active > 0 ? 20 : 30_000);
      return platform.final().length === 1;
    },
    60_000,
  );
  expect(platform.final()[0]?.reply.kind).toBe('fresh');
  return { saw: answered.join(' '), calls };
}

describe('Airalo', () => {
  afterEach(async () => {
    await bot.stop({ keep: true });
    await airalo?.close();
    airalo = undefined;
    await endWorld(world);
  });

  for (const [name, base] of [
    ['its name is in no DNS', 'http://airalo.invalid'],
    ['its port speaks no TLS', 'https://127.0.0.1'],
  ] as const)
    it(name, async (context) => {
      airalo = await startStandIn({});
      const port = base.startsWith('https') ? `:${new URL(airalo.url).port}` : '';
      await start(`${base}${port}`, systemClock);
      const reply = await ask();
      expect(reply).toMatchObject({ kind: 'deferred', promise: { kind: 'queued' } });
      report(context, {
        saw: wordsOf(reply),
        kept: `${await pending()} promise, durable`,
        recovery: 'tried again by itself after 30 s, then ever more rarely; the log names the code',
      });
    });

  const BROKEN: readonly (readonly [name: string, usage: Usage])[] = [
    ['it closes each connection', (response) => response.destroy()],
    ['it hangs', () => undefined],
    [
      'it drips one byte at a time and never ends',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['it answers 500 in HTML', (response) => response.writeHead(500).end('<html>oops</html>')],
    ['it answers half a body', (response) => response.end('{"data":{"remaining":')],
    [
      'it answers a gzip bomb that nobody asked for',
      (response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100 * MB))),
    ],
  ];
  for (const [name, usage] of BROKEN)
    it(name, async (context) => {
      const { saw, calls } = await brokenThenWell(usage);
      report(context, {
        saw,
        kept: '1 promise, durable',
        recovery: `by itself once Airalo is well; ${calls} call(s) until then`,
      });
    });

  it('it answers with 100 MB', async (context) => {
    let sent = 0;
    const { saw } = await brokenThenWell((response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(MB, 0x20);
      const more = () => {
        while (sent < 100 * MB && !response.destroyed) {
          sent += MB;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    expect(sent).toBeLessThan(20 * MB);
    report(context, {
      saw,
      kept: '1 promise, durable',
      recovery: `cut after 64 kB (${sent / MB} MB had left the server); by itself at the end of the window`,
    });
  });
});
