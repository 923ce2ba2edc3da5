import type { IncomingMessage, ServerResponse } from 'node:http';
import { abortWith, type Clock } from '../clock.ts';
import { type Iccid, parseIccid } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import { bodyOf, type HttpRoute } from '../ops/http.ts';
import { StoreError } from '../storage/ports.ts';
import { type Answer, answerOf, listAnswer, refuse, secondsUntil } from './answer.ts';
import { apiAddress } from './callback-platform.ts';
import { wrongWithCallback } from './callback-target.ts';
import type { Caller } from './caller.ts';
import { type Gatekeeper, refusedFor } from './gatekeeper.ts';
import { openApiDocument } from './openapi.ts';
import type { Questions } from './questions.ts';
import { malformed } from './replies.ts';
import { lookupRequest } from './schemas.ts';
import type { Scope } from './scopes.ts';

/** What the HTTP API answers with. */
export interface HttpApiParts {
  readonly questions: Questions;
  readonly gatekeeper: Gatekeeper;
  /** Counts the eSIMs of a list for the day; until when there are none left (epoch ms), undefined where there are. */
  countRows(caller: Caller, rows: number): Promise<number | undefined>;
  readonly privateCallbacks: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** One thing that can be asked about one eSIM. */
interface Resource {
  readonly scope: Scope;
  /** Query parameters it takes; any other is refused, so that a misspelt one is noticed. */
  readonly takes: readonly string[];
  answer(asked: Asked): Promise<Answer>;
}

/** A request about one eSIM. */
interface Asked {
  readonly caller: Caller;
  readonly iccid: Iccid;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  /** Aborted when nobody listens any more, and when the bot is leaving. */
  readonly signal: AbortSignal;
}

/** Longer than `Prefer: wait` and a slow answer of Airalo's, or a whole list, can take. */
export const API_PATIENCE_MS = 60_000;
/** `Prefer: wait` waits no longer (s): what stands in between ends a request at about 30. */
const LONGEST_WAIT_S = 20;
const MAX_BODY_BYTES = 64 * 1024;
const READS = ['GET', 'HEAD'];

/** `/v1/…`. Every answer but the document itself is for the holder of a key. */
export function httpApiRoutes(parts: HttpApiParts): HttpRoute[] {
  const { questions, gatekeeper, clock, privateCallbacks } = parts;

  const resources: Readonly<Record<string, Resource>> = {
    usage: { scope: 'usage', takes: ['callback'], answer: usage },
    packages: {
      scope: 'details',
      takes: [],
      answer: async ({ caller, iccid, request }) => done(await questions.packages(caller, iccid), request),
    },
    details: { scope: 'details', takes: ['activation'], answer: details },
    topups: {
      scope: 'details',
      takes: [],
      answer: async ({ caller, iccid, request }) => done(await questions.topUps(caller, iccid), request),
    },
  };

  const done = (reply: Parameters<typeof answerOf>[0], request: IncomingMessage) =>
    answerOf(reply, clock.now(), request.headers['if-none-match']);

  async function usage({ caller, iccid, query, request, signal }: Asked): Promise<Answer> {
    const callback = query.get('callback') ?? undefined;
    const wrong = callback === undefined ? undefined : wrongWithCallback(callback, privateCallbacks);
    if (wrong !== undefined) return refuse('bad-callback', { detail: wrong });
    const waitS = preferredWaitS(request.headers.prefer);
    const address =
      callback === undefined ? {} : { address: apiAddress(caller, { kind: 'callback', callback }) };
    const waitMs = (waitS ?? 0) * 1000;
    const answer = done(await questions.usage(caller, iccid, { waitMs, signal, ...address }), request);
    // While it was waited for, the key may have been revoked.
    const since = waitMs > 0 ? await gatekeeper.refusedSince(caller) : undefined;
    if (since) return since;
    if (waitS === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, 'Preference-Applied': `wait=${waitS}` } };
  }

  async function details({ caller, iccid, query, request }: Asked): Promise<Answer> {
    const wanted = query.get('activation') ?? 'false';
    if (wanted !== 'true' && wanted !== 'false')
      return refuse('bad-request', { detail: 'activation must be true or false' });
    const activation = wanted === 'true';
    const refused = activation ? refusedFor(caller, 'secrets') : undefined;
    if (refused) return refused;
    const answer = done(await questions.details(caller, iccid, activation), request);
    if (!activation) return answer;
    // What activates an eSIM is kept by nobody on its way.
    return { ...answer, headers: { ...answer.headers, 'Cache-Control': 'no-store' } };
  }

  async function lookup(request: IncomingMessage, signal: AbortSignal): Promise<Answer> {
    const caller = await gatekeeper.admit(request, 'api');
    if (isAnswer(caller)) return caller;
    const lacking = refusedFor(caller, 'usage');
    if (lacking) return lacking;
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return refuse('wrong-type');
    const body = await bodyOf(request, MAX_BODY_BYTES);
    if (body === 'too-large') return refuse('too-large');
    const asked = body === 'broken-off' ? undefined : lookupRequest.safeParse(jsonOf(body));
    if (!asked?.success) {
      const [issue] = asked?.error.issues ?? [];
      const detail = issue && `${issue.path.join('.') || 'body'}: ${issue.message}`;
      return refuse('bad-request', detail === undefined ? {} : { detail });
    }
    const { callback } = asked.data;
    const wrong = callback === undefined ? undefined : wrongWithCallback(callback, privateCallbacks);
    if (wrong !== undefined) return refuse('bad-callback', { detail: wrong });
    const places = asked.data.iccids.map(iccidOf);
    const iccids = [...new Set(places.flatMap((iccid) => iccid ?? []))];
    const until = await parts.countRows(caller, iccids.length);
    if (until !== undefined)
      return refuse('day-used-up', { headers: { 'Retry-After': String(secondsUntil(until, clock.now())) } });
    const to = callback === undefined ? undefined : apiAddress(caller, { kind: 'callback', callback });
    const replies = await questions.usageOfMany(caller, iccids, {
      ...(to ? { addressOf: () => to } : {}),
      signal,
    });
    // A list takes its time: the key may have been revoked since.
    const since = await gatekeeper.refusedSince(caller);
    if (since) return since;
    const byIccid = new Map(iccids.map((iccid, index) => [iccid, replies[index]]));
    return listAnswer({
      replies: places.map((iccid) => (iccid === undefined ? undefined : byIccid.get(iccid)) ?? malformed()),
    });
  }

  async function ofOneEsim(given: string, name: string, request: IncomingMessage, signal: AbortSignal) {
    const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
    if (!resource) return refuse('not-found');
    if (!READS.includes(request.method ?? '')) return notWithThisMethod(READS);
    const caller = await gatekeeper.admit(request, 'api');
    if (isAnswer(caller)) return caller;
    const lacking = refusedFor(caller, resource.scope);
    if (lacking) return lacking;
    const query = urlOf(request).searchParams;
    const unknown = [...query.keys()].find((key) => !resource.takes.includes(key));
    if (unknown !== undefined)
      return refuse('bad-request', { detail: 'A query parameter is not known here' });
    const iccid = iccidOf(given);
    if (iccid === undefined) return answerOf(malformed(), clock.now());
    return resource.answer({ caller, iccid, query, request, signal });
  }

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<Answer> {
    const [, , ...path] = urlOf(request).pathname.split('/');
    const [first, second, third] = path;
    if (path.length === 1 && first === 'openapi.json') {
      if (!READS.includes(request.method ?? '')) return notWithThisMethod(READS);
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body: openApiDocument() };
    }
    if (first !== 'esims') return refuse('not-found');
    if (path.length === 2 && second === 'lookup')
      return request.method === 'POST' ? lookup(request, signal) : notWithThisMethod(['POST']);
    if (path.length !== 3 || second === undefined || third === undefined) return refuse('not-found');
    return ofOneEsim(second, third, request, signal);
  }

  return [
    {
      method: 'ANY',
      path: '/v1/*',
      patienceMs: API_PATIENCE_MS,
      async handle(request, response, closing) {
        const left = new AbortController();
        const unlink = abortWith(left, closing);
        response.once('close', () => {
          unlink();
          left.abort('nobody listens any more');
        });
        send(response, await unlessStoreIsAway(answer(request, left.signal), parts.log));
      },
    },
  ];
}

/** Writes an answer; Node leaves the body of one to HEAD out. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  for (const [name, value] of Object.entries({ Vary: 'Authorization, Prefer', ...headers }))
    response.setHeader(name, value);
  response.writeHead(status).end(body === undefined ? undefined : `${JSON.stringify(body)}\n`);
}

/** Whether somebody was refused. */
export function isAnswer(value: Caller | Answer): value is Answer {
  return 'status' in value;
}

/** An outage of the store is said as such, and ends no request in silence. */
export async function unlessStoreIsAway(answering: Promise<Answer>, log: Log): Promise<Answer> {
  try {
    return await answering;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.warn({ err: error }, 'A request of the API met an outage of the store');
    return refuse('store-unavailable', { headers: { 'Retry-After': '5' } });
  }
}

/** The seconds that will be waited (RFC 7240, 4.3); undefined where nobody asked for it. */
function preferredWaitS(prefer: string | string[] | undefined): number | undefined {
  const [, seconds] =
    /(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:[,;]|$)/i.exec([prefer ?? ''].flat().join(',')) ?? [];
  return seconds === undefined ? undefined : Math.min(Number(seconds), LONGEST_WAIT_S);
}

function notWithThisMethod(allowed: readonly string[]): Answer {
  return refuse('method-not-allowed', { headers: { Allow: allowed.join(', ') } });
}

function iccidOf(text: string): Iccid | undefined {
  // An ICCID is digits alone: a path with anything to decode in it holds none.
  const parsed = parseIccid(text);
  return parsed.kind === 'ok' ? parsed.iccid : undefined;
}

/** Only the path and the query count: the host was not asked for. */
function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  return URL.canParse(target, 'http://api') ? new URL(target, 'http://api') : new URL('http://api/');
}

/** Undefined for what is no JSON. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
