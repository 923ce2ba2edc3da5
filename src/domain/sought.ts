/** What a customer said, by which an eSIM is looked for. The text is bounded, and tidied so that the same question is the same text. */
export interface Sought {
  /**
   * `email` names a person and stands in no log. `digits`: any part of an ICCID, or a short number of an order. `code`: of an order.
   * `words`: anything else, such as a name or a customer's number.
   */
  readonly kind: 'email' | 'digits' | 'code' | 'words';
  readonly text: string;
}

/** Longer than any e-mail that people type, and than any code of an order. */
const MAX_SOUGHT = 120;
/** No more than a shape: whether it exists is for the reseller's records to say. Slack puts `<mailto:…|…>` around it. */
const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?\.\p{L}{2,}/giu;
/** Fewer fit too many eSIMs; as many as an ICCID has are one. */
const DIGITS = /^\d{4,17}$/;
/** Airalo's own form: `20261115-070321`. */
const AIRALO_CODE = /^\d{6,8}-\d{3,}$/;
/** A code in one piece: `#1042`, `SHOP-1042`, `TICKET-5512`. */
const CODE = /^#?(?=\S*\p{N})[\p{L}\p{N}][\p{L}\p{N}_/.-]*$/u;
/** Where nobody said that it is a code, three digits are wanted: `trip2` is a name. */
const PLAIN_CODE = /^#?(?:\p{L}+[_/-]?)?\d{3,}(?:[_/-]\d+)*$/u;

/** What stands before the digits where they are copied from a card: `eSIM …0019`; the ellipsis is three points once it is normalised. */
const COPIED_END = /^(?:eSIM ?)?\.{3}(?=\d{4}$)/i;

/** An ICCID that lacks some digits: it is told what is wrong with it, and nobody is asked. */
const CUT_SHORT = /^89\d{10,}$/;

/** The one e-mail in a text, in lower case; undefined where there is none, or more than one. */
export function emailIn(text: string): string | undefined {
  if (!text.includes('@') || text.length > 10 * MAX_SOUGHT) return undefined;
  const found = new Set(
    [...text.matchAll(EMAIL)].map(([email]) => email.toLowerCase()).filter((one) => one.length <= MAX_SOUGHT),
  );
  return found.size === 1 ? [...found].join() : undefined;
}

/** What a text looks for; undefined for an empty one, and for one that is too long to be any such thing. */
export function readSought(text: string): Sought | undefined {
  const email = emailIn(text);
  if (email !== undefined) return { kind: 'email', text: email };
  const visible = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const tidied = visible.trim().replace(/\s+/gu, ' ').replace(COPIED_END, '');
  if (tidied === '' || tidied.length > MAX_SOUGHT) return undefined;
  if (DIGITS.test(tidied)) return { kind: 'digits', text: tidied };
  return { kind: CODE.test(tidied) ? 'code' : 'words', text: tidied };
}

/** Whether a text that nobody has called a search is plainly meant as one: then more than the bot's own names may be asked. */
export function looksSought(sought: Sought): boolean {
  switch (sought.kind) {
    case 'email':
      return true;
    case 'digits':
      return !CUT_SHORT.test(sought.text);
    case 'code':
      return AIRALO_CODE.test(sought.text) || PLAIN_CODE.test(sought.text);
    case 'words':
      return false;
    default:
      return sought.kind satisfies never;
  }
}

/** Whether a code has the form of Airalo's own orders, whose `code` can be searched for. */
export function isAiraloCode({ text }: Sought): boolean {
  return AIRALO_CODE.test(text);
}
