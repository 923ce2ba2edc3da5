import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type { Log } from '../log.ts';
import type { ProxySettings } from '../proxy.ts';
import { detailIn, grantOf, readingOf } from './answers.ts';
import { createAuthorizedRead } from './authorized-read.ts';
import { createCallBudget } from './call-budget.ts';
import { createAiraloCircuit } from './circuit.ts';
import { createComplaints } from './complaints.ts';
import type { DetailQuestion } from './detail-question.ts';
import type { AiraloUnavailableError } from './errors.ts';
import { type Answer, createExchange, type Question } from './exchange.ts';
import { type AiraloCall, type Ask, measuredExchange } from './measured-exchange.ts';
import { retried } from './retried.ts';
import { createTokenSource, type TokenShare } from './token.ts';
import type { OddField } from './usage-fields.ts';

/**
 * Airalo's Partner API as far as the bot reads it. One for a process: it pools connections, shares the
 * token and holds the circuit.
 */
export interface AiraloClient {
  /**
   * Fetches a token where there is none, so that nobody's turn passes meanwhile: to be called before a turn is waited for. Undefined
   * when one is there; rejects with an `AiraloError`, as the reading would.
   */
  prepare(signal?: AbortSignal): Promise<void> | undefined;
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
  /**
   * Resolves when the next request may leave: awaited directly before each reading request, also a repeated one, with the token in
   * hand. Without one nothing is paced.
   */
  readonly takeTurn?: (signal: AbortSignal) => Promise<void>;
  /** For one reading with everything that belongs to it: token, retries, body. */
  readonly budgetMs?: number;
  readonly onCall?: (call: AiraloCall) => void;
}

/** A person waits for it: within it come the token, the retries and the body. */
const BUDGET_MS = 8_000;
/** Fewer than for a reading: three token requests a minute are allowed. */
const TOKEN_RETRIES = 1;
/** Opting in to notifications, and the simulated ones. */
const SENDABLE = /^\/v2\/(notifications|simulator)\/[a-z-]+$/;

/**
 * Puts the parts in order: budget, circuit, token, retries, socket. Nothing is asked before the first
 * reading.
 */
export function createAiraloClient(options: AiraloClientOptions): AiraloClient {
  const { clock, log } = options;
  const exchange = createExchange(options.baseUrl, options.proxy);
  const complain = createComplaints(clock, log);
  const { host } = new URL(options.baseUrl);
  const circuitParts = {
    clock,
    onOpen: ({ reason, message }: AiraloUnavailableError) =>
      log.error({ cause: reason, host }, `Airalo fails again and again, not asked for a while: ${message}`),
    onClose: () => log.info('Airalo answers again'),
  };
  const circuit = createAiraloCircuit(circuitParts);
  // An endpoint that only some questions need must not stop the lookups by its failures.
  const detailCircuit = createAiraloCircuit(circuitParts);
  const ask = measuredExchange(exchange, clock, options.onCall);
  const tokens = createTokenSource({
    fetchToken: (signal) =>
      retried(clock, signal, TOKEN_RETRIES, async () =>
        grantOf(await requestToken(ask, options, signal), clock.now()),
      ),
    share: options.tokenShare,
    clock,
    log,
  });
  const readOnce = createAuthorizedRead({ ask, tokens, takeTurn: options.takeTurn, clock });
  const withinBudget = createCallBudget({ budgetMs: options.budgetMs ?? BUDGET_MS, host, complain, clock });

  function readUsageOnce(iccid: Iccid, signal: AbortSignal): Promise<UsageReading> {
    const path = `/v2/sims/${encodeURIComponent(iccid)}/usage`;
    const onOdd = (fields: readonly OddField[]) => {
      const shape = fields.map(({ name, was }) => `${name}: ${was}`);
      complain(
        `odd ${shape.join()}`,
        { fields: shape },
        'Airalo sent fields that are not as documented: read where their meaning is plain, else left out',
      );
    };
    return readOnce(
      'usage',
      { path, headers: {} },
      (answer) => readingOf(answer, clock.now(), onOdd),
      signal,
    );
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
    const another = answer.status === 401 ? await tokens.renew(token, signal) : undefined;
    return another === undefined ? answer : withToken(another);
  }

  return {
    prepare: (parent) =>
      tokens.isHeld()
        ? undefined
        : withinBudget(parent, async (signal) => {
            await circuit(() => tokens.get(signal), signal);
          }),
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
