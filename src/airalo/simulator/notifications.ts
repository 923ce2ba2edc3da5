import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { phpJson, SIGNATURE_HEADER, sign } from '../webhook-signature.ts';
import { send, sendRateLimited } from './answers.ts';

/** Airalo's side of webhooks: who wants what, and the delivery with its signature and its repetitions. */
export interface Notifications {
  /** By type, as opted in. */
  readonly optIns: ReadonlyMap<string, OptIn>;
  /** Answers one of the routes below `/v2/notifications` and `/v2/simulator`; the token was checked before. */
  answer(method: string, path: string, body: unknown, response: ServerResponse): Promise<void>;
  /** One try; resolves with the status, 0 where there was no answer. */
  push(payload: unknown, url: string): Promise<number>;
  /** One event as in production: up to 20 repetitions, 15 minutes apart. Resolves with the status of every try. */
  deliver(payload: unknown, url: string): Promise<number[]>;
}

/** One of the types somebody opted in to. */
interface OptIn {
  /** Answered HEAD with 200 when it was opted in; not asked again later. */
  readonly url: string;
  /** Per cent of the credit limit used; of credit notifications alone. */
  readonly levels?: readonly number[] | undefined;
}

/** Airalo has mail types too; the bot wants none of them. */
const TYPES = ['webhook_low_data', 'webhook_credit_limit', 'async_orders'] as const;
const CREDIT_LEVELS = [50, 70, 80, 90];
const EVENTS = ['low_data_notification', 'credit_limit_notification', 'async_order_notification'] as const;
/** Airalo's docs: up to 20 repetitions, 15 minutes apart, so some five hours in all. */
const RETRIES = 20;
const RETRY_AFTER_MS = 15 * 60_000;
/** Airalo's page on rate limits: five a minute per IP address, since September 2026. */
const SIMULATIONS_A_MINUTE = 5;
const MINUTE_MS = 60_000;
/** Stands for a status where the receiver was not reached or broke off. */
const NO_ANSWER = 0;

const optIn = z.object({
  type: z.enum(TYPES),
  webhook_url: z.url(),
  levels: z.array(z.literal(CREDIT_LEVELS)).optional(),
});
const optOut = z.object({ type: z.enum(TYPES) });
/**
 * The body of `POST /v2/simulator/webhook`. `level` is a text in the specification, a number in its
 * examples: both are taken.
 */
const simulation = z.object({
  event: z.enum(EVENTS),
  type: z.enum(['data_75', 'data_90', 'expire_1', 'expire_3']).optional(),
  level: z.coerce.number().pipe(z.literal(CREDIT_LEVELS)).optional(),
  iccid: z.string().optional(),
  webhook_url: z.url().optional(),
});
type Simulation = z.infer<typeof simulation>;

/**
 * The names that only the simulator takes, and what it sends for them. `level` is the share used,
 * `remaining_percentage` the share left. `1days` is Airalo's spelling.
 */
const LEVELS = {
  data_75: { level: '75%', remaining_percentage: 25 },
  data_90: { level: '90%', remaining_percentage: 9 },
  expire_3: { level: '3days', remaining_percentage: 40 },
  expire_1: { level: '1days', remaining_percentage: 40 },
} as const;

/** Keeps who opted in; asks the address by HEAD before it takes it. */
export function createNotifications(clientSecret: string, clock: Clock): Notifications {
  const optIns = new Map<string, OptIn>();
  let simulated: number[] = [];

  async function answer(method: string, path: string, body: unknown, response: ServerResponse) {
    if (path === '/v2/notifications/opt-in' && method === 'GET') return showOptIn(response);
    if (path === '/v2/notifications/opt-in') return takeOptIn(body, response);
    if (path === '/v2/notifications/opt-out') return takeOptOut(body, response);
    if (path === '/v2/simulator/webhook') return simulate(body, response);
    send(response, 404, { data: [], meta: { message: 'messages.resource_not_found' } });
  }

  /**
   * Only one, whichever was first: there is no way to ask for another. Airalo documents the
   * question without a selector.
   */
  function showOptIn(response: ServerResponse): void {
    const [first] = optIns;
    if (!first) send(response, 404, { data: [], meta: { message: 'messages.resource_not_found' } });
    else
      send(response, 200, { data: { notification: notificationOf(...first) }, meta: { message: 'success' } });
  }

  async function takeOptIn(body: unknown, response: ServerResponse): Promise<void> {
    const wanted = optIn.safeParse(body);
    if (!wanted.success) return refuse(response, wanted.error);
    const { type, webhook_url: url, levels } = wanted.data;
    if ((await status(url, { method: 'HEAD' })) !== 200)
      return send(response, 422, {
        data: { webhook_url: 'The webhook url must answer a HEAD request with status 200.' },
        meta: { message: 'the parameter is invalid' },
      });
    const taken = { url, levels };
    optIns.set(type, taken);
    send(response, 200, {
      data: { notification: notificationOf(type, taken) },
      meta: { message: 'success' },
    });
  }

  function takeOptOut(body: unknown, response: ServerResponse): void {
    const wanted = optOut.safeParse(body);
    if (wanted.success) optIns.delete(wanted.data.type);
    if (wanted.success) response.writeHead(204).end();
    else refuse(response, wanted.error);
  }

  async function simulate(body: unknown, response: ServerResponse): Promise<void> {
    simulated = simulated.filter((at) => at > clock.now() - MINUTE_MS);
    if (simulated.length >= SIMULATIONS_A_MINUTE) return sendRateLimited(response, '60');
    // Before the body is looked at: a wrong one is counted too.
    simulated.push(clock.now());
    const wanted = simulation.safeParse(body);
    if (!wanted.success) return refuse(response, wanted.error);
    const { event, webhook_url: given } = wanted.data;
    const type = event === 'credit_limit_notification' ? 'webhook_credit_limit' : 'webhook_low_data';
    const url = given ?? optIns.get(type)?.url;
    if (url === undefined) return send(response, 400, { error: 'User is not opted in' });
    const taken = isTaken(await push(payloadOf(wanted.data), url));
    if (!taken) return send(response, 400, { error: `Could not push data to ${url}` });
    send(response, 200, { success: 'Notification sent' });
  }

  function push(payload: unknown, url: string): Promise<number> {
    const body = phpJson(payload);
    const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(clientSecret, body) };
    return status(url, { method: 'POST', headers, body });
  }

  return {
    optIns,
    answer,
    push,
    async deliver(payload, url) {
      const statuses = [await push(payload, url)];
      while (!isTaken(statuses.at(-1) ?? NO_ANSWER) && statuses.length <= RETRIES) {
        await clock.sleep(RETRY_AFTER_MS);
        statuses.push(await push(payload, url));
      }
      return statuses;
    },
  };
}

/**
 * No payload has a name, an id or an instant: a receiver tells them apart by their keys (Airalo's
 * docs).
 */
function payloadOf({ event, type = 'data_75', level = 50, iccid }: Simulation): unknown {
  if (event === 'credit_limit_notification')
    return { message: `Surpassed ${level}% of the credit limit balance`, remaining: 1874.2 };
  if (event === 'async_order_notification') return { request_id: 'simulated-request-0000001', sims: [] };
  const { level: reached, remaining_percentage } = LEVELS[type];
  const about = iccid ?? '8910000000001000019';
  return { level: reached, package_name: 'sakura-mobile-15days-5gb', remaining_percentage, iccid: about };
}

function notificationOf(type: string, { url, levels }: OptIn) {
  return { type, contact_point: url, ...(levels ? { levels } : {}) };
}

/** 204 counts as a failure already. Airalo's docs: a status of 204 or more is one. */
function isTaken(status: number): boolean {
  return status >= 200 && status < 204;
}

function refuse(response: ServerResponse, error: z.ZodError): void {
  const data = Object.fromEntries(error.issues.map(({ path, message }) => [path.join('.'), message]));
  send(response, 422, { data, meta: { message: 'the parameter is invalid' } });
}

/** Redirects are not followed: the answer of the address itself is what counts. */
async function status(url: string, init: RequestInit): Promise<number> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return NO_ANSWER;
  }
}
