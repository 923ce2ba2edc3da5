import type { UsageTrend } from '../domain/usage-trend.ts';
import { pngOf } from './png.ts';
import { trendSvg } from './trend-svg.ts';

/**
 * The picture of a trend as PNG. Rejects when the renderer cannot be loaded. `locale` (BCP 47) must
 * be one that `Intl` writes numbers in; at least one point.
 */
export async function drawTrend(trend: UsageTrend, locale: string): Promise<Uint8Array> {
  return pngOf(trendSvg(trend, locale));
}
