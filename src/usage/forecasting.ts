import { LRUCache } from 'lru-cache';
import { type Clock, endsWithin } from '../clock.ts';
import { type Forecast, forecastUsage, type TellingForecast } from '../domain/forecast.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import { pointOf } from '../domain/usage-point.ts';
import type { UsageTrend } from '../domain/usage-trend.ts';
import type { Log } from '../log.ts';
import { roomFor } from '../room-for.ts';
import type { ReadingHistory } from '../storage/ports.ts';
import type { Reply } from './reply.ts';

/** What foretelling needs. */
export interface ForecastingParts {
  readonly history: Pick<ReadingHistory, 'since'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reckons with the readings that were kept. No answer waits for it or fails with it. */
export interface Forecasting {
  /** The reply with its forecast, where it has a reading and the readings before it carry one. */
  addTo(reply: Reply): Promise<Reply>;
  /** The whole way of a month, for a picture. Throws `StoreError` when it cannot be read. */
  trendOf(iccid: Iccid, reading: UsageReading, asOf: number): Promise<UsageTrend>;
}

const HISTORY_MS = 30 * 24 * 60 * 60 * 1000;
/** A week of hours, with room: what a forecast reckons with. */
const POINTS_FOR_FORECAST = 200;
const POINTS_FOR_PICTURE = 800;
/** One indexed read takes a millisecond; a card is not held up for a store that takes much longer. */
const PATIENCE_MS = 150;
const MAX_REMEMBERED = 1_000;

/** Of a reading; a promise while its history is being read, of undefined where that fails. */
interface Known {
  readonly asOf: number;
  forecast: Forecast | Promise<Forecast | undefined>;
}

/** See `Forecasting`. */
export function createForecasting({ history, clock, log }: ForecastingParts): Forecasting {
  /** Asked for with every card of the same reading, and always the same. */
  const known = new LRUCache<Iccid, Known>(roomFor(MAX_REMEMBERED));

  async function addTo(reply: Reply): Promise<Reply> {
    const seen = seenOf(reply);
    if (reply.kind === 'refused' || reply.kind === 'watched' || !seen) return reply;
    const forecast = await tellingOf(reply.iccid, seen.reading, seen.asOf);
    return forecast ? { ...reply, forecast } : reply;
  }

  async function tellingOf(
    iccid: Iccid,
    reading: UsageReading,
    asOf: number,
  ): Promise<TellingForecast | undefined> {
    const before = known.get(iccid);
    const { forecast } = before?.asOf === asOf ? before : foretell(iccid, reading, asOf);
    // Most cards are of a reading that was reckoned with before.
    if (!(forecast instanceof Promise)) return telling(forecast);
    const inTime = (await endsWithin(clock, forecast, PATIENCE_MS)) && (await forecast);
    return inTime ? telling(inTime) : undefined;
  }

  /** Those who ask about the same reading meanwhile wait for the same. */
  function foretell(iccid: Iccid, reading: UsageReading, asOf: number): Known {
    const reckoning = reckon(iccid, reading, asOf);
    const entry: Known = { asOf, forecast: reckoning };
    known.set(iccid, entry);
    void reckoning.then((forecast) => {
      if (forecast) entry.forecast = forecast;
      else if (known.get(iccid) === entry) known.delete(iccid);
    });
    return entry;
  }

  async function reckon(iccid: Iccid, reading: UsageReading, asOf: number): Promise<Forecast | undefined> {
    try {
      return forecastUsage(reading, asOf, await history.since(iccid, asOf - HISTORY_MS, POINTS_FOR_FORECAST));
    } catch (error) {
      log.debug({ err: error }, 'The history of readings cannot be read: no forecast');
      return undefined;
    }
  }

  return {
    addTo,
    async trendOf(iccid, reading, asOf) {
      const kept = await history.since(iccid, asOf - HISTORY_MS, POINTS_FOR_PICTURE);
      const before = kept.filter(({ at }) => at < asOf);
      const forecast = forecastUsage(reading, asOf, before);
      const { expiresAt } = reading;
      const now = pointOf(reading, asOf);
      const points = now ? [...before, now] : before;
      return { points, forecast, ...(expiresAt === undefined ? {} : { expiresAt }) };
    },
  };
}

/** The reading a reply shows, of whatever age; undefined where it shows none. */
export function seenOf(reply: Reply): { readonly reading: UsageReading; readonly asOf: number } | undefined {
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
      return reply;
    case 'deferred':
      return reply.previous;
    case 'watched':
    case 'refused':
      return undefined;
    default:
      return reply satisfies never;
  }
}

function telling(forecast: Forecast): TellingForecast | undefined {
  return forecast.kind === 'none' ? undefined : forecast;
}
