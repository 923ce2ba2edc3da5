import type { DetailEndpoint } from '../detail-question.ts';

/** What the simulator does instead of its usual answer. */
export type Fault =
  /** Any status; without a body a page for 5xx, the general error body for the rest. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  /** 429; `retryAfter` as it stands in the header, absent for none. */
  | { readonly kind: 'rate-limited'; readonly retryAfter?: string }
  /** Answers nothing until `release()`. */
  | { readonly kind: 'hang' }
  /** The socket is destroyed: the client does not learn whether its call was counted. */
  | { readonly kind: 'drop-connection' }
  /** A 200 whose JSON ends in the middle. */
  | { readonly kind: 'truncated' }
  /** A 200 with a page, as from a proxy in between. */
  | { readonly kind: 'not-json' }
  /** A 200 that is far larger than any answer: the client must not read it all. */
  | { readonly kind: 'huge' }
  /** Other endpoints of Airalo's send numbers so. */
  | { readonly kind: 'numbers-as-strings' }
  /** Version 1 of the API: no voice, no texts. */
  | { readonly kind: 'without-voice-and-text' };

type Endpoint = 'usage' | 'token' | DetailEndpoint;

/** `usage`, `token`, `packages` … are the addresses, anything else is the ICCID of one eSIM (and means its usage). */
export type FaultScope = Endpoint | (string & {});

/** `times` of a fault for one ICCID, for every usage question, or for the token. */
export interface FaultPlan {
  /** `times` is 1 when not said. Takes effect with the next question. */
  inject(scope: FaultScope, fault: Fault, times?: number): void;
  /** The fault for this question, counted down; those of the ICCID come first. */
  take(scope: Endpoint, iccid?: string): Fault | undefined;
  /** Drops what was not taken yet; what hangs goes on hanging. */
  clear(): void;
}

/** Faults wait in the order they were injected; each is taken as often as it was meant to be. */
export function createFaultPlan(): FaultPlan {
  const planned = new Map<FaultScope, { readonly fault: Fault; left: number }[]>();
  function next(scope: FaultScope): Fault | undefined {
    const queue = planned.get(scope);
    const first = queue?.[0];
    if (!first) return undefined;
    first.left--;
    if (first.left <= 0) queue.shift();
    return first.fault;
  }
  return {
    inject(scope, fault, times = 1) {
      planned.set(scope, [...(planned.get(scope) ?? []), { fault, left: times }]);
    },
    take: (scope, iccid) => (iccid === undefined ? undefined : next(iccid)) ?? next(scope),
    clear: () => planned.clear(),
  };
}
