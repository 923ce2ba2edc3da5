import { z } from 'zod';

// Parsed when it is read back: a question may be answered by a later version than the one that took it.
const files = z.array(
  z.object({
    name: z.string(),
    contentType: z.string(),
    size: z.number(),
    url: z.string(),
    unseenId: z.string().optional(),
  }),
);

/**
 * What a person has asked, as it is kept until its answer is shown. Plain JSON; the texts may hold ICCIDs, the files
 * signed addresses.
 */
const ask = z.discriminatedUnion('kind', [
  /** Behind a command, or in a direct message. */
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Somebody else's message: only the numbers in it count. */
  z.object({ kind: z.literal('message'), text: z.string() }),
  /** In a channel where an answer cannot be private: it is offered behind a button. */
  z.object({ kind: z.literal('mention'), text: z.string() }),
  /** To be told when there is a newer figure. */
  z.object({ kind: z.literal('promise'), text: z.string() }),
  z.object({ kind: z.literal('help') }),
  z.object({ kind: z.literal('list'), files }),
  /** A file that stands in a channel, or was attached there: answered in the direct message. */
  z.object({ kind: z.literal('list-from-channel'), files }),
  /** A file where others have seen it: a word, nothing of it is read. */
  z.object({ kind: z.literal('list-in-channel'), seenByAll: z.boolean() }),
  z.object({
    kind: z.literal('press'),
    press: z.object({
      kind: z.string(),
      handle: z.string(),
      index: z.number(),
      /** The promise of the card, or the further words of a question. */
      jobId: z.string(),
    }),
  }),
]);
/** See `ask`. */
export type Ask = z.infer<typeof ask>;
/** A pressed button. */
export type Press = Extract<Ask, { kind: 'press' }>['press'];

/** Undefined for what is not ours, or of a later version. */
export function readAsk(stored: unknown): Ask | undefined {
  return ask.safeParse(stored).data;
}
