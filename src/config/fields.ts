import { z } from 'zod';

/** The kinds of settings. No message repeats a value: it may be a secret. */

const text = z.string().optional();

/** Any text. */
export const plain = text;

/**
 * Ids of one kind, parted by commas. An empty list when not set; blanks and empty parts are
 * dropped.
 */
export function ids(pattern: RegExp, hint: string) {
  return text
    .transform((value) => (value ?? '').split(',').flatMap((part) => part.trim() || []))
    .refine((all) => all.every((id) => pattern.test(id)), hint);
}

/** A text of a certain form. Undefined when not set. */
export function formed(pattern: RegExp, hint: string) {
  return text.refine((value) => value === undefined || pattern.test(value), hint);
}

/** `on` or `off`; off when not set. */
export const onOff = text
  .transform((value = 'off') => value.toLowerCase())
  .pipe(z.enum(['on', 'off'], 'must be on or off'))
  .transform((value) => value === 'on');

/** `fallback` when not set. Both bounds are allowed themselves. */
export function wholeNumber(fallback: number, lowest: number, highest: number) {
  return text.transform((value, context) => {
    const number = value === undefined ? fallback : Number(value);
    if (Number.isInteger(number) && number >= lowest && number <= highest) return number;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${lowest} to ${highest}` });
    return z.NEVER;
  });
}

/** An address that `allows` has nothing against (it says what is wrong); slashes at its end are dropped. */
export function address(example: string, wrongWith: (url: URL) => string | undefined = () => undefined) {
  return text.transform((value, context) => {
    if (value === undefined) return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const wrong =
      url && /^https?:$/.test(url.protocol) ? wrongWith(url) : `must be an address such as ${example}`;
    if (wrong === undefined) return value.replace(/\/+$/, '');
    context.addIssue({ code: 'custom', message: wrong });
    return z.NEVER;
  });
}

/** Whether an address leads to this computer, where plain http is no risk. */
export function isLocal({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** Four numbers of a private IPv4 address (RFC 1918), or of this computer. */
const PRIVATE_ADDRESS = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$/;

/** Whether an address leads to this computer, or to one that has a name or a number only within a network of one's own. */
export function isWithin(url: URL): boolean {
  const { hostname } = url;
  return (
    isLocal(url) ||
    PRIVATE_ADDRESS.test(hostname) ||
    /^[^.:[\]]+$/.test(hostname) ||
    /\.(?:internal|local|lan|home\.arpa|svc)$/.test(hostname)
  );
}
