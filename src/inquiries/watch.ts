import type { Card, PrivateViewer } from '../cards/card.ts';
import { usageCard } from '../cards/usage-card.ts';
import { type WatchOutcome, watchChoiceCard, watchListCard, watchOutcomeCard } from '../cards/watch-card.ts';
import { wordsFor } from '../cards/words.ts';
import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { canBeWatched, type WatchCondition, watchConditionOf, watchStateOf } from '../domain/watch.ts';
import type { EsimDirectory } from '../usage/esim-directory.ts';
import type { UsageService } from '../usage/platform.ts';
import type { Watches } from '../usage/watches.ts';
import { cardsAnswer, viewerOf } from './each-esim.ts';
import { unlessStoreIsAway } from './find.ts';
import type { AskedInChannel, Asking, InquiryHandler } from './inquiry-router.ts';

/** What answering about watches needs. */
export interface WatchParts {
  readonly watches: Watches;
  /** For the last reading known: a condition that holds already is not watched for. */
  readonly usageService: Pick<UsageService, 'peek'>;
  readonly clock: Clock;
}

/** Behind the condition: tell the channel. Words of the command, the same in all languages. */
const CHANNEL_WORDS = ['channel', 'here'];

/** `watch ICCID` offers the choice, `watch ICCID 25` sets it for the asker, `watch ICCID 25 channel` for everybody there. */
export function createWatchHandler({ watches, usageService, clock }: WatchParts): InquiryHandler {
  return unlessStoreIsAway(
    clock,
    async ({ iccids, words }, asking) => {
      const viewer = viewerOf(asking, clock);
      const [iccid, ...leftOut] = iccids;
      const said = words.toLowerCase().trim().split(/\s+/u);
      const condition = said.map(watchConditionOf).find((one) => one !== undefined);
      if (iccid === undefined || condition === undefined) {
        const other = said.filter((word) => word !== '' && !CHANNEL_WORDS.includes(word)).join(' ');
        const asked = other === '' ? undefined : other;
        const card = watchChoiceCard(iccid, viewer, asking.channel !== undefined, asked);
        return { ...cardsAnswer([card], iccids.slice(0, 1)), leftOut };
      }
      const outcome = said.some((word) => CHANNEL_WORDS.includes(word))
        ? await setForChannel(iccid, condition, asking)
        : await setWatch(iccid, condition, asking);
      return { ...cardsAnswer([watchOutcomeCard(iccid, outcome, viewer)], [iccid]), leftOut };
    },
    outOfOrderCard,
  );

  /** Durable first, then said to the channel: whoever reads there knows why a message will come, and that it can. */
  async function setForChannel(
    iccid: Iccid,
    condition: WatchCondition,
    asking: Asking,
  ): Promise<WatchOutcome> {
    const { channel, asker, locale } = asking;
    if (!channel) return { kind: 'no-channel' };
    const outcome = await setWatch(iccid, condition, asking, channel);
    if (outcome.kind !== 'set') return outcome;
    const said = await channel.say(
      wordsFor(locale).watch.announced(channel.personId, maskIccid(iccid), condition),
    );
    if (said === 'said') return outcome;
    await watches.stop(outcome.id, asker);
    return { kind: said === 'closed' ? 'channel-closed' : 'channel-failed' };
  }

  /** Only from what is known: nothing is asked of Airalo to set a watch. */
  async function setWatch(
    iccid: Iccid,
    condition: WatchCondition,
    { address, requestId }: Asking,
    channel?: AskedInChannel,
  ): Promise<WatchOutcome> {
    const known = readingIn(await usageService.peek(iccid));
    if (known && !canBeWatched(condition, known)) return { kind: 'not-for-unlimited' };
    if (known && watchStateOf(condition, known, clock.now()) === 'met')
      return { kind: 'already-so', condition };
    const to = channel ? { address: channel.address, channelId: channel.id } : { address };
    const told = channel ? { channelId: channel.id } : {};
    const result = await watches.set({ iccid, condition, ...to, requestId });
    switch (result.kind) {
      case 'set':
        return { kind: 'set', condition, ...told, id: result.watch.id, endsAt: result.watch.endsAt };
      case 'known':
        return { kind: 'known', condition, ...told };
      case 'too-many':
        return result;
      default:
        return result satisfies never;
    }
  }
}

/** What listing them needs. */
export type WatchesParts = WatchParts & Pick<EsimDirectory, 'namesOf'>;

/** `watches` lists them; a Stop button says `stop <id>`. */
export function createWatchesHandler({ watches, clock, namesOf }: WatchesParts): InquiryHandler {
  return unlessStoreIsAway(
    clock,
    async ({ words }, asking) => {
      const [, id] = /^stop\s+(\S+)$/u.exec(words.trim()) ?? [];
      const stopped = id === undefined ? undefined : await watches.stop(id, asking.asker);
      const own = await watches.listOf(asking.asker);
      const names = await namesOf(own.map(({ iccid }) => iccid));
      const unreadable = await watches.unreadableOf(asking.asker);
      const card = watchListCard(own, viewerOf({ ...asking, names }, clock), stopped, unreadable);
      return { kind: 'cards', cards: [card], about: own.map(({ iccid }) => iccid) };
    },
    outOfOrderCard,
  );
}

/** The store is away, and with it every watch. */
function outOfOrderCard(viewer: PrivateViewer): Card {
  return usageCard({ kind: 'refused', refusal: { reason: 'store-unavailable' } }, viewer);
}

/** The last reading of an eSIM, however it is told; undefined where there is none. */
function readingIn(reply: Awaited<ReturnType<UsageService['peek']>>): UsageReading | undefined {
  if (reply === undefined) return undefined;
  if (reply.kind === 'fresh' || reply.kind === 'cached') return reply.reading;
  return reply.kind === 'deferred' ? reply.previous?.reading : undefined;
}
