import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { type Clock, deadlineSignal } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { Log } from '../ops/log.ts';
import { CODE_IP_NOT_ALLOWED, CODE_RECYCLED, detailOf, readErrorBody } from './error-body.ts';
import {
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  UnknownEsimError,
} from './errors.ts';
import { type Answer, createExchange, type Exchange, type Question } from './exchange.ts';
import { retryAfterInstant } from './retry-after.ts';
import { createTokenSource, type TokenShare } from './token.ts';
import { parseToken, parseUsage, RECYCLED_READING, type TokenGrant } from './wire.ts';

export interface AiraloClient {
  /** One reading, from Airalo, now. Throws an `AiraloError` of `errors.ts`. A 429 is never retried. */
  readUsage(iccid: Iccid, signal?: AbortSignal): Promise<UsageReading>;
  /** A token request, for the doctor. `clockSkewMs`: how far Airalo's clock is ahead of ours, where it says. */
  checkAccess(signal?: AbortSignal): Promise<{ readonly clockSkewMs: number | undefined }>;
  close(): Promise<void>;
}

export interface AiraloClientOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tokenShare?: TokenShare;
  /** For one reading with everything that belongs to it: token, retries, body. */
  readonly budgetMs?: number;
  readonly onCall?: (call: AiraloCall) => void;
}

export interface AiraloCall {
  readonly endpoint: 'usage' | 'token';
  readonly status: number | 'network';
  readonly tookMs: number;
}

const BUDGET_MS = 8_000;
const RETRIES = 2;
const RETRY_BASE_MS = 250;
const FAILURES_TO_OPEN = 5;
const HALF_OPEN_AFTER_MS = 15_000;
const USER_AGENT = 'esim-usage-bot';

export function createAiraloClient(options: AiraloClientOptions): AiraloClient {
  const { clock, log } = options;
  const exchange = createExchange(options.baseUrl, USER_AGENT);
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof AiraloUnavailableError),
    { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  breaker.onBreak(() => log.error('Airalo fails again and again: not asked for a while'));
  breaker.onReset(() => log.info('Airalo answers again'));
  const ask = asker(exchange, options);
  const tokens = createTokenSource({
    fetchToken: async (signal) => (await requestToken(ask, options, signal)).grant,
    share: options.tokenShare,
    clock,
    log,
  });

  async function readOnce(iccid: Iccid, signal: AbortSignal): Promise<UsageReading> {
    const path = `/v2/sims/${encodeURIComponent(iccid)}/usage`;
    const withToken = (token: string) =>
      ask('usage', { method: 'GET', path, headers: { authorization: `Bearer ${token}` } }, signal);
    const token = await tokens.get(signal);
    let answer = await withToken(token);
    // Revoked or run out early: one new token, one more try, never a loop.
    if (answer.status === 401) answer = await withToken(await tokens.renew(token, signal));
    return readingOf(answer, clock.now());
  }

  async function withinBudget<T>(parent: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>) {
    const budget = deadlineSignal(clock, options.budgetMs ?? BUDGET_MS, parent);
    try {
      return await work(budget.signal);
    } finally {
      budget.dispose();
    }
  }

  return {
    readUsage: (iccid, parent) =>
      breaker
        .execute(() =>
          withinBudget(parent, (signal) => retried(clock, signal, () => readOnce(iccid, signal))),
        )
        .catch((error: unknown) => {
          if (!(error instanceof BrokenCircuitError)) throw error;
          const retryAt = clock.now() + HALF_OPEN_AFTER_MS;
          throw new AiraloUnavailableError('Airalo is not asked for a while after many failures', {
            retryAt,
          });
        }),
    checkAccess: (parent) =>
      withinBudget(parent, async (signal) => {
        const { answer } = await requestToken(ask, options, signal);
        const airaloNow = Date.parse(answer.date ?? '');
        return { clockSkewMs: Number.isNaN(airaloNow) ? undefined : airaloNow - clock.now() };
      }),
    close: () => exchange.close(),
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
async function retried<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      const passing = error instanceof AiraloUnavailableError && error.retryAt === undefined;
      if (!passing || failures > RETRIES || signal.aborted) throw error;
      await clock.sleep(Math.random() * RETRY_BASE_MS * 2 ** failures, signal).catch(() => {
        throw error;
      });
    }
  }
}

async function requestToken(
  ask: Ask,
  { clientId, clientSecret, clock }: AiraloClientOptions,
  signal: AbortSignal,
): Promise<{ grant: TokenGrant; answer: Answer }> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  const answer = await ask(
    'token',
    {
      method: 'POST',
      path: '/v2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    },
    signal,
  );
  if (isOk(answer)) return { grant: parseToken(answer.text), answer };
  // A wait for tokens is not a wait for one eSIM.
  if (answer.status === 429) {
    const retryAt = retryAfterInstant(answer.retryAfter, clock.now()) ?? clock.now() + 60_000;
    throw new AiraloUnavailableError('Airalo gives out no further token for now', { retryAt });
  }
  // An unknown client id is answered as a failed validation.
  if (answer.status === 422) throw new CredentialsRefusedError('Airalo does not know this client id');
  throw errorOf(answer, clock.now());
}

function readingOf(answer: Answer, now: number): UsageReading {
  if (isOk(answer)) return parseUsage(answer.text);
  const body = readErrorBody(answer.text);
  if (body.kind === 'business' && body.code === CODE_RECYCLED) return RECYCLED_READING;
  throw errorOf(answer, now);
}

function errorOf(answer: Answer, now: number): Error {
  const { status } = answer;
  const body = readErrorBody(answer.text);
  if (status === 429) return new RateLimitedError(retryAfterInstant(answer.retryAfter, now));
  if (status === 404) return new UnknownEsimError();
  if (status === 403 && body.kind === 'business' && body.code === CODE_IP_NOT_ALLOWED)
    return new IpNotAllowedError();
  if (status === 401 || status === 403)
    return new CredentialsRefusedError(`Airalo refuses our credentials with status ${status}`);
  if (status >= 500) return new AiraloUnavailableError(`Airalo answers with status ${status}`);
  if (status >= 400) return new DeclinedError(status, detailOf(body));
  return new AiraloUnavailableError(`Airalo answers with status ${status}, which is not followed`);
}

function isOk({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
