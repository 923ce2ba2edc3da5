import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** A message of ours in a conversation. */
export interface Posted {
  readonly channel: string;
  /** Slack's own id of a message within its conversation. */
  readonly ts: string;
}

/** The event type of the metadata that marks a message as the answer of one job or question. */
export const ANSWER_MARK = 'esim_usage_answer';
/** Messages looked at: one page, so that a search costs one call. What lies behind it counts as not found. */
const LOOKED_AT = 200;
/** Slack's clock and ours may differ. */
const CLOCK_MARGIN_MS = 60_000;

const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
});

/**
 * The message that a try begun at `since` has left behind, if it got through: a new message has no idempotency key in
 * Slack, and the mark in its metadata, which no reader sees, is the next best thing. Looks into the thread `threadTs`
 * where there is one. Needs the scope for the conversation's history; without it the result is `closed` or
 * `operator`.
 */
export function findEarlierTry(
  client: SlackClient,
  clock: Clock,
  { channel, threadTs }: { readonly channel: string; readonly threadTs?: string | undefined },
  since: number | undefined,
  isIt: (payload: Readonly<Record<string, unknown>>) => boolean,
): Promise<SlackResult<Posted | undefined>> {
  const oldest = since === undefined ? {} : { oldest: String((since - CLOCK_MARGIN_MS) / 1000) };
  // The metadata comes only when it is asked for (Slack's docs, conversations.history).
  const options = { channel, ...oldest, limit: LOOKED_AT, include_all_metadata: true };
  return callSlack(clock, async () => {
    const { messages } = history.parse(
      threadTs === undefined
        ? await client.conversations.history(options)
        : await client.conversations.replies({ ...options, ts: threadTs }),
    );
    const found = messages.find(({ metadata }) => metadata !== undefined && isIt(metadata.event_payload));
    return found && { channel, ts: found.ts };
  });
}
