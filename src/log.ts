import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { maskIccidsIn } from './domain/iccid.ts';

/** Pino's, with redaction, scrubbing and error serialising set up. */
export type Log = Logger;
/** Pino's levels. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Property names whose values never reach a log line, however deep they stand. */
const SECRET_KEYS: ReadonlySet<string> = new Set([
  'token',
  'accessToken',
  'clientSecret',
  'secret',
  'authorization',
  'responseUrl',
  'response_url',
  'routes',
  // What activates an eSIM or opens its page, under Airalo's names and under ours.
  'lpa',
  'matching_id',
  'qrcode',
  'qrcode_url',
  'direct_apple_installation_url',
  'confirmation_code',
  'access_code',
  'accessCode',
  'activationCode',
  'qrCodeHref',
  'appleHref',
  'sharing',
  // Of the HTTP API's keys.
  'callbackSecret',
  'callback',
]);
/** Deeper is nothing that we log; a circle ends here. */
const MAX_DEPTH = 6;

/** Tokens and addresses that stand in free text: Slack's `xoxb-…`, bearer tokens, interaction and hook addresses. */
const SECRET_TEXT =
  /eub_[\w-]{20,}|LPA:\d\$[^\s"]+|(?<=esims\.cloud\/)[^\s"]+|xox[a-z]-[\w-]+|xapp-[\w-]+|\b\d{6,}:[\w-]{30,}|Bearer\s+[\w.~+/-]+=*|(?<=\/(?:webhooks|interactions)\/\d+\/)[\w.%~-]{20,}|(?<=hooks\.slack\.com\/)\S+/g;

/**
 * JSON lines on standard error. Full ICCIDs and secrets are removed from every string on the way
 * out. Written in order and at once (`sync`), so that the last line before an end is not lost.
 * `destination` is for tests.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      // Not pino's `redact`: 72 paths cost each line a twentieth of a cached answer, and end at the third depth.
      formatters: { level: (label) => ({ level: label }), log: (line) => ({ ...line, ...censored(line) }) },
      serializers: { err: (serialised) => serialised },
      hooks: { streamWrite: scrub },
    },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
}

/** What has to stand differently: errors in our form, secrets not at all. Most lines are flat, and nothing is copied. */
function censored(object: object, depth = 1): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    if (SECRET_KEYS.has(key)) changes[key] = '[secret]';
    else if (value instanceof Error) changes[key] = serialiseError(value);
    else if (typeof value === 'object' && value !== null) changes[key] = censoredValue(value, depth);
  }
  return changes;
}

function censoredValue(value: object, depth: number): unknown {
  if (depth === MAX_DEPTH) return '[deeper]';
  if ('toJSON' in value) return value;
  const changes = censored(value, depth + 1);
  return Array.isArray(value) ? Object.assign([...value], changes) : { ...value, ...changes };
}

/**
 * Ids that a platform has made, of which Discord's have as many digits as an ICCID: who asked, where, and the reference that the person was
 * given must be found in the log.
 */
const PLATFORM_IDS = /("(?:requestId|asker|place)":"[^"]*")/;

/** The last gate before the stream: what a field rule missed is still caught here. */
function scrub(text: string): string {
  const parts = text.replace(SECRET_TEXT, '[secret]').split(PLATFORM_IDS);
  // The ids are every second part.
  return parts.map((part, index) => (index % 2 === 0 ? maskIccidsIn(part) : part)).join('');
}

/** Name, code, message and stack, and the same of the cause; none of the own properties (URLs, request bodies). */
function serialiseError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  const remedy = 'remedy' in error ? String(error.remedy) : undefined;
  const cause = error.cause === undefined ? undefined : serialiseError(error.cause);
  return { name: error.name, code, message: error.message, remedy, stack: error.stack, cause };
}
