import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { DetailEndpoint } from '../detail-question.ts';
import { ordersOf } from './account-orders.ts';
import { activationOf } from './activation.ts';
import { HTML_ERROR, send, sendRateLimited } from './answers.ts';
import { type DetailRoute, detailAnswer, detailRouteOf } from './detail-routes.ts';
import { demoEsims, generatedEsim, type SimulatedEsim } from './esims.ts';
import type { Fault, FaultScope } from './faults.ts';
import { createLimits, type LimitOptions, type LimitProfile } from './limits.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { bodyOf, formOf } from './request-body.ts';
import { createTokens } from './tokens.ts';
import { createTrouble } from './trouble.ts';
import { changedBy, createUsageData } from './usage-data.ts';

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

/**
 * Opens it on the loopback, with the demo's eSIMs. It keeps Airalo's documented shapes and limits, and
 * counts what is asked of it.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock } = options;
  const now = () => clock.now();
  const limits = createLimits(options.profile, now, options);
  // Of package history alone: the company's calls are counted by the other one.
  const packageLimits = createLimits(options.profile, now, { ...options, companyLimit: 'off' });
  const trouble = createTrouble();
  const tokens = createTokens(options, now);
  const usage = createUsageData(now, limits.frozenMs);
  const startAt = now();
  const notifications = createNotifications(options.clientSecret, clock);
  const demo = demoEsims(startAt);
  const orders = ordersOf(demo);
  const esims = new Map(demo.map((esim) => [esim.iccid, esim]));
  const calls: SimulatedCall[] = [];
  const detailCalls: SimulatedDetailCall[] = [];
  let tokenRequests = 0;
  let generated = 0;
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
    if (!tokens.authorize(request)) return fail(request, response, 401, 'Authentication failed.');
    await notifications.answer(request.method ?? '', request.url ?? '', body, response);
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
    const { answered, fault } = await trouble.meet(response, 'usage', iccid);
    if (answered) return;
    // Whole seconds, rounded up: asked again at that instant, the window is open.
    if (verdict.refusedUntil !== undefined)
      return sendRateLimited(response, String(Math.ceil((verdict.refusedUntil - now()) / 1000)));
    if (!tokens.authorize(request)) return fail(request, response, 401, 'Authentication failed.');
    const esim = esims.get(iccid);
    if (!esim) return fail(request, response, 404, 'messages.resource_not_found');
    send(response, 200, { data: changedBy(fault, usage.read(esim)), meta: { message: 'api.succes' } });
  }

  /** Of these only package history has a published limit, the same as usage and counted apart from it. */
  async function answerDetail(
    route: DetailRoute,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { endpoint, iccid } = route;
    response.once('close', () =>
      detailCalls.push({ endpoint, iccid, at: now(), status: response.statusCode }),
    );
    const company = limits.countOther();
    const own = endpoint === 'packages' && iccid !== undefined ? packageLimits.count(iccid) : {};
    const verdict = company.refusedUntil === undefined ? own : company;
    if ((await trouble.meet(response, endpoint)).answered) return;
    if (verdict.refusedUntil !== undefined)
      return sendRateLimited(response, String(Math.ceil((verdict.refusedUntil - now()) / 1000)));
    if (!tokens.authorize(request)) return fail(request, response, 401, 'Authentication failed.');
    // Of a question about one eSIM that one alone: there may be thousands.
    const asked = iccid === undefined ? [...esims.values()] : [esims.get(iccid) ?? []].flat();
    const detailed = new Map(
      asked.map((esim) => [esim.iccid, { iccid: esim.iccid, usage: usage.last(esim), startAt }]),
    );
    const { status, body } = detailAnswer(request, route, { esims: detailed, orders, startAt });
    send(response, status, body);
  }

  async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    tokenRequests++;
    if (!(await trouble.meet(response, 'token')).answered) await tokens.answer(request, response);
  }

  const { server, port } = await listen(answer, options.port);

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
      return trouble.hanging();
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
    inject: trouble.inject,
    clearFaults: trouble.clear,
    release: trouble.release,
    revokeTokens: tokens.revokeAll,
    close: () =>
      new Promise((resolve) => {
        trouble.forget();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** On the loopback alone. A request that fails within is cut off. */
async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  wantedPort = 0,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: address !== null && typeof address === 'object' ? address.port : 0 };
}

/** Without `Accept: application/json` Airalo answers an error with a page. */
function fail(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
  if (!request.headers.accept?.includes('application/json')) {
    response.writeHead(500, { 'Content-Type': 'text/html' }).end(HTML_ERROR);
    return;
  }
  send(response, status, { data: [], meta: { message } });
}
