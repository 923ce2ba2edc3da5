import type { Clock } from '../../clock.ts';
import type { Place } from './address.ts';
import type { SlackMessage } from './block-kit.ts';
import { content } from './delivery.ts';
import { respond } from './response-url.ts';
import { callSlack, callSlackTwice, type SlackClient, type SlackResult } from './web.ts';

/**
 * Where the first, private answer to a question is shown and filled in. The response URL has five uses: a surface takes
 * three at the most and leaves two for an answer that comes later.
 */
export interface Surface {
  /** How often the message can still be changed before its last form. */
  readonly changesLeft: () => number;
  show(message: SlackMessage): Promise<SlackResult<unknown>>;
}

const URL_CHANGES = 3;

/** A command, a shortcut or a button: through its response URL. `first`: what the first use does. */
export function urlSurface(clock: Clock, url: string, first: 'new' | 'replace'): Surface {
  let used = 0;
  return {
    changesLeft: () => URL_CHANGES - used - 1,
    show: async (message) =>
      used < URL_CHANGES
        ? respond(clock, url, message, used++ === 0 ? first : 'replace')
        : { kind: 'closed', error: 'the uses for a first answer are spent' },
  };
}

/** A message of our own in a direct message: edited as often as is sensible. */
export function messageSurface(
  clock: Clock,
  client: SlackClient,
  at: NonNullable<Place['message']>,
): Surface {
  const { channel, ts } = at;
  return {
    changesLeft: () => URL_CHANGES,
    show: (message) => callSlackTwice(clock, () => client.chat.update({ channel, ts, ...content(message) })),
  };
}

/** A mention in a channel: only the asker sees it, in the thread; it cannot be changed once sent. */
export function ephemeralSurface(clock: Clock, client: SlackClient, place: Place): Surface {
  const { channelId: channel, userId: user, threadTs } = place;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return {
    changesLeft: () => 0,
    show: (message) =>
      callSlack(clock, () => client.chat.postEphemeral({ channel, user, ...thread, ...content(message) })),
  };
}
