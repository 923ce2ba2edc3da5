import { z } from 'zod';
import { type Allowance, KNOWN_STATUSES, type UsageReading, type UsageStatus } from '../domain/usage.ts';
import { UnreadableBodyError } from './errors.ts';

/** A status nobody has seen yet is shown as it came, so it is bounded. */
const LONGEST_STATUS = 60;

/** A number, or one in a string as other endpoints of Airalo send them. Neither negative nor infinite. */
export const amount = z.union([
  z.number().nonnegative(),
  z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number()),
]);

/** Version 1 of the API lacks the voice and text keys. */
const optionalAmount = amount.nullish().transform((value) => value ?? 0);

const usageBody = z.object({
  data: z.object({
    status: z.string().trim().min(1),
    /** Null for a recycled eSIM. */
    is_unlimited: z.unknown().optional(),
    /** Read only when the plan is limited: beside `is_unlimited` they mean nothing, whatever they are. */
    remaining: z.unknown().optional(),
    total: z.unknown().optional(),
    expired_at: z.unknown().optional(),
    remaining_voice: optionalAmount,
    total_voice: optionalAmount,
    remaining_text: optionalAmount,
    total_text: optionalAmount,
  }),
});

const tokenBody = z.object({
  data: z.object({ access_token: z.string().min(1), expires_in: amount.optional().catch(undefined) }),
});

/** What a token endpoint granted; `expiresInMs` is Airalo's own word, which is known to be wrong. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly expiresInMs: number | undefined;
}

/** The body of a 200 from `GET /v2/sims/{iccid}/usage`. Throws `UnreadableBodyError` and nothing else. */
export function parseUsage(text: string): UsageReading {
  const { data } = check(usageBody, text);
  const status = statusOf(data.status);
  const voiceMinutes = allowanceIfAny(data.remaining_voice, data.total_voice);
  const textMessages = allowanceIfAny(data.remaining_text, data.total_text);
  const expiresAt = parseExpiry(data.expired_at);
  return {
    status,
    data: dataOf(status, data),
    ...(voiceMinutes && { voiceMinutes }),
    ...(textMessages && { textMessages }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** The body of a 200 from `POST /v2/token`. Throws `UnreadableBodyError` and nothing else. */
export function parseToken(text: string): TokenGrant {
  const { data } = check(tokenBody, text);
  const expiresInMs = data.expires_in === undefined ? undefined : data.expires_in * 1000;
  return { accessToken: data.access_token, expiresInMs };
}

/** What Airalo says about an eSIM its provider took back. */
export const RECYCLED_READING: UsageReading = {
  status: { kind: 'known', name: 'RECYCLED' },
  data: { kind: 'megabytes', remaining: 0, total: 0 },
};

/**
 * `YYYY-MM-DD HH:mm:ss` is read as UTC, as Airalo's package history has it; ISO 8601 with an offset is taken too.
 * `undefined` for anything else.
 */
export function parseExpiry(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4}-\d\d-(\d\d))[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:?\d\d)?$/.exec(
    value.trim(),
  );
  if (!match) return undefined;
  const [, date = '', day = '', time = '', offset = 'Z'] = match;
  // JavaScript reads 30 February as 2 March.
  if (new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(day)) return undefined;
  const instant = Date.parse(`${date}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** JSON of a shape. Throws `UnreadableBodyError` and nothing else; its message names keys, never values. */
export function check<T>(shape: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnreadableBodyError('Airalo answered with something that is not JSON, or only a part of it');
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnreadableBodyError(`Airalo answered in an unexpected shape: ${where}`);
}

/** A status by its wire name, bounded where it is a new one. */
export function statusOf(name: string): UsageStatus {
  const known = KNOWN_STATUSES.find((candidate) => candidate === name);
  return known ? { kind: 'known', name: known } : { kind: 'unseen', name: name.slice(0, LONGEST_STATUS) };
}

function dataOf(
  status: UsageStatus,
  data: { is_unlimited?: unknown; remaining?: unknown; total?: unknown },
): UsageReading['data'] {
  // Airalo's docs: the numbers beside it are defaults and not to be shown, whatever they are.
  if (data.is_unlimited === true) return { kind: 'unlimited' };
  // For these two the numbers are no facts, so that their absence is no fault either.
  const figureless = status.kind === 'known' && (status.name === 'RECYCLED' || status.name === 'UNKNOWN');
  const figure = figureless ? optionalAmount.catch(0) : amount;
  const parsed = z.object({ remaining: figure, total: figure }).safeParse(data);
  if (!parsed.success) throw new UnreadableBodyError('Airalo answered without usable figures of data');
  // Megabytes of which 1024 are a GB (Airalo's docs: "3 GB" is an amount of 3072).
  return { kind: 'megabytes', ...parsed.data };
}

/** Airalo sends zeros for a plan without voice or texts. */
function allowanceIfAny(remaining: number, total: number): Allowance | undefined {
  return remaining === 0 && total === 0 ? undefined : { remaining, total };
}
