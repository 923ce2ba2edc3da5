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
  /** `{message}`: the throttle. */
  | { readonly kind: 'throttle'; readonly message: string }
  /** `{error}`: rare. */
  | { readonly kind: 'error'; readonly message: string }
  /** HTML, nothing, or JSON of another shape: only the HTTP status speaks. */
  | { readonly kind: 'none' };

const LONGEST_DETAIL = 200;

/** Laravel sends one text or a list of them for each parameter. */
const fieldText = z.union([z.string(), z.array(z.string()).transform((texts) => texts.join(' '))]);
const envelope = z.union([
  z
    .object({ code: z.coerce.number().int(), reason: z.string() })
    .transform(({ code, reason }): ErrorBody => ({ kind: 'business', code, reason })),
  z
    .object({
      meta: z.object({ message: z.string() }),
      data: z.record(z.string(), fieldText).catch({}),
    })
    .transform(({ meta, data }): ErrorBody => ({ kind: 'general', message: meta.message, fields: data })),
  z.object({ message: z.string() }).transform(({ message }): ErrorBody => ({ kind: 'throttle', message })),
  z.object({ error: z.string() }).transform(({ error }): ErrorBody => ({ kind: 'error', message: error })),
]);

/** Never throws, whatever the text is. */
export function readErrorBody(text: string): ErrorBody {
  try {
    return envelope.safeParse(JSON.parse(text)).data ?? { kind: 'none' };
  } catch {
    return { kind: 'none' };
  }
}

/** The most telling words of the body, bounded and without full ICCIDs; empty when it has none. */
export function detailOf(body: ErrorBody): string {
  return maskIccidsIn(wordsOf(body)).replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
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
    case 'none':
      return '';
    default:
      return body satisfies never;
  }
}
