import {
  type DigestOutcome,
  digestListCard,
  digestOutcomeCard,
  digestPreviewCard,
} from '../cards/digest-card.ts';
import { wordsFor } from '../cards/words.ts';
import type { Clock } from '../clock.ts';
import { type DigestSchedule, readDigestWish } from '../domain/digest-schedule.ts';
import type { DigestSource } from '../usage/digest-source.ts';
import type { Digests } from '../usage/digests.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { Asking, InquiryHandler } from './inquiry-router.ts';

/** What answering about digests needs. */
export interface DigestParts {
  readonly digests: Digests;
  readonly source: DigestSource;
  readonly namesOf: EsimDirectory['namesOf'];
  readonly clock: Clock;
}

/** Where the platform tells no zone of the person's. */
const DEFAULT_ZONE = 'UTC';

/**
 * `digest weekdays 9:00` sets one for the channel it is typed in, or in a direct message for the asker; `digest` lists, `digest off` ends that
 * of this place, `digest now` shows what it would say. Whoever may look up may set one: a channel is told who did.
 */
export function createDigestHandler({ digests, source, namesOf, clock }: DigestParts): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ words, iccids }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const viewer = viewerOf(asking, clock);
    const outcome = (of: DigestOutcome) => cardsAnswer([digestOutcomeCard(of, viewer)]);
    const wish = readDigestWish(words, asking.timeZone ?? DEFAULT_ZONE);
    switch (wish.kind) {
      case 'list':
        return cardsAnswer([digestListCard(await digests.listOf(asking.asker), viewer)]);
      case 'off':
        return outcome({ kind: 'off', stopped: await digests.stop(asking.asker, asking.channel?.id) });
      case 'preview': {
        const found = await source.rowsOf(await source.candidatesOf(asking.asker));
        const about = found.rows.map(({ iccid }) => iccid);
        const names = await namesOf(about);
        return cardsAnswer([digestPreviewCard(found, viewerOf({ ...asking, names }, clock))], about);
      }
      case 'unreadable':
        return outcome(wish);
      case 'set': {
        const { channelId, schedule } = wish;
        // In the channel itself: whoever types there is known to read there, and the channel hears of it.
        if (channelId !== undefined && channelId !== asking.channel?.id)
          return outcome({ kind: 'elsewhere', channelId });
        return outcome(await set(schedule, asking));
      }
      default:
        return wish satisfies never;
    }
  });

  /** Durable first, then said to the channel; where that is not possible it is taken back. */
  async function set(schedule: DigestSchedule, asking: Asking): Promise<DigestOutcome> {
    const { channel, address, asker, locale, requestId } = asking;
    const to = channel ? { address: channel.address, channelId: channel.id } : { address };
    const result = await digests.set({ schedule, ...to, person: address, requestId });
    if (result.kind === 'too-many') return result;
    const done = { kind: 'set', schedule, nextAt: result.digest.nextAt } as const;
    if (!channel) return done;
    const said = await channel.say(wordsFor(locale).digest.announced(channel.personId, schedule));
    if (said === 'said') return done;
    await digests.stop(asker, channel.id);
    return { kind: said === 'closed' ? 'channel-closed' : 'channel-failed' };
  }
}
