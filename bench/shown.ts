/** What a person sees of one command. */
export interface ShownAnswer {
  /** Its newest form says something, be it a promise; "checking" and "thinking" say nothing. */
  readonly says: boolean;
  /** One of its forms promised an answer for later. */
  readonly wasPromised: boolean;
  /** Its newest form is a figure, and no promise. */
  readonly hasFigure: boolean;
  /** How often it was sent: first written, and then edited. */
  readonly forms: number;
  /** How many of its forms were a final figure: more than one is an edit that was made again. */
  readonly finals: number;
}

const PLACEHOLDER = /(?:Checking|Reading)[^.]{0,60}…/;
const PROMISE = /\bI(?: will|’ll) (answer|post|update|try)\b/;
const FIGURE = /[\d.,]+\s[MG]B (of|left)/;

const says = (text: string): boolean => text !== '' && !PLACEHOLDER.test(text);
const isFinal = (text: string): boolean => FIGURE.test(text) && !PROMISE.test(text) && says(text);

/** From the forms one message has had, oldest first. */
export function shownAnswer(forms: readonly string[]): ShownAnswer {
  const newest = forms.at(-1) ?? '';
  return {
    says: says(newest),
    wasPromised: forms.some((text) => PROMISE.test(text)),
    hasFigure: isFinal(newest),
    forms: forms.length,
    finals: forms.filter(isFinal).length,
  };
}

/** The same for messages that are looked at again and again: only a form that is new is read. */
export function createShownOf<M extends object>(
  formsOf: (message: M) => readonly string[],
  countOf: (message: M) => number,
): (message: M) => ShownAnswer {
  const known = new WeakMap<M, ShownAnswer>();
  return (message) => {
    const before = known.get(message);
    if (before?.forms === countOf(message)) return before;
    const now = shownAnswer(formsOf(message));
    known.set(message, now);
    return now;
  };
}
