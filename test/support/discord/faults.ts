import type { Clock } from '../../../src/clock.ts';

/** What goes wrong on one of the next calls to a route. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  /** A documented refusal that the state alone would not bring about. */
  | { readonly kind: 'code'; readonly status: number; readonly code: number }
  /** The call has its effect, and the connection breaks before the answer. */
  | { readonly kind: 'answer-lost' }
  /** No answer and no effect until the stand-in closes. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number };

/** Names of the routes, as `failNext` and `calls` know them. */
export type RouteName =
  | 'gateway'
  | 'application'
  | 'commands'
  | 'callback'
  | 'original'
  | 'follow-up'
  | 'message'
  | 'edit-message'
  | 'messages'
  | 'start-thread'
  | 'typing'
  | 'open-dm'
  | 'me'
  | 'my-guilds'
  | 'guild'
  | 'roles'
  | 'member'
  | 'channel';

/** Faults in waiting, by route. */
export function createFaults() {
  const waiting = new Map<RouteName, Fault[]>();
  return {
    next(route: RouteName, fault: Fault, times = 1): void {
      const queue = waiting.get(route) ?? [];
      waiting.set(route, [...queue, ...Array.from({ length: times }, () => fault)]);
    },
    take: (route: RouteName): Fault | undefined => waiting.get(route)?.shift(),
    clear: () => waiting.clear(),
  };
}
export type Faults = ReturnType<typeof createFaults>;

/** One bucket per route and major parameter, as announced in the headers. Real time unless told otherwise: discord.js counts in it too. */
export function createBuckets(
  limit: number,
  windowMs: number,
  clock: Pick<Clock, 'now'> = { now: () => performance.now() },
) {
  const windows = new Map<string, { startedAt: number; used: number }>();
  return {
    /** Counts a call; `waitMs` is set when it is one too many. */
    count(key: string): { headers: Record<string, string>; waitMs?: number } {
      const now = clock.now();
      const known = windows.get(key);
      const window = known && now - known.startedAt < windowMs ? known : { startedAt: now, used: 0 };
      windows.set(key, window);
      window.used++;
      const resetMs = window.startedAt + windowMs - now;
      const headers = {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - window.used)),
        'X-RateLimit-Reset-After': (resetMs / 1000).toFixed(3),
        'X-RateLimit-Bucket': Buffer.from(key.split(' ', 1).join()).toString('hex').slice(0, 32),
      };
      return window.used > limit ? { headers, waitMs: resetMs } : { headers };
    },
  };
}
