import { createServer, type ServerResponse } from 'node:http';
import { Database } from 'sqlite3';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../support/listen.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { untilLater, untilStill } from '../support/passing-time.ts';
import { workUnderWay } from '../support/work-under-way.ts';

const NAP_MS = 700;
/** As long as the bot waits for Airalo. */
const BUDGET_MS = 8_000;

let clock: ManualClock;
let server: Awaited<ReturnType<typeof listen>>;
/** Requests that have come and were not answered. */
let waiting: ServerResponse[];
beforeEach(async () => {
  clock = new ManualClock();
  waiting = [];
  server = await listen(createServer((_, response) => void waiting.push(response)));
});
afterEach(() => server.close());

const passed = () => clock.now() - ManualClock.START;
function asleep(durationMs: number): () => boolean {
  let awake = false;
  void clock.sleep(durationMs).then(() => {
    awake = true;
  });
  return () => awake;
}
async function ask(): Promise<number> {
  const { statusCode, body } = await request(server.url);
  await body.dump();
  return statusCode;
}

describe('the time of a test', () => {
  it('goes at once to the instant for which somebody sleeps', async () => {
    await untilLater(clock, 'the end of a nap', asleep(NAP_MS));
    expect(passed()).toBe(NAP_MS);
  });

  it('stands still while a request is on its way, and goes on when it is answered', async () => {
    const awake = asleep(NAP_MS);
    const asked = ask().then(() => passed());
    await untilLater(clock, 'the request', () => waiting.length > 0);
    expect(passed()).toBe(0);
    waiting[0]?.end();
    await untilLater(clock, 'the end of a nap', awake);
    expect(await asked).toBe(0);
  });

  it('stands still while a statement runs, however slow the disk is', async () => {
    const database = new Database(':memory:');
    const long =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT max(i) FROM n';
    let endedAfterMs: number | undefined;
    database.all(long, () => {
      endedAfterMs = passed();
    });
    await untilLater(clock, 'the end of a nap', asleep(NAP_MS));
    expect(endedAfterMs).toBe(0);
    await new Promise<void>((resolve) => database.close(() => resolve()));
  });

  it('goes on for a request that is never answered, so that it runs out', async () => {
    const asked = ask().catch(() => 'cut off');
    await untilLater(clock, 'the end of the budget', asleep(BUDGET_MS));
    expect(passed()).toBeLessThan(BUDGET_MS + 1_000);
    await untilStill();
    for (const response of waiting) response.destroy();
    expect(await asked).toBe('cut off');
    expect(workUnderWay()).toMatchObject({ requests: 0, statements: 0 });
  });
});
