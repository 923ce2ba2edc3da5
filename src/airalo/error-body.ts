import { z } from 'zod';
import { maskIccidsIn } from '../domain/iccid.ts';

/** Airalo's code for an eSIM that its provider took back. */
export const CODE_RECYCLED = 73;
/** Airalo's code for a caller that is not on the allow-list. */
export const CODE_IP_NOT_ALLOWED = 89;

/** The body of an answer that is not 2xx, told apart by its envelope. Texts are foreign and unbounded. */
export type ErrorBody =
  /** `{code, reason}`: a rule of business. */
  | { readonly kind: 'business'; readonly code: number; readonly reason: string }
  /** `{data, meta}`: `fields` holds the validation texts, by parameter. */
  | { readonly kind: 'general'; readonly message: string; readonly fields: Readonly<Record<string, string>> }
  /** `{message}`: the throttle. Gateways of other makers speak like that too. */
  | { readonly kind: 'throttle'; readonly message: string }
  /** `{error}`: rare. */
  | { readonly kind: 'error'; readonly message: string }
  /** No body at all, or one that broke off. */
  | { readonly kind: 'empty' }
  /** HTML, or JSON of another shape: not Airalo's words, so that nothing is known of the eSIM or the credentials. */
  | { readonly kind: 'foreign' };

const MAX_DETAIL = 200;

/** Laravel sends one text or a list of them for each parameter. */
const fieldText = z.union([z.string(), z.array(z.string()).transform((texts) => texts.join(' '))]);
/** An empty list in most refusals. */
const fields = z.union([
  z.record(z.string(), fieldText),
  z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()), z.null()]).transform(() => ({})),
]);
const envelope = z.union([
  z
    .object({ code: z.coerce.number().int(), reason: z.string() })
    .transform(({ code, reason }): ErrorBody => ({ kind: 'business', code, reason })),
  z
    .object({ meta: z.object({ message: z.string() }), data: fields })
    .transform(({ meta, data }): ErrorBody => ({ kind: 'general', message: meta.message, fields: data })),
  z.object({ message: z.string() }).transform(({ message }): ErrorBody => ({ kind: 'throttle', message })),
  z.object({ error: z.string() }).transform(({ error }): ErrorBody => ({ kind: 'error', message: error })),
]);

/** Never throws, whatever the text is. */
export function readErrorBody(text: string): ErrorBody {
  if (text.trim() === '') return { kind: 'empty' };
  try {
    return envelope.safeParse(JSON.parse(text)).data ?? { kind: 'foreign' };
  } catch {
    return { kind: 'foreign' };
  }
}

/** Whether Airalo speaks: the two envelopes that its docs give for refusals, which nobody else uses. */
export function isAiralos(body: ErrorBody): body is Extract<ErrorBody, { kind: 'business' | 'general' }> {
  return body.kind === 'business' || body.kind === 'general';
}

/** The most telling words of the body, bounded and without full ICCIDs; empty when it has none. */
export function detailOf(body: ErrorBody): string {
  return maskIccidsIn(wordsOf(body)).replace(/\s+/g, ' ').trim().slice(0, MAX_DETAIL);
}

function wordsOf(body: ErrorBody): string {
  switch (body.kind) {
    case 'business':
      return body.reason;
    case 'general':
      return Object.values(body.fields).join(' ') || body.message;
    case 'throttle':
    case 'error':
      return body.message;
    case 'empty':
    case 'foreign':
      return '';
    default:
      return body satisfies never;
  }
}
