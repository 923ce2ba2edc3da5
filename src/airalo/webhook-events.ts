import { z } from 'zod';
import type { AlertEvent, AlertLevel } from '../domain/alert.ts';

/** Where Airalo delivers at this bot; HEAD is asked once, at opt-in. */
export const WEBHOOK_PATH = '/airalo/webhooks';

/**
 * What a signed body says. The payloads name neither their kind, nor an id, nor a time: they are told apart by their keys
 * (`level` and `iccid`, `message` and `remaining`, `request_id`).
 */
export type WebhookEvent =
  | AlertEvent
  /** An order that was placed elsewhere; the bot places none and says nothing about it. */
  | { readonly kind: 'order' }
  | { readonly kind: 'unreadable'; readonly why: string };

const MAX_NAME = 120;
/** Airalo writes `3days` and `1days`; others have seen `1day` and `1`. Without a unit, more days than this are none. */
const MAX_BARE_DAYS = 31;

const amount = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/** Only shown: a strange one must not cost the alert. */
const optionalAmount = amount.optional().catch(undefined);

const level = z.union([z.string(), z.number().transform(String)]).transform((text, context): AlertLevel => {
  const [, digits = '', unit = ''] = /^(\d{1,3})\s*(%|days?)?$/i.exec(text.trim()) ?? [];
  const number = Number(digits);
  if (digits !== '' && unit === '%' && number <= 100) return { kind: 'used', percent: number };
  if (digits !== '' && unit !== '%' && (unit !== '' || number <= MAX_BARE_DAYS))
    return { kind: 'ending', days: number };
  context.addIssue({ code: 'custom', message: 'a level nobody knows' });
  return z.NEVER;
});

const lowData = z
  .object({
    level,
    iccid: z
      .string()
      .trim()
      .regex(/^\d{15,22}$/),
    package_name: z.string().trim().catch(''),
    remaining_percentage: optionalAmount,
  })
  .transform(({ level, iccid, package_name: name, remaining_percentage: left }): AlertEvent => {
    const remaining = left === undefined ? {} : { remainingPercent: Math.min(100, Math.max(0, left)) };
    return { kind: 'low-data', iccid, packageName: name.slice(0, MAX_NAME), level, ...remaining };
  });

/** The percentage stands in the text alone: "Surpassed 80% of the credit limit balance". */
const credit = z
  .object({ message: z.string().regex(/\b\d{1,3}\s*%/), remaining: amount.nullish() })
  .transform(({ message, remaining }): AlertEvent => {
    const percent = Number(/(\d{1,3})\s*%/.exec(message)?.[1]);
    return { kind: 'credit', percent, ...(typeof remaining === 'number' ? { remaining } : {}) };
  });

/** Reads a body whose signature holds. Never throws; extra keys are no matter. */
export function readWebhook(body: string): WebhookEvent {
  const parsed = z.record(z.string(), z.unknown()).safeParse(json(body));
  if (!parsed.success) return { kind: 'unreadable', why: 'not a JSON object' };
  const { data } = parsed;
  if ('request_id' in data) return { kind: 'order' };
  const shape = 'level' in data || 'iccid' in data ? lowData : credit;
  const event = shape.safeParse(data);
  if (event.success) return event.data;
  return { kind: 'unreadable', why: event.error.issues.map(({ path }) => path.join('.')).join(', ') };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
