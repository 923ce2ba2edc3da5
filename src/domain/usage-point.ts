import { hasFigures, type UsageReading } from './usage.ts';

/** What is kept of a reading to reckon with later. Plain JSON; the instant is epoch ms. */
export interface UsagePoint {
  readonly at: number;
  /** Whole megabytes: a trend of days needs no more. */
  readonly remainingMb: number;
  readonly totalMb: number;
  /** Airalo's word, known or not. */
  readonly status: string;
}

/** The point of a reading taken at `at`; undefined where the data have no numbers, or numbers that mean nothing. */
export function pointOf(reading: UsageReading, at: number): UsagePoint | undefined {
  const { data, status } = reading;
  if (data.kind !== 'megabytes' || !hasFigures(reading)) return undefined;
  return {
    at,
    remainingMb: Math.round(data.remaining),
    totalMb: Math.round(data.total),
    status: status.name,
  };
}
