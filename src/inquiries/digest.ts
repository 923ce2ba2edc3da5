import {
  type DigestOutcome,
  digestListCard,
  digestOutcomeCard,
  digestPreviewCard,
} from '../cards/digest-card.ts';
import { wordsFor } from '../cards/words.ts';
import type { Clock } from '../clock.ts';
import { type DigestSchedule, type NamedChannel, readDigestWish } from '../domain/digest-schedule.ts';
import type { DigestSource } from '../usage/digest-source.ts';
import type { Digests } from '../usage/digests.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { AskedInChannel, Asking, InquiryHandler } from './inquiry-router.ts';

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
 * `digest weekdays 9:00` sets one for the channel it is typed in, or in a direct message for the asker, `digest #support weekdays 9:00` for
 * another channel; `digest` lists, `digest off` ends that of this place, `digest off 2` the second, `digest now` shows what it would say.
 * Whoever may look up may set one: a channel is told who did.
 */
export function createDigestHandler({ digests, source, namesOf, clock }: DigestParts): InquiryHandler {
  return unlessStoreIsAway(clock, async ({ words, iccids }, asking) => {
    if (iccids.length > 0) return { kind: 'lookup', iccids };
    const viewer = viewerOf(asking, clock);
    const outcome = (of: DigestOutcome) => cardsAnswer([digestOutcomeCard(of, viewer)]);
    const wish = readDigestWish(words, asking.timeZone ?? DEFAULT_ZONE);
    switch (wish.kind) {
      case 'list':
        return list();
      case 'off': {
        if (wish.which === undefined)
          return outcome({ kind: 'off', stopped: await digests.stop(asking.asker, asking.channel?.id) });
        // Which one was meant shows in the list.
        return (await endOne(wish.which, asking)) ? outcome({ kind: 'off', stopped: true }) : list();
      }
      case 'preview': {
        const found = await source.rowsOf(await source.candidatesOf(asking.asker));
        const about = found.rows.map(({ iccid }) => iccid);
        const names = await namesOf(about);
        return cardsAnswer([digestPreviewCard(found, viewerOf({ ...asking, names }, clock))], about);
      }
      case 'unreadable':
        return outcome(wish);
      case 'set': {
        const { channel: named, schedule } = wish;
        if (!named || (named.kind === 'id' && named.id === asking.channel?.id))
          return outcome(await set(schedule, asking, asking.channel));
        return outcome(await setElsewhere(schedule, asking, named));
      }
      default:
        return wish satisfies never;
    }

    async function list() {
      const [own, sealed] = await Promise.all([
        digests.listOf(asking.asker),
        digests.unreadableOf(asking.asker),
      ]);
      return cardsAnswer([digestListCard(own, sealed, viewer)]);
    }
  });

  async function endOne(
    which: number | NamedChannel,
    { asker, channelNamed, requestId }: Asking,
  ): Promise<boolean> {
    if (typeof which === 'number') return digests.stopAt(asker, which, requestId);
    const id = which.kind === 'id' ? which.id : (await channelNamed?.(which))?.id;
    return id !== undefined && digests.stop(asker, id);
  }

  /** Only where the asker is known to be as well: whoever types in a channel is known to read there. */
  async function setElsewhere(
    schedule: DigestSchedule,
    asking: Asking,
    named: NamedChannel,
  ): Promise<DigestOutcome> {
    const channel = await asking.channelNamed?.(named);
    if (!channel) return { kind: 'elsewhere', channel: named };
    const done = await set(schedule, asking, channel);
    if (done.kind === 'set' && channel.id !== asking.channel?.id) return { ...done, elsewhere: channel.id };
    const unsaid = done.kind === 'channel-closed' || done.kind === 'channel-failed';
    return unsaid ? { kind: 'elsewhere', channel: named } : done;
  }

  /** Durable first, then said to the channel; where that is not possible it is taken back. */
  async function set(
    schedule: DigestSchedule,
    { address, asker, locale, requestId }: Asking,
    channel: AskedInChannel | undefined,
  ): Promise<DigestOutcome> {
    const to = channel ? { address: channel.address, channelId: channel.id } : { address };
    const result = await digests.set({ schedule, ...to, person: address, requestId });
    if (result.kind === 'too-many') return result;
    const { id, nextAt } = result.digest;
    const words = wordsFor(locale).digest;
    const said = channel ? await channel.say(words.announced(channel.personId, schedule)) : 'said';
    if (said === 'said') {
      await digests.takePlace(asker, id);
      return { kind: 'set', schedule, nextAt };
    }
    // What was set for it before goes on.
    await digests.stopOne(asker, id);
    return { kind: said === 'closed' ? 'channel-closed' : 'channel-failed' };
  }
}
