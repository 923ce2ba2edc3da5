import type { Allowance } from '../../domain/usage.ts';
import type { Line } from '../card.ts';
import type { Say } from '../say.ts';

/**
 * What a customer is told, and the agent around it. Everything but the first four is pasted as it stands: no marks,
 * no ICCID.
 */
export interface ReplyWords {
  readonly title: string;
  /** Above the text, to the agent. */
  readonly copy: Line;
  /** Above the languages; at most 30 characters. */
  readonly language: string;
  /** To the agent: nothing is known of the eSIM yet. */
  readonly none: Line;
  left(data: Allowance): string;
  /** Of a plan that has not begun, with all its data there; MB. */
  untouched(totalMb: number): string;
  readonly unlimited: string;
  calls(minutes: Allowance): string;
  texts(messages: Allowance): string;
  /** Ends are text, since what is pasted cannot be drawn anew: a date, a time, a zone. */
  until(end: string): string;
  /** Little is left of something: what the customer could do. */
  readonly low: string;
  readonly usedUp: string;
  /** `end` absent where it is not known. */
  expired(end: string | undefined): string;
  readonly notStarted: string;
  /** How much is left was not told by Airalo. */
  readonly unreported: string;
  /** The eSIM was taken back, for good. */
  readonly withdrawn: string;
}

/** What a customer is told. */
export function replyWords({ text, line, figures: { data } }: Say): ReplyWords {
  return {
    title: text('reply.title'),
    copy: line('reply.copy'),
    language: text('reply.language'),
    none: line('reply.none'),
    left: ({ remaining, total }) =>
      total > 0 && remaining <= total
        ? text('reply.left', data({ remaining, total }))
        : text('reply.left.open', { remaining: data({ remaining, total: remaining }).remaining }),
    untouched: (mb) => text('reply.untouched', { total: data({ remaining: mb, total: mb }).total }),
    unlimited: text('reply.unlimited'),
    calls: ({ remaining, total }) => text('reply.calls', { remaining, total }),
    texts: ({ remaining, total }) => text('reply.texts', { remaining, total }),
    until: (end) => text('reply.until', { end }),
    low: text('reply.low'),
    usedUp: text('reply.usedUp'),
    expired: (end) => (end === undefined ? text('reply.expired.open') : text('reply.expired', { end })),
    notStarted: text('reply.notStarted'),
    unreported: text('reply.unreported'),
    withdrawn: text('reply.withdrawn'),
  };
}
