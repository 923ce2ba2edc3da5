import { z } from 'zod';

export const armedStatement = z.object({
  statement: z.string(),
  nth: z.number(),
  fault: z.enum([
    'store: locked once',
    'store: locked for 60 s',
    'store: disk full for 60 s',
    'store: SIGKILL before',
    'store: SIGKILL after',
  ]),
});

/** What the sweep says to a bot's process. */
export const wish = z.discriminatedUnion('ask', [
  /** Start the bot with these settings, and no others. */
  z.object({ ask: z.literal('start'), env: z.record(z.string(), z.string()), now: z.number() }),
  /** Let time pass until `now`, and say how things stand. */
  z.object({ ask: z.literal('tick'), now: z.number() }),
  z.object({
    ask: z.literal('arm'),
    statement: armedStatement.optional(),
  }),
  z.object({ ask: z.literal('statements') }),
]);
export type Wish = z.infer<typeof wish>;

export const told = z.discriminatedUnion('told', [
  z.object({ told: z.literal('loaded') }),
  /** `startBot` has come to its end: the exit code the process would have, and what it would print. */
  z.object({ told: z.literal('ended'), code: z.number(), said: z.string(), timersLeft: z.number() }),
  z.object({
    told: z.literal('ticked'),
    /** Statements, files, connections under way. */
    busy: z.number(),
    /** Grows with everything that happens. */
    moved: z.number(),
    nextDueAt: z.number().optional(),
  }),
  z.object({ told: z.literal('statements'), seen: z.record(z.string(), z.number()) }),
]);
export type Told = z.infer<typeof told>;
