import type { Fault } from './fault.ts';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer that a fault puts in place of the service's own; undefined when the fault is none of the words of HTTP. */
export type Refusals = (fault: Fault, route: string) => Refusal | undefined;

const JSON_TYPE = { 'content-type': 'application/json' };
const PAGE =
  '<!doctype html><html><title>Blocked</title><body>Your organisation does not allow this.</body></html>';

/** What every service in front of a service says in the same way; `own` is how this one words a rate limit and a refusal. */
function refusalsOf(own: {
  readonly limited: string | ((seconds: number) => string);
  readonly refused: (status: 401 | 403, route: string) => Refusal;
  /** Half a JSON, unless the service speaks none. */
  readonly unreadable?: Refusal;
}): Refusals {
  const limited = (seconds: number | undefined): Refusal => ({
    status: 429,
    headers: { ...JSON_TYPE, ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }) },
    body: typeof own.limited === 'string' ? own.limited : own.limited(seconds ?? 5),
  });
  const page = (status: number): Refusal => ({
    status,
    headers: { 'content-type': 'text/html' },
    body: PAGE,
  });
  return (fault, route) => {
    switch (fault) {
      case '429, 1 s':
        return limited(1);
      case '429, 30 s':
        return limited(30);
      case '429 without a time':
        return limited(undefined);
      case '500 once':
        return page(500);
      case '503 for 60 s':
        return page(503);
      case '403 of a proxy':
        return page(403);
      case 'unreadable body':
        return own.unreadable ?? { status: 200, headers: JSON_TYPE, body: '{"ok":tr' };
      case '401 of its own':
        return own.refused(401, route);
      case '403 of its own':
        return own.refused(403, route);
      default:
        return undefined;
    }
  };
}

const json = (status: number, body: unknown): Refusal => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify(body),
});

/** Slack says 200 and a code. */
export const slackRefusals = refusalsOf({
  limited: '{"ok":false,"error":"ratelimited"}',
  refused: (status) => json(200, { ok: false, error: status === 401 ? 'token_revoked' : 'missing_scope' }),
});

/** A response URL has no credentials: it is used up or gone. */
export const responseUrlRefusals = refusalsOf({
  limited: '',
  unreadable: { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE },
  refused: (status) =>
    status === 401 ? json(200, { ok: false, error: 'used_url' }) : { ...json(404, ''), body: 'expired_url' },
});

export const discordRefusals = refusalsOf({
  limited: (seconds) =>
    JSON.stringify({ message: 'You are being rate limited.', retry_after: seconds, global: false }),
  refused: (status) =>
    json(
      status,
      status === 401 ? { message: '401: Unauthorized', code: 0 } : { message: 'Missing Access', code: 50001 },
    ),
});

/** A server of the company's own says no more than a status; no token of a platform's is refused with it. */
export const ownServerRefusals = refusalsOf({
  limited: '',
  refused: (status) => json(status, { error: 'not allowed' }),
});

/** Of a receiver of callbacks nothing is read but the status and the type: what it cannot have said is a page. */
export const callbackRefusals = refusalsOf({
  limited: '',
  unreadable: { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE },
  refused: (status) => json(status, { error: 'not allowed' }),
});

/** A forward proxy wants to know who comes (RFC 9110, 15.5.8), or lets nobody out to there. */
export const forwardProxyRefusals = refusalsOf({
  limited: '',
  refused: (status) => ({
    status: status === 401 ? 407 : status,
    headers: { 'content-type': 'text/html', 'proxy-authenticate': 'Basic realm="proxy"' },
    body: PAGE,
  }),
});

export const airaloRefusals = refusalsOf({
  limited: '{"data":[],"meta":{"message":"Too Many Attempts."}}',
  refused: (status) =>
    json(
      status,
      status === 401
        ? { data: [], meta: { message: 'Authentication failed.' } }
        : { code: 89, reason: 'The partner account is not allowed to do this.' },
    ),
});
