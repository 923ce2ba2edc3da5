import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { NamedChannel } from '../../domain/digest-schedule.ts';
import { callSlack, type SlackClient } from './web.ts';

const page = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
/** Channels asked for at once (Slack's docs, users.conversations: at most 999). */
const AT_ONCE = 999;
/** Somebody in more channels than these types it in the channel itself. */
const MAX_PAGES = 3;
/** Of an organisation, those of a person that are looked into. */
const MAX_WORKSPACES = 5;
/** Each needs a scope of its own, `channels:read` and `groups:read`; asked for together, one that lacks refuses both. */
const TYPES = ['public_channel', 'private_channel'] as const;

/**
 * The channel that somebody names, where Slack shows that they are in it: `users.conversations` lists a person's public channels, and of
 * their private ones those the bot is in too. It tells the id of a name as well: a slash command brings `#support` as it was typed.
 * Undefined where it is none of theirs, and where the app has not the scopes. Archived ones too: a digest there can be ended.
 * `workspaces`: of a token for a whole organisation, which has to say in which of them it looks; empty for any other.
 */
export async function channelOfPerson(
  client: SlackClient,
  clock: Clock,
  { userId, workspaces }: { readonly userId: string; readonly workspaces: readonly string[] },
  wanted: NamedChannel,
): Promise<string | undefined> {
  const places = workspaces.slice(0, MAX_WORKSPACES).map((team_id) => ({ team_id }));
  const lists = (places.length > 0 ? places : [{}]).flatMap((place) =>
    TYPES.map((types) => ({ ...place, types, user: userId, limit: AT_ONCE })),
  );
  const isIt = ({ id, name }: { readonly id: string; readonly name?: string | undefined }) =>
    wanted.kind === 'id' ? id === wanted.id : name === wanted.name.toLowerCase();

  for (const list of lists) {
    let cursor = '';
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const from = cursor === '' ? {} : { cursor };
      const found = await callSlack(clock, async () =>
        page.parse(await client.users.conversations({ ...list, ...from })),
      );
      if (found.kind !== 'ok') break;
      const channel = found.value.channels.find(isIt);
      if (channel) return channel.id;
      cursor = found.value.response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
  }
  return undefined;
}
