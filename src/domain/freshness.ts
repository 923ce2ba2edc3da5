/** When a reading was taken by us, and when Airalo may be asked again. Epoch ms. */
export interface Freshness {
  readonly asOf: number;
  readonly refreshableAt: number;
}

/** Airalo's server repeats its own answer for up to this long, so a figure may be older than our reading of it. */
export const UPSTREAM_CACHE_MS = 20 * 60 * 1000;

/** How old the figure is; never below nothing, whatever the clocks say. */
export function ageMs(freshness: Freshness, now: number): number {
  return Math.max(0, now - freshness.asOf);
}

/** Whether Airalo may be asked for this eSIM now. */
export function isRefreshable(freshness: Freshness, now: number): boolean {
  return freshness.refreshableAt <= now;
}
