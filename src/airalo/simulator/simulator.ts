import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { DetailEndpoint } from '../detail-question.ts';
import { activationOf } from './activation.ts';
import { HTML_ERROR, send, sendDamaged, sendRateLimited } from './answers.ts';
import { type DetailRoute, detailAnswer, detailRouteOf } from './detail-routes.ts';
import { demoEsims, generatedEsim, type SimulatedEsim } from './esims.ts';
import { createFaultPlan, type Fault, type FaultScope } from './faults.ts';
import { createLimits, type LimitOptions, type LimitProfile } from './limits.ts';
import { createNotifications, type Notifications } from './notifications.ts';

/** Which Airalo to simulate: its credentials, its limit profile, its clock. */
export interface SimulatorOptions extends LimitOptions {
  readonly clock: Clock;
  readonly profile: LimitProfile;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly port?: number;
}

/** Airalo's Partner API on the loopback, with its rules: for the demo and for the tests. */
export interface Simulator {
  readonly url: string;
  readonly esims: readonly SimulatedEsim[];
  /** Every usage question, in order. */
  readonly calls: readonly SimulatedCall[];
  /** Every question to one of the other reading endpoints, in order. */
  readonly detailCalls: readonly SimulatedDetailCall[];
  /** What activates the demo's eSIMs or opens their pages: nothing of it may be found in a log or a store. */
  readonly secrets: readonly string[];
  /** How many of them were answered 429. */
  readonly refusals: number;
  readonly tokenRequests: number;
  /** Webhooks: who opted in, and the sender. */
  readonly notifications: Notifications;
  addEsims(count: number): string[];
  /** Another system of the same company reads this eSIM. */
  useUpWindow(iccid: string): void;
  inject(scope: FaultScope, fault: Fault, times?: number): void;
  clearFaults(): void;
  /** Questions that hang now. */
  readonly hanging: number;
  /** Lets the hung questions go on to their usual answer. */
  release(): void;
  revokeTokens(): void;
  close(): Promise<void>;
}

interface SimulatedCall {
  readonly iccid: string;
  readonly at: number;
  readonly status: number;
}

interface SimulatedDetailCall {
  readonly endpoint: DetailEndpoint;
  readonly iccid: string | undefined;
  readonly at: number;
  readonly status: number;
}

/** What the tokens live, and what Airalo says they do. */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;
const SAID_LIFE_SECONDS = 31_622_400;
/** A token request has some hundred bytes; the simulator runs on people's own computers. */
const LARGEST_FORM_BYTES = 10_000;

const credentials = z.object({ client_id: z.string(), client_secret: z.string() });

/**
 * Opens it on the loopback, with the demo's eSIMs. It keeps Airalo's documented shapes and limits, and
 * counts what is asked of it.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock } = options;
  const now = () => clock.now();
  const limits = createLimits(options.profile, now, options);
  const faults = createFaultPlan();
  const startAt = now();
  const notifications = createNotifications(options.clientSecret, clock);
  const demo = demoEsims(startAt);
  const esims = new Map(demo.map((esim) => [esim.iccid, esim]));
  const reads = new Map<string, number>();
  const frozen = new Map<
    string,
    { readonly until: number; readonly data: Readonly<Record<string, unknown>> }
  >();
  const tokens = new Map<string, number>();
  const calls: SimulatedCall[] = [];
  const detailCalls: SimulatedDetailCall[] = [];
  // Of package history alone: the company's calls are counted by the other one.
  const packageLimits = createLimits(options.profile, now, { ...options, companyLimit: 'off' });
  let tokenRequests = 0;
  let generated = 0;
  let hanging: (() => void)[] = [];
  /** Their first question finds the window used up: whenever it comes. */
  const usedUpAtFirst = new Set(demo.filter(({ usedUp }) => usedUp).map(({ iccid }) => iccid));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const iccid = /^\/v2\/sims\/([^/?]+)\/usage$/.exec(request.url ?? '')?.[1];
    if (request.method === 'GET' && iccid !== undefined) return answerUsage(iccid, request, response);
    const detail = detailRouteOf(request);
    if (detail) return answerDetail(detail, request, response);
    if (request.method === 'POST' && request.url === '/v2/token') return answerToken(request, response);
    if (/^\/v2\/(notifications|simulator)\//.test(request.url ?? ''))
      return answerNotifications(request, response);
    return send(response, 404, { data: [], meta: { message: 'messages.resource_not_found' } });
  }

  async function answerNotifications(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = formOf(await bodyOf(request));
    if (!authorized(request)) return fail(request, response, 401, 'Authentication failed.');
    await notifications.answer(request.method ?? '', request.url ?? '', body, response);
  }

  function authorized(request: IncomingMessage): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return (tokens.get(token) ?? 0) > now();
  }

  async function answerUsage(
    iccid: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    // Counted with the status that went out, also when nobody waited for it.
    response.once('close', () => calls.push({ iccid, at: now(), status: response.statusCode }));
    if (usedUpAtFirst.delete(iccid)) limits.useUp(iccid);
    // Before the fault: a client must not count on a failed call being free.
    const verdict = limits.count(iccid);
    if (verdict.limit !== undefined) {
      response.setHeader('X-RateLimit-Limit', verdict.limit);
      response.setHeader('X-RateLimit-Remaining', verdict.remaining ?? 0);
    }
    const fault = faults.take('usage', iccid);
    if (fault?.kind === 'hang') await new Promise<void>((resolve) => hanging.push(resolve));
    if (fault && sendDamaged(fault, response)) return;
    // Whole seconds, rounded up: asked again at that instant, the window is open.
    if (verdict.refusedUntil !== undefined)
      return sendRateLimited(response, String(Math.ceil((verdict.refusedUntil - now()) / 1000)));
    if (!authorized(request)) return fail(request, response, 401, 'Authentication failed.');
    const esim = esims.get(iccid);
    if (!esim) return fail(request, response, 404, 'messages.resource_not_found');
    send(response, 200, { data: changed(usageOf(esim), fault), meta: { message: 'api.succes' } });
  }

  /** Of these only package history has a published limit, the same as usage and counted apart from it. */
  async function answerDetail(
    { endpoint, iccid }: DetailRoute,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    response.once('close', () =>
      detailCalls.push({ endpoint, iccid, at: now(), status: response.statusCode }),
    );
    const company = limits.countOther();
    const own = endpoint === 'packages' && iccid !== undefined ? packageLimits.count(iccid) : {};
    const verdict = company.refusedUntil === undefined ? own : company;
    const fault = faults.take(endpoint);
    if (fault?.kind === 'hang') await new Promise<void>((resolve) => hanging.push(resolve));
    if (fault && sendDamaged(fault, response)) return;
    if (verdict.refusedUntil !== undefined)
      return sendRateLimited(response, String(Math.ceil((verdict.refusedUntil - now()) / 1000)));
    if (!authorized(request)) return fail(request, response, 401, 'Authentication failed.');
    const esim = esims.get(iccid ?? '');
    const detailed = esim && {
      iccid: esim.iccid,
      usage: esim.usage(Math.max(0, (reads.get(esim.iccid) ?? 0) - 1)),
      startAt,
    };
    const { status, body } = detailAnswer(request, endpoint, detailed);
    send(response, status, body);
  }

  /** The `data` of a 200; within the profile's time the same as before, as Airalo's server repeats itself. */
  function usageOf(esim: SimulatedEsim): Readonly<Record<string, unknown>> {
    const kept = frozen.get(esim.iccid);
    if (kept && kept.until > now()) return kept.data;
    const before = reads.get(esim.iccid) ?? 0;
    reads.set(esim.iccid, before + 1);
    const data = esim.usage(before);
    frozen.set(esim.iccid, { until: now() + limits.frozenMs, data });
    return data;
  }

  async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    tokenRequests++;
    const fault = faults.take('token');
    if (fault?.kind === 'hang') await new Promise<void>((resolve) => hanging.push(resolve));
    if (fault && sendDamaged(fault, response)) return;
    const given = credentials.safeParse(formOf(await bodyOf(request)));
    // Airalo's docs: an unknown client id fails the validation, a wrong secret the authentication.
    if (given.data?.client_id !== options.clientId)
      return send(response, 422, {
        data: { client_id: 'The selected client id is invalid.' },
        meta: { message: 'the parameter is invalid' },
      });
    if (given.data.client_secret !== options.clientSecret)
      return send(response, 401, { data: [], meta: { message: 'Client authentication failed' } });
    const token = randomUUID();
    tokens.set(token, now() + TOKEN_LIFE_MS);
    // Says a year and means a day, as Airalo does.
    const data = { token_type: 'Bearer', expires_in: SAID_LIFE_SECONDS, access_token: token };
    send(response, 200, { data, meta: { message: 'success' } });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const release = () => {
    for (const go of hanging.splice(0)) go();
  };

  return {
    url: `http://127.0.0.1:${port}`,
    esims: demo,
    calls,
    detailCalls,
    secrets: demo.flatMap(({ iccid }) => Object.values(activationOf(iccid))),
    notifications,
    get refusals() {
      return calls.filter((call) => call.status === 429).length;
    },
    get hanging() {
      return hanging.length;
    },
    get tokenRequests() {
      return tokenRequests;
    },
    addEsims: (count) =>
      Array.from({ length: count }, () => {
        const esim = generatedEsim(generated++);
        esims.set(esim.iccid, esim);
        return esim.iccid;
      }),
    useUpWindow: limits.useUp,
    inject: faults.inject,
    clearFaults: faults.clear,
    release,
    revokeTokens: () => tokens.clear(),
    close: () =>
      new Promise((resolve) => {
        hanging = [];
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Without `Accept: application/json` Airalo answers an error with a page. */
function fail(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  if (!request.headers.accept?.includes('application/json')) {
    response.writeHead(500, { 'Content-Type': 'text/html' }).end(HTML_ERROR);
    return;
  }
  send(response, status, { data: [], meta: { message } });
}

/** The body as other endpoints and older versions send it, which the client must read all the same. */
function changed(
  data: Readonly<Record<string, unknown>>,
  fault: Fault | undefined,
): Readonly<Record<string, unknown>> {
  if (fault?.kind === 'numbers-as-strings')
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]),
    );
  if (fault?.kind === 'without-voice-and-text')
    return Object.fromEntries(Object.entries(data).filter(([key]) => !/_(voice|text)$/.test(key)));
  return data;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_FORM_BYTES) throw new RangeError('The form is too large');
  }
  return text;
}

/** A form, or JSON, as Airalo takes both. */
function formOf(text: string): unknown {
  if (!text.startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
