import type { Card } from '../cards/card.ts';
import { FEWEST_FOR_PICTURE, trendCard } from '../cards/trend-card.ts';
import { usageCard } from '../cards/usage-card.ts';
import { wordsFor } from '../cards/words.ts';
import type { Clock } from '../clock.ts';
import { type Iccid, maskIccid, takeFirst } from '../domain/iccid.ts';
import type { UsageTrend } from '../domain/usage-trend.ts';
import type { Log } from '../log.ts';
import { type Forecasting, seenOf } from '../usage/forecasting.ts';
import type { UsageService } from '../usage/platform.ts';
import { viewerOf } from './each-esim.ts';
import type { Asking, InquiryHandler } from './inquiry-router.ts';

/** What telling a trend needs. */
export interface TrendParts {
  readonly usageService: Pick<UsageService, 'lookup'>;
  readonly forecasting: Pick<Forecasting, 'trendOf'>;
  /** PNG. */
  readonly draw: (trend: UsageTrend, locale: string) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Of one question; each has a picture of its own. */
const MAX_TRENDS = 3;

/** The way of an eSIM's data: read as for any lookup, then told from the readings kept, with a picture. */
export function createTrendHandler({
  usageService,
  forecasting,
  draw,
  clock,
  log,
}: TrendParts): InquiryHandler {
  async function trendOf(iccid: Iccid, asking: Asking): Promise<Card> {
    const { asker, requestId, place, locale } = asking;
    const viewer = viewerOf(asking, clock);
    // Without an address nothing is promised: what can be had now is enough for a trend.
    const reply = await usageService.lookup({ iccid, asker, requestId, place });
    const seen = seenOf(reply);
    if (!seen) return usageCard(reply, viewer);
    const { reading, asOf } = seen;
    const trend = await trendOrNone(iccid, seen, requestId);
    const png = await pictureOf(trend, locale, iccid, requestId);
    return trendCard({ iccid, reading, asOf, trend, ...(png ? { png } : {}) }, viewer);
  }

  /** A history that cannot be read is as good as none. */
  async function trendOrNone(
    iccid: Iccid,
    { reading, asOf }: NonNullable<ReturnType<typeof seenOf>>,
    requestId: string,
  ): Promise<UsageTrend> {
    try {
      return await forecasting.trendOf(iccid, reading, asOf);
    } catch (error) {
      log.warn({ err: error, requestId, iccid: maskIccid(iccid) }, 'The history of readings cannot be read');
      return { points: [], forecast: { kind: 'none', because: 'too-few-readings' } };
    }
  }

  /**
   * Undefined where there are too few points, or no picture can be drawn: the card tells the trend
   * in words.
   */
  async function pictureOf(
    trend: UsageTrend,
    locale: string,
    iccid: Iccid,
    requestId: string,
  ): Promise<Uint8Array | undefined> {
    if (trend.points.length < FEWEST_FOR_PICTURE) return undefined;
    try {
      // The language of the words: the one asked for may be none that numbers can be written in.
      return await draw(trend, wordsFor(locale).locale);
    } catch (error) {
      log.warn({ err: error, requestId, iccid: maskIccid(iccid) }, 'A trend could not be drawn');
      return undefined;
    }
  }

  return async ({ iccids }, asking) => {
    if (iccids.length === 0) return { kind: 'lookup', iccids };
    const { asked, leftOut } = takeFirst(iccids, MAX_TRENDS);
    const cards = await Promise.all(asked.map((iccid) => trendOf(iccid, asking)));
    return { kind: 'cards', cards, about: asked, leftOut };
  };
}
