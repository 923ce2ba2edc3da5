import type { UsageTrend } from '../domain/usage-trend.ts';
import { pngOf } from './png.ts';
import { trendSvg } from './trend-svg.ts';

/** The picture of a trend as PNG. Rejects when the renderer cannot be loaded. */
export async function drawTrend(trend: UsageTrend, locale: string): Promise<Uint8Array> {
  return pngOf(trendSvg(trend, locale));
}
