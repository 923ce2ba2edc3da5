import { ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { type Clock, deadlineSignal, orAborted } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { Log } from '../ops/log.ts';
import type { ProxySettings } from '../ops/proxy.ts';
import { detailIn, grantOf, readingOf } from './answers.ts';
import type { DetailEndpoint, DetailQuestion } from './detail-question.ts';
import { AiraloError, AiraloUnavailableError, CredentialsRefusedError } from './errors.ts';
import { type Answer, createExchange, type Exchange, type Question } from './exchange.ts';
import { createTokenSource, type TokenShare } from './token.ts';

/**
 * Airalo's Partner API as far as the bot reads it. One for a process: it pools connections, shares the
 * token and holds the circuit.
 */
export interface AiraloClient {
  /** One reading, from Airalo, now. Throws an `AiraloError` of `errors.ts`. A 429 is never retried. */
  readUsage(iccid: Iccid, signal?: AbortSignal): Promise<UsageReading>;
  /** Anything else there is to read, under the same rules. Only reads: a `DetailQuestion` has neither method nor body. */
  readDetail<T>(question: DetailQuestion<T>, signal?: AbortSignal): Promise<T>;
  /** An operator's request, with a token; any status is an answer, and nothing is tried again. */
  send(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** A token request, for the doctor. `clockSkewMs`: how far Airalo's clock is ahead of ours, where it says. */
  checkAccess(signal?: AbortSignal): Promise<{ readonly clockSkewMs: number | undefined }>;
  close(): Promise<void>;
}

/** What a client is made from; the credentials are secrets and stand in no message. */
export interface AiraloClientOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly proxy?: ProxySettings | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokenShare?: TokenShare;
  /** For one reading with everything that belongs to it: token, retries, body. */
  readonly budgetMs?: number;
  readonly onCall?: (call: AiraloCall) => void;
}

/** One request, for the metrics: `network` where no status came back. */
export interface AiraloCall {
  readonly endpoint: 'usage' | 'token' | 'notifications' | DetailEndpoint;
  readonly status: number | 'network';
  readonly tookMs: number;
}

/** A person waits for it: within it come the token, the retries and the body. */
const BUDGET_MS = 8_000;
const READ_RETRIES = 2;
/** Fewer than for a reading: three token requests a minute are allowed. */
const TOKEN_RETRIES = 1;
const RETRY_BASE_MS = 250;
/** Questions in a row that got no answer, each with its retries. */
const FAILURES_TO_OPEN = 5;
const HALF_OPEN_AFTER_MS = 15_000;
/** Opting in to notifications, and the simulated ones. */
const SENDABLE = /^\/v2\/(notifications|simulator)\/[a-z-]+$/;
/** The token was not taken; no value of an answer's can be mistaken for it. */
const REFUSED = Symbol('refused');

/**
 * Puts the parts in order: budget, circuit, token, retries, socket. Nothing is asked before the first
 * reading.
 */
export function createAiraloClient(options: AiraloClientOptions): AiraloClient {
  const { clock, log } = options;
  const exchange = createExchange(options.baseUrl, options.proxy);
  const circuit = createCircuit(clock, log);
  // An endpoint that only some questions need must not stop the lookups by its failures.
  const detailCircuit = createCircuit(clock, log);
  const ask = asker(exchange, options);
  const tokens = createTokenSource({
    fetchToken: (signal) =>
      retried(clock, signal, TOKEN_RETRIES, async () =>
        grantOf(await requestToken(ask, options, signal), clock.now()),
      ),
    share: options.tokenShare,
    clock,
    log,
  });

  /** One GET with a token, whatever is read from its answer. */
  async function readOnce<T>(
    endpoint: AiraloCall['endpoint'],
    question: Pick<Question, 'path' | 'headers' | 'largestBytes'>,
    read: (answer: Answer) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const withToken = (token: string) =>
      retried(clock, signal, READ_RETRIES, async () => {
        const headers = { ...question.headers, authorization: `Bearer ${token}` };
        const answer = await ask(endpoint, { ...question, method: 'GET', headers }, signal);
        return answer.status === 401 ? REFUSED : { value: read(answer) };
      });
    const token = await tokens.get(signal);
    const first = await withToken(token);
    if (first !== REFUSED) return first.value;
    // Revoked or run out early: one new token, one more try, never a loop.
    const second = await withToken(await tokens.renew(token, signal));
    if (second !== REFUSED) return second.value;
    const error = new CredentialsRefusedError('Airalo refuses a token that it has just given');
    tokens.giveUp(error);
    throw error;
  }

  function readUsageOnce(iccid: Iccid, signal: AbortSignal): Promise<UsageReading> {
    const path = `/v2/sims/${encodeURIComponent(iccid)}/usage`;
    return readOnce('usage', { path, headers: {} }, (answer) => readingOf(answer, clock.now()), signal);
  }

  function readDetailOnce<T>(question: DetailQuestion<T>, signal: AbortSignal): Promise<T> {
    const { endpoint, path, language, largestBytes } = question;
    const headers = language === undefined ? {} : { 'accept-language': language };
    const bound = largestBytes === undefined ? {} : { largestBytes };
    return readOnce(
      endpoint,
      { path, headers, ...bound },
      (answer) => detailIn(answer, clock.now(), question),
      signal,
    );
  }

  async function sendOnce(question: Question, signal: AbortSignal): Promise<Answer> {
    // Whatever else has a body costs money.
    if (!SENDABLE.test(question.path)) throw new RangeError('Nothing is sent to that address');
    const withToken = (token: string) => {
      const headers = { ...question.headers, authorization: `Bearer ${token}` };
      return ask('notifications', { ...question, headers }, signal);
    };
    const token = await tokens.get(signal);
    const answer = await withToken(token);
    return answer.status === 401 ? withToken(await tokens.renew(token, signal)) : answer;
  }

  /** The budget holds for all that is done in it, also for waiting on somebody else's trial call. */
  async function withinBudget<T>(parent: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>) {
    const budget = deadlineSignal(clock, options.budgetMs ?? BUDGET_MS, parent);
    try {
      return await work(budget.signal);
    } catch (error) {
      if (error instanceof AiraloError || !budget.signal.aborted) throw error;
      throw new AiraloUnavailableError('No answer from Airalo within the time there was', { cause: error });
    } finally {
      budget.dispose();
    }
  }

  return {
    readUsage: (iccid, parent) =>
      withinBudget(parent, (signal) => circuit(() => readUsageOnce(iccid, signal), signal)),
    readDetail: (question, parent) =>
      withinBudget(parent, (signal) => detailCircuit(() => readDetailOnce(question, signal), signal)),
    send: (question, parent) => withinBudget(parent, (signal) => sendOnce(question, signal)),
    checkAccess: (parent) =>
      withinBudget(parent, async (signal) => {
        const answer = await requestToken(ask, options, signal);
        grantOf(answer, clock.now());
        // The `Date` of an HTTP answer is in whole seconds: good enough for a clock that is minutes off.
        const airaloNow = Date.parse(answer.date ?? '');
        return { clockSkewMs: Number.isNaN(airaloNow) ? undefined : airaloNow - clock.now() };
      }),
    close: () => exchange.close(),
  };
}

/** Fails at once, and says until when, after several failures in a row: an upstream that is down costs nothing. */
function createCircuit(
  clock: Clock,
  log: Log,
): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  const breaker = circuitBreaker(
    // Only silence counts: a 404 or a 429 is an answer of a healthy Airalo.
    handleWhen((error) => error instanceof AiraloUnavailableError),
    // How long it stays open is told by our clock: the library would go by the machine's.
    { halfOpenAfter: Number.NEGATIVE_INFINITY, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  let retryAt = Number.NEGATIVE_INFINITY;
  // More than the whole time left means that the clock was put back: then the instant says nothing.
  const isShut = () => clock.now() < retryAt && retryAt - clock.now() <= HALF_OPEN_AFTER_MS;
  breaker.onBreak(() => {
    // Those who waited for the trial call in vain break it again, and prolong nothing.
    if (isShut()) return;
    retryAt = clock.now() + HALF_OPEN_AFTER_MS;
    log.error('Airalo fails again and again: not asked for a while');
  });
  breaker.onReset(() => log.info('Airalo answers again'));
  return async (work, signal) => {
    let begun = false;
    const outcome = breaker.execute(() => {
      if (isShut())
        throw new AiraloUnavailableError('Airalo is not asked for a while after many failures', { retryAt });
      begun = true;
      return work();
    });
    // Work that has begun ends by the signal itself, and knows best how; only waiting for a trial call must be left.
    return orAborted(outcome, signal).catch((error: unknown) => (begun ? outcome : Promise.reject(error)));
  };
}

type Ask = (endpoint: AiraloCall['endpoint'], question: Question, signal: AbortSignal) => Promise<Answer>;

/** Sends, and tells the metrics. */
function asker(exchange: Exchange, { clock, onCall }: AiraloClientOptions): Ask {
  return async (endpoint, question, signal) => {
    const startedAt = clock.now();
    let status: AiraloCall['status'] = 'network';
    try {
      const answer = await exchange.send(question, signal);
      status = answer.status;
      return answer;
    } finally {
      onCall?.({ endpoint, status, tookMs: clock.now() - startedAt });
    }
  };
}

/** 5xx and faults of the network, few times, with full jitter, inside the budget. */
async function retried<T>(
  clock: Clock,
  signal: AbortSignal,
  retries: number,
  work: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      const passing = error instanceof AiraloUnavailableError && error.retryAt === undefined;
      if (!passing || failures > retries || signal.aborted) throw error;
      await clock.sleep(Math.random() * RETRY_BASE_MS * 2 ** failures, signal).catch(() => {
        throw error;
      });
    }
  }
}

function requestToken(ask: Ask, options: AiraloClientOptions, signal: AbortSignal): Promise<Answer> {
  const form = {
    client_id: options.clientId,
    client_secret: options.clientSecret,
    grant_type: 'client_credentials',
  };
  return ask(
    'token',
    {
      method: 'POST',
      path: '/v2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    signal,
  );
}
