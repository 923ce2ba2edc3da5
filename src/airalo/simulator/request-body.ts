import type { IncomingMessage } from 'node:http';

/** A token request has some hundred bytes; the simulator runs on people's own computers. */
const LARGEST_FORM_BYTES = 10_000;

/** Throws `RangeError` for what is no form by its size. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_FORM_BYTES) throw new RangeError('The form is too large');
  }
  return text;
}

/** A form, or JSON, as Airalo takes both. */
export function formOf(text: string): unknown {
  if (!text.startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
