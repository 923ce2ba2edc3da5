import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { pino } from 'pino';
import { z } from 'zod';
import { createApiKeys } from '../../src/api/keys.ts';
import type { Clock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { listen } from '../support/listen.ts';
import { json, type LookupServer, startLookupServer } from '../support/lookup-server.ts';
import type { FaultProxy } from './fault-proxy.ts';
import { bytesOf } from './forwarding.ts';
import { callbackRefusals, forwardProxyRefusals, ownServerRefusals, type Refusals } from './refusals.ts';

/** Which of the company's own servers stand around the bot. */
export interface NeighbourKinds {
  /** The customers' records of CUSTOMER_LOOKUP_URL: asked directly, or through the company's forward proxy. */
  readonly customers?: 'directly' | 'through a proxy';
  /** The HTTP API is on, and a program of the company's asks it and takes callbacks. */
  readonly api?: true;
}

/** Their destinations in the table. What they refuse is nobody's token: the process has no cause to end. */
const RECORDS = 'customer records';
const FORWARD_PROXY = 'forward proxy';
const CALLBACK = 'callback';
export const isOfNeighbour = (destination: string): boolean =>
  [RECORDS, FORWARD_PROXY, CALLBACK].includes(destination);

export interface Neighbours {
  /** Settings that lead the bot to them, through the sweep's proxies. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly records: LookupServer | undefined;
  readonly program: Program | undefined;
  close(): Promise<void>;
}

/** A program that asks by key. */
interface Program {
  /** What the API has answered it, by kind. */
  readonly replies: string[];
  /** Callbacks as they came. */
  readonly received: readonly Callback[];
  /** Asks for a figure, with a callback; true once there was an answer to work with. */
  ask(botUrl: string, iccid: string): Promise<boolean>;
}

interface Callback {
  readonly id: string;
  readonly kind: string;
  readonly iccid: string | undefined;
  /** The signature fits the body. */
  readonly signed: boolean;
}

export type Proxied = (
  destination: string,
  upstream: string,
  how: { readonly routeOf: () => string; readonly refusals: Refusals },
) => Promise<FaultProxy>;

/** A name that only the company's proxy knows. */
const IN_THE_COMPANY = 'records.internal';
const LOOKUP_SECRET = 'the-secret-of-the-customer-records';
const reply = z.object({ kind: z.string(), iccid: z.string().optional() });
const callbackBody = z.object({ id: z.string(), reply });

/** Starts those that are wanted, each behind a proxy of the sweep's. */
export async function startNeighbours(
  kinds: NeighbourKinds,
  storeUrl: string,
  clock: Clock,
  proxied: Proxied,
): Promise<Neighbours> {
  const post = (refusals: Refusals) => ({ routeOf: () => 'POST', refusals });
  const env: Record<string, string> = {};
  const secrets: string[] = [];
  const closing: (() => Promise<void>)[] = [];

  async function customerRecords(way: 'directly' | 'through a proxy'): Promise<LookupServer> {
    const server = await startLookupServer();
    closing.push(server.close);
    const records = await proxied(RECORDS, new URL(server.url).origin, post(ownServerRefusals));
    const url = new URL('/lookup', records.url);
    if (way === 'through a proxy') {
      const company = await startConnectProxy();
      closing.push(company.close);
      const how = { routeOf: () => 'CONNECT', refusals: forwardProxyRefusals };
      env.HTTP_PROXY = (await proxied(FORWARD_PROXY, company.url, how)).url;
      url.hostname = IN_THE_COMPANY;
    }
    Object.assign(env, { CUSTOMER_LOOKUP_URL: url.href, CUSTOMER_LOOKUP_SECRET: LOOKUP_SECRET });
    secrets.push(LOOKUP_SECRET);
    return server;
  }

  async function program(): Promise<Program> {
    const store = await openStore(storeUrl, { clock, log: pino({ level: 'silent' }), visiting: true });
    const made = await createApiKeys({ ...store, clock }).add('till', ['usage']);
    await store.close();
    if (!made) throw new Error('No key was made');
    const { key, callbackSecret } = made;
    secrets.push(key, callbackSecret);
    Object.assign(env, { HTTP_API: 'on', HTTP_API_PRIVATE_CALLBACKS: 'on' });
    const received: Callback[] = [];
    const server = createServer(async (request, response) => {
      const body = (await bytesOf(request)).toString();
      received.push(callbackOf(body, request.headers, callbackSecret));
      response.writeHead(204).end();
    });
    const receiver = await listen(server);
    closing.push(receiver.close);
    const hook = new URL('/hook', (await proxied(CALLBACK, receiver.url, post(callbackRefusals))).url).href;
    const replies: string[] = [];
    return {
      replies,
      received,
      async ask(botUrl, iccid) {
        const url = `${botUrl}/v1/esims/${iccid}/usage?callback=${encodeURIComponent(hook)}`;
        const headers = { authorization: `Bearer ${key}`, prefer: 'wait=5' };
        const answer = await fetch(url, { headers });
        const told = reply.safeParse(await answer.json());
        if (answer.status >= 500 || !told.success) return false;
        replies.push(told.data.kind);
        return true;
      },
    };
  }

  return {
    records: kinds.customers && (await customerRecords(kinds.customers)),
    program: kinds.api && (await program()),
    env,
    secrets,
    async close() {
      await Promise.all(closing.map((close) => close()));
    },
  };
}

/** The records know one customer. Who signs otherwise than agreed is refused. */
export function knowCustomer(records: LookupServer, email: string, iccids: readonly string[]): void {
  records.answer = (response) => {
    const { body = '', headers = {} } = records.heard.at(-1) ?? {};
    if (headers['x-esim-usage-signature'] !== signatureOf(LOOKUP_SECRET, body))
      return void response.writeHead(401).end();
    json(response, { matches: body.includes(email) ? [{ label: 'Order 1042', iccids }] : [] });
  };
}

function callbackOf(body: string, headers: IncomingHttpHeaders, secret: string): Callback {
  const { id, reply: told } = callbackBody.parse(JSON.parse(body));
  const signed =
    headers['esim-usage-signature'] === signatureOf(secret, body) && headers['idempotency-key'] === id;
  return { id, kind: told.kind, iccid: told.iccid, signed };
}

function signatureOf(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
