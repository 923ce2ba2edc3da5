import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotifications, type Notifications } from '../../src/airalo/simulator/notifications.ts';
import { signatureHolds } from '../../src/airalo/webhook-signature.ts';
import { listen } from '../support/listen.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const QUARTER_MS = 15 * 60_000;
let clock: ManualClock;
let notifications: Notifications;
let server: Server;
let url: string;
let close: () => Promise<unknown>;
/** Taken one by one; then 200. */
let answers: number[];
let bodies: { body: Buffer; signature: unknown }[];

beforeEach(async () => {
  clock = new ManualClock();
  notifications = createNotifications('secret', clock);
  answers = [];
  bodies = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    bodies.push({ body: Buffer.concat(chunks), signature: request.headers['airalo-signature'] });
    response.writeHead(answers.shift() ?? 200).end();
  });
  const listening = await listen(server);
  url = listening.url;
  close = listening.close;
});
afterEach(() => close());

/** Lets a quarter of an hour pass whenever the sender waits for one. */
async function delivered(payload: unknown): Promise<number[]> {
  let statuses: number[] | undefined;
  void notifications.deliver(payload, url).then((all) => {
    statuses = all;
  });
  return until('the end of the delivery', () => {
    if (clock.sleeping > 0) clock.advance(QUARTER_MS);
    return statuses;
  });
}

describe('the simulated sender of webhooks', () => {
  it('signs what it sends as PHP writes it', async () => {
    expect(await delivered({ package_name: 'zürich/5gb' })).toEqual([200]);
    const [first] = bodies;
    expect(first?.body.toString()).toBe('{"package_name":"z\\u00fcrich\\/5gb"}');
    expect(first && signatureHolds('secret', first.body, first.signature)).toBe(true);
  });

  it('sends again every 15 minutes until it is taken; 204 is not taken', async () => {
    answers = [500, 204, 302];
    expect(await delivered({})).toEqual([500, 204, 302, 200]);
    expect(clock.now() - ManualClock.START).toBe(3 * QUARTER_MS);
  });

  it('gives up after 20 repetitions', async () => {
    answers = Array.from({ length: 30 }, () => 503);
    expect(await delivered({})).toHaveLength(21);
  });
});
