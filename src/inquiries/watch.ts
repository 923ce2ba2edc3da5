import type { Viewer } from '../cards/card.ts';
import { MOST_LISTED_WATCHES } from '../cards/limits.ts';
import { type WatchOutcome, watchChoiceCard, watchListCard, watchOutcomeCard } from '../cards/watch-card.ts';
import type { Clock } from '../clock.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { canBeWatched, type WatchCondition, watchConditionOf, watchStateOf } from '../domain/watch.ts';
import type { UsageDesk } from '../usage/platform.ts';
import type { Watches } from '../usage/watches.ts';
import type { Answerer, Asking, InquiryAnswer } from './inquiry-desk.ts';

/** What answering about watches needs. */
export interface WatchParts {
  readonly watches: Watches;
  readonly desk: Pick<UsageDesk, 'peek'>;
  readonly clock: Clock;
}

/** `watch ICCID` offers the choice, `watch ICCID 25` sets it. */
export function createWatchAnswerer({ watches, desk, clock }: WatchParts): Answerer {
  return async ({ iccids, words }, asking) => {
    const viewer = viewerOf(asking, clock);
    const [iccid] = iccids;
    const condition = watchConditionOf(words.trim().split(/\s+/u)[0] ?? '');
    if (iccid === undefined || condition === undefined) return cards(iccid, [watchChoiceCard(iccid, viewer)]);
    return cards(iccid, [watchOutcomeCard(iccid, await setWatch(iccid, condition, asking), viewer)]);
  };

  async function setWatch(iccid: Iccid, condition: WatchCondition, asking: Asking): Promise<WatchOutcome> {
    const known = readingIn(await desk.peek(iccid));
    if (known && !canBeWatched(condition, known)) return { kind: 'not-for-unlimited' };
    if (known && watchStateOf(condition, known, clock.now()) === 'met')
      return { kind: 'already-so', condition };
    const { address, requestId } = asking;
    const result = await watches.set({ iccid, condition, address, requestId });
    switch (result.kind) {
      case 'set':
        return { kind: 'set', condition, endsAt: result.watch.endsAt };
      case 'known':
        return { kind: 'known', condition };
      case 'too-many':
        return result;
      default:
        return result satisfies never;
    }
  }
}

/** `watches` lists them; a Stop button says `stop <id>`. */
export function createWatchesAnswerer({ watches, clock }: WatchParts): Answerer {
  return async ({ words }, asking) => {
    const [, id] = /^stop\s+(\S+)$/u.exec(words.trim()) ?? [];
    const stopped = id === undefined ? undefined : await watches.stop(id, asking.asker);
    const own = (await watches.listOf(asking.asker)).slice(0, MOST_LISTED_WATCHES);
    const card = watchListCard(own, viewerOf(asking, clock), stopped);
    return { kind: 'cards', cards: [card], about: own.map(({ iccid }) => iccid) };
  };
}

function viewerOf({ locale }: Asking, clock: Clock): Viewer {
  return { audience: 'private', locale, now: clock.now() };
}

function cards(
  iccid: Iccid | undefined,
  shown: Extract<InquiryAnswer, { kind: 'cards' }>['cards'],
): InquiryAnswer {
  return { kind: 'cards', cards: shown, about: iccid === undefined ? [] : [iccid] };
}

function readingIn(reply: Awaited<ReturnType<UsageDesk['peek']>>): UsageReading | undefined {
  if (reply === undefined) return undefined;
  if (reply.kind === 'fresh' || reply.kind === 'cached') return reply.reading;
  return reply.kind === 'deferred' ? reply.previous?.reading : undefined;
}
