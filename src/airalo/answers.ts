import type { UsageReading } from '../domain/usage.ts';
import type { DetailQuestion } from './detail-question.ts';
import {
  CODE_IP_NOT_ALLOWED,
  CODE_RECYCLED,
  detailOf,
  type ErrorBody,
  isAiralos,
  readErrorBody,
} from './error-body.ts';
import {
  type AiraloError,
  AiraloUnavailableError,
  CredentialsRefusedError,
  DeclinedError,
  IpNotAllowedError,
  RateLimitedError,
  RecycledEsimError,
  UnknownEsimError,
  UnreadableBodyError,
} from './errors.ts';
import type { Answer } from './exchange.ts';
import { retryAfterInstant } from './retry-after.ts';
import type { OddField } from './usage-fields.ts';
import { parseToken, parseUsage, RECYCLED_READING, type TokenGrant } from './wire.ts';

/** For a 429 on tokens that names no instant: three are allowed in a minute. */
const TOKEN_WAIT_MS = 60_000;
const NOT_THERE_WAIT_MS = 60_000;

/**
 * The reading in an answer to `GET /v2/sims/{iccid}/usage`, or an `AiraloError` thrown. `now` in epoch ms. `onOdd` is told of fields
 * that were not as documented.
 */
export function readingOf(
  answer: Answer,
  now: number,
  onOdd?: (fields: readonly OddField[]) => void,
): UsageReading {
  if (isOk(answer)) return parseUsage(answer.text, onOdd);
  const body = readErrorBody(answer.text);
  // A 200 says it by its status; this is the other way Airalo says the same elsewhere.
  if (isRecycled(body)) return RECYCLED_READING;
  throw readError(answer, body, now);
}

/** What was asked for in an answer to one of the other reading endpoints, or an `AiraloError` thrown. */
export function detailIn<T>(answer: Answer, now: number, { about, parse }: DetailQuestion<T>): T {
  if (isOk(answer)) return parse(answer.text);
  const body = readErrorBody(answer.text);
  if (isRecycled(body)) throw new RecycledEsimError();
  if (answer.status === 404 && about === 'account')
    throw new AiraloUnavailableError('Airalo answers with status 404 where no eSIM was named', {
      // Not tried again at once: an address that is not there does not come in a second.
      retryAt: now + NOT_THERE_WAIT_MS,
    });
  throw readError(answer, body, now);
}

function isRecycled(body: ErrorBody): boolean {
  return body.kind === 'business' && body.code === CODE_RECYCLED;
}

/** Only Airalo's own envelopes carry Airalo's meaning: whatever else answers says nothing of the eSIM or of us. */
function readError(answer: Answer, body: ErrorBody, now: number): AiraloError {
  const { status } = answer;
  if (status === 429 && body.kind !== 'foreign')
    return new RateLimitedError(retryAfterInstant(answer.retryAfter, now));
  // Its docs know no other form of this one; gateways say it by a bare message.
  if (status === 404) return body.kind === 'general' ? new UnknownEsimError() : notAiralos(answer, body, now);
  const common = commonError(answer, body, now);
  if (common) return common;
  return isAiralos(body) ? new DeclinedError(status, detailOf(body)) : notAiralos(answer, body, now);
}

/**
 * The grant in an answer to `POST /v2/token`, or an `AiraloError` thrown that speaks of the bot, never of an eSIM: a
 * body that cannot be read counts against nobody's window, and a 404 is a wrong address.
 */
export function grantOf(answer: Answer, now: number): TokenGrant {
  const { status } = answer;
  if (isOk(answer)) {
    try {
      return parseToken(answer.text);
    } catch (error) {
      if (!(error instanceof UnreadableBodyError)) throw error;
      throw new AiraloUnavailableError('Airalo answers a token request with something else', {
        cause: error,
      });
    }
  }
  if (status === 429) {
    const retryAt = retryAfterInstant(answer.retryAfter, now) ?? now + TOKEN_WAIT_MS;
    throw new AiraloUnavailableError('Airalo gives out no further token for now', { retryAt });
  }
  const body = readErrorBody(answer.text);
  // An unknown client id is answered as a failed validation, with 422.
  throw (
    commonError(answer, body, now) ??
    (body.kind === 'foreign' || body.kind === 'empty'
      ? notAiralos(answer, body, now)
      : new CredentialsRefusedError(`Airalo refuses our token request with status ${status}`))
  );
}

/** What an answer that is not 2xx means where no eSIM is read. `now` in epoch ms. */
export function refusalOf(answer: Answer, now: number): AiraloError {
  const body = readErrorBody(answer.text);
  if (answer.status === 429) return new RateLimitedError(retryAfterInstant(answer.retryAfter, now));
  const common = commonError(answer, body, now);
  if (common) return common;
  return body.kind === 'foreign'
    ? notAiralos(answer, body, now)
    : new DeclinedError(answer.status, detailOf(body));
}

/** What a status means at either address; undefined for the rest of 4xx. */
function commonError(answer: Answer, body: ErrorBody, now: number): AiraloError | undefined {
  const { status } = answer;
  if (status === 403 && body.kind === 'business' && body.code === CODE_IP_NOT_ALLOWED)
    return new IpNotAllowedError();
  // The framework behind Airalo's texts refuses a token by a bare message where nobody has changed it.
  const refuses = isAiralos(body) || (status === 401 && body.kind === 'throttle');
  if (status === 401 || status === 403)
    return refuses
      ? new CredentialsRefusedError(`Airalo refuses our credentials with status ${status}`)
      : notAiralos(answer, body, now);
  if (status >= 500 || status === 408) {
    const retryAt = retryAfterInstant(answer.retryAfter, now);
    const reason = `HTTP_${status}`;
    return new AiraloUnavailableError(`Airalo answers with status ${status}`, {
      retryAt,
      asked: true,
      reason,
    });
  }
  if (status < 400)
    return new AiraloUnavailableError(`Airalo answers with status ${status}, which is not followed`, {
      reason: `HTTP_${status}`,
    });
  return undefined;
}

/** A page of a CDN, a gateway's own words, nothing at all: somebody between us and Airalo. Later may be better, the next second not. */
function notAiralos({ status, retryAfter }: Answer, body: ErrorBody, now: number): AiraloUnavailableError {
  const what = body.kind === 'empty' ? 'no body' : "a body that is none of Airalo's";
  return new AiraloUnavailableError(`Status ${status} with ${what}: a proxy or a CDN, not Airalo`, {
    retryAt: retryAfterInstant(retryAfter, now),
    asked: true,
    passing: false,
    reason: `HTTP_${status}_NOT_AIRALO`,
  });
}

/** Whether the answer is one of 2xx. */
export function isOk({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}
