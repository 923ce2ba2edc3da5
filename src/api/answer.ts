import { createHash } from 'node:crypto';
import { type ProblemCode, problemOf } from './problem.ts';
import type {
  DetailsReply,
  LookupReply,
  PackagesReply,
  Problem,
  TopUpsReply,
  UsageReply,
} from './schemas.ts';

/** What goes out over HTTP, before a socket is touched. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent: none. */
  readonly body?: unknown;
}

/** Any single reply of the API. */
export type AnyReply = UsageReply | PackagesReply | DetailsReply | TopUpsReply;

/** Until a request may be made again, s; never 0, which would mean at once. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1000));
}

/**
 * 200 for a value, kept by the client until Airalo may be asked again, with a weak ETag of it; 304 where the client has it already; 202 for what is to come,
 * with the time at which it may be asked for; a problem for a refusal. `now` is epoch ms.
 */
export function answerOf(reply: AnyReply, now: number, ifNoneMatch?: string): Answer {
  switch (reply.kind) {
    case 'fresh':
    case 'cached': {
      const etag = etagOf(reply);
      const leftS = Math.max(0, Math.floor((Date.parse(reply.refreshableAt) - now) / 1000));
      const headers = { ETag: etag, 'Cache-Control': `private, max-age=${leftS}` };
      return matches(ifNoneMatch, etag)
        ? { status: 304, headers }
        : { status: 200, headers: { ...headers, ...JSON_TYPE }, body: reply };
    }
    case 'deferred':
      return { status: 202, headers: { ...JSON_TYPE, ...retryAfter(reply.refreshableAt, now) }, body: reply };
    case 'refused':
      return problemAnswer(problemOf(reply.reason, { reply }), retryAfter(reply.refreshableAt, now));
    default:
      return reply satisfies never;
  }
}

/** Several in one; never kept by the client, since each has a time of its own. */
export function listAnswer(body: LookupReply): Answer {
  return { status: 200, headers: JSON_TYPE, body };
}

/** `refuse('not-found')`; `until` (epoch ms) is told as `Retry-After`. */
export function refuse(
  code: ProblemCode,
  more: { readonly detail?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const { detail, headers = {} } = more;
  return problemAnswer(problemOf(code, detail === undefined ? {} : { detail }), headers);
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function problemAnswer(body: Problem, headers: Readonly<Record<string, string>>): Answer {
  return { status: body.status, headers: { 'Content-Type': 'application/problem+json', ...headers }, body };
}

function retryAfter(at: string | undefined, now: number): Record<string, string> {
  return at === undefined ? {} : { 'Retry-After': String(secondsUntil(Date.parse(at), now)) };
}

/** Of the value and its instant: the same reading answered from the cache is the same thing (RFC 9110, 8.8.1: weak). */
function etagOf({ kind: _, ...reply }: Extract<AnyReply, { kind: 'fresh' | 'cached' }>): string {
  const value = { ...reply, because: undefined, refreshableAt: undefined };
  return `W/"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 27)}"`;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag));
}
