import type { Forecast } from './forecast.ts';
import type { UsagePoint } from './usage-point.ts';

/** The way of an eSIM's data up to a reading, and from it. Instants are epoch ms. */
export interface UsageTrend {
  /** Oldest first; the last is the reading itself. */
  readonly points: readonly UsagePoint[];
  readonly forecast: Forecast;
  /** End of the plan. */
  readonly expiresAt?: number;
}

/** When the forecast ends: the data or the plan, whichever is first; undefined without one. */
export function outlookEnd(forecast: Forecast): number | undefined {
  if (forecast.kind === 'none') return undefined;
  return forecast.kind === 'runs-out' ? forecast.at : forecast.until;
}
