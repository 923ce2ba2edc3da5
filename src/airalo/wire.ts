import { z } from 'zod';
import type { Allowance, UnreadPart, UsageReading, UsageStatus } from '../domain/usage.ts';
import { UnreadableBodyError } from './errors.ts';
import { endIn, type Field, flagIn, leftIn, type OddField, statusIn, totalIn } from './usage-fields.ts';

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

const usageBody = z.object({ data: z.record(z.string(), z.unknown()) });
/** What a usage body is known by: with fewer than two of these it is some other JSON. */
const USAGE_KEYS = ['status', 'remaining', 'total', 'is_unlimited', 'expired_at'] as const;

const tokenBody = z.object({
  data: z.object({ access_token: z.string().min(1), expires_in: amount.optional().catch(undefined) }),
});

/** What a token endpoint granted; `expiresInMs` is Airalo's own word, which is known to be wrong. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly expiresInMs: number | undefined;
}

/**
 * The body of a 200 from `GET /v2/sims/{iccid}/usage`. Throws `UnreadableBodyError` and nothing else. A field that is not as
 * documented is read where its meaning is plain, else left out; `onOdd` is told which, the rest stands.
 */
export function parseUsage(text: string, onOdd?: (fields: readonly OddField[]) => void): UsageReading {
  const { data } = check(usageBody, text);
  if (USAGE_KEYS.filter((key) => key in data).length < 2)
    throw new UnreadableBodyError('Airalo answered with JSON that tells nothing of usage', {
      reason: 'OTHER_JSON',
    });
  const odd: OddField[] = [];
  const take = <T>(name: string, read: (value: unknown) => Field<T>): Field<T> => {
    const field = read(data[name]);
    const was = field.kind === 'read' ? field.odd : field.kind === 'odd' ? field.was : undefined;
    if (was !== undefined) odd.push({ name, was });
    return field;
  };
  const statusField = take('status', statusIn);
  // Nothing reported is not the status UNKNOWN, by which Airalo says something.
  const status: UsageStatus = statusField.kind === 'read' ? statusField.value : { kind: 'unseen', name: '' };
  const end = take('expired_at', endIn);
  const voice = allowanceOf(take('remaining_voice', leftIn), take('total_voice', totalIn));
  const texts = allowanceOf(take('remaining_text', leftIn), take('total_text', totalIn));
  const reading = dataOf(status, data, take);
  const unread: UnreadPart[] = [
    ...(voice === 'unread' ? (['voice'] as const) : []),
    ...(texts === 'unread' ? (['texts'] as const) : []),
    ...(end.kind === 'odd' ? (['end'] as const) : []),
  ];
  if (odd.length > 0) onOdd?.(odd);
  return {
    status,
    data: reading,
    ...(typeof voice === 'object' && { voiceMinutes: voice }),
    ...(typeof texts === 'object' && { textMessages: texts }),
    ...(end.kind === 'read' && { expiresAt: end.value }),
    ...(unread.length > 0 && { unread }),
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

/** JSON of a shape. Throws `UnreadableBodyError` and nothing else; its message names keys, never values. */
export function check<T>(shape: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnreadableBodyError('Airalo answered with something that is not JSON, or only a part of it', {
      reason: 'NOT_JSON',
    });
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnreadableBodyError(`Airalo answered in an unexpected shape: ${where}`, { reason: 'OTHER_JSON' });
}

/** Data left, as far as the body says it: a zero that nobody sent would be a false statement about the eSIM. */
function dataOf(
  status: UsageStatus,
  data: Readonly<Record<string, unknown>>,
  take: <T>(name: string, read: (value: unknown) => Field<T>) => Field<T>,
): UsageReading['data'] {
  const unlimited = take('is_unlimited', flagIn);
  // Airalo's docs: the numbers beside it are defaults and not to be shown, whatever they are.
  if (unlimited.kind === 'read' && unlimited.value) return { kind: 'unlimited' };
  // For these two the numbers are no facts, so that their absence is no fault either.
  if (status.kind === 'known' && (status.name === 'RECYCLED' || status.name === 'UNKNOWN'))
    return {
      kind: 'megabytes',
      remaining: readOrZero(leftIn(data.remaining)),
      total: readOrZero(totalIn(data.total)),
    };
  const [left, total] = [take('remaining', leftIn), take('total', totalIn)];
  // Without the flag zeros may be those of an unlimited plan.
  const limited = unlimited.kind === 'read' || (unlimited.kind === 'absent' && readOrZero(total) > 0);
  // Megabytes of which 1024 are a GB (Airalo's docs: "3 GB" is an amount of 3072).
  if (limited && left.kind === 'read' && (total.kind === 'read' || left.value > 0))
    return { kind: 'megabytes', remaining: left.value, total: readOrZero(total) };
  return { kind: 'unknown', ...(total.kind === 'read' && total.value > 0 && { total: total.value }) };
}

/** Airalo sends zeros for a plan without voice or texts, and version 1 of its API leaves the keys out. */
function allowanceOf(left: Field<number>, total: Field<number>): Allowance | 'none' | 'unread' {
  const [someLeft, someTotal] = [readOrZero(left) > 0, readOrZero(total) > 0];
  if (left.kind === 'read' && (someLeft || someTotal))
    return { remaining: left.value, total: readOrZero(total) };
  const nothingThere = left.kind !== 'odd' && total.kind !== 'odd' && !someTotal;
  return nothingThere ? 'none' : 'unread';
}

function readOrZero(field: Field<number>): number {
  return field.kind === 'read' ? field.value : 0;
}
