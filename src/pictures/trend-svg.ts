import { type ScaleLinear, type ScaleTime, scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { createFigures } from '../cards/figures.ts';
import { MB_PER_GB } from '../domain/usage.ts';
import type { UsagePoint } from '../domain/usage-point.ts';
import { outlookEnd, type UsageTrend } from '../domain/usage-trend.ts';

/** Where instants and amounts lie in the picture, in pixels from the upper left. */
export interface TrendScales {
  readonly x: ScaleTime<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** A little more than a card's column is wide. */
export const TREND_SIZE = { width: 640, height: 288 } as const;
/** Blue for what was read, red and broken for what is foretold: told apart without their colours, too. */
export const TREND_COLOURS = {
  read: '#1d4e89',
  foretold: '#c1121f',
  grid: '#d9dee5',
  text: '#3b4252',
} as const;

const MARGIN = { top: 16, right: 20, bottom: 36, left: 80 } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The foretold part takes two thirds of the width at the most. */
const MAX_AHEAD = 2;
/** More of them hide the line. */
const MAX_DOTS = 60;
const FONT = 'font-family="DejaVu Sans" font-size="17"';

/** The scales of a picture; the time ends with what is foretold, the amounts begin at nothing. */
export function trendScales({ points, forecast }: UsageTrend): TrendScales {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const past = Math.max(last - first, DAY_MS);
  const ahead = Math.min((outlookEnd(forecast) ?? last) - last, MAX_AHEAD * past);
  const most = Math.max(1, ...points.map(({ remainingMb }) => remainingMb));
  return {
    x: scaleUtc([last - past, last + ahead * 1.04], [MARGIN.left, TREND_SIZE.width - MARGIN.right]),
    y: scaleLinear([0, most * 1.05], [TREND_SIZE.height - MARGIN.bottom, MARGIN.top]),
  };
}

/** The picture as SVG, numbers and days (of UTC) as `locale` writes them. Pure. At least one point. */
export function trendSvg(trend: UsageTrend, locale: string): string {
  const scales = trendScales(trend);
  const parts = [
    ...grid(scales, locale),
    ...end(scales, trend),
    ...read(scales, trend),
    ...foretold(scales, trend),
  ];
  const { width, height } = TREND_SIZE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${parts.join('\n')}
</svg>`;
}

/** Lines for the amounts, in GB from one GB on; days by their date, at midnight UTC. */
function grid({ x, y }: TrendScales, locale: string): string[] {
  const { data } = createFigures(locale);
  const unit = (y.domain()[1] ?? 0) >= MB_PER_GB ? MB_PER_GB : 1;
  const inUnits = scaleLinear(
    y.domain().map((mb) => mb / unit),
    y.range(),
  );
  const right = TREND_SIZE.width - MARGIN.right;
  const amounts = inUnits.ticks(4).map((tick) => {
    const mb = tick * unit;
    const at = round(y(mb));
    const text = data({ remaining: mb, total: mb }).remaining;
    return `<path d="M${MARGIN.left},${at}H${right}" stroke="${TREND_COLOURS.grid}" stroke-width="2"/>
<text x="${MARGIN.left - 12}" y="${at + 7}" text-anchor="end" fill="${TREND_COLOURS.text}" ${FONT}>${escaped(text)}</text>`;
  });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
  const days = x
    .ticks(6)
    .filter((tick) => tick.getTime() % DAY_MS === 0)
    .map((tick) => {
      const text = escaped(day.format(tick));
      return `<text x="${round(x(tick))}" y="${TREND_SIZE.height - 14}" text-anchor="middle" fill="${TREND_COLOURS.text}" ${FONT}>${text}</text>`;
    });
  return [...amounts, ...days];
}

/** The end of the plan as an upright line, where it lies in the picture. */
function end({ x, y }: TrendScales, { expiresAt }: UsageTrend): string[] {
  const [from, to] = x.domain();
  if (expiresAt === undefined || !from || !to || expiresAt < from.getTime() || expiresAt > to.getTime())
    return [];
  const [bottom, top] = y.range();
  return [
    `<path d="M${round(x(expiresAt))},${bottom}V${top}" stroke="${TREND_COLOURS.text}" stroke-width="2" stroke-dasharray="2 6"/>`,
  ];
}

/** What was read, as a line over a pale area, a dot for each reading while there are few. */
function read({ x, y }: TrendScales, { points }: UsageTrend): string[] {
  const under = area<UsagePoint>(
    (point) => round(x(point.at)),
    y(0),
    (point) => round(y(point.remainingMb)),
  );
  const along = line<UsagePoint>(
    (point) => round(x(point.at)),
    (point) => round(y(point.remainingMb)),
  );
  const dots = (points.length > MAX_DOTS ? [] : points).map(
    (point) =>
      `<circle cx="${round(x(point.at))}" cy="${round(y(point.remainingMb))}" r="4" fill="${TREND_COLOURS.read}"/>`,
  );
  return [
    `<path d="${under([...points]) ?? ''}" fill="${TREND_COLOURS.read}" fill-opacity="0.12"/>`,
    `<path d="${along([...points]) ?? ''}" fill="none" stroke="${TREND_COLOURS.read}" stroke-width="4" stroke-linejoin="round"/>`,
    ...dots,
  ];
}

/** From the last reading on at the pace of the forecast, as far as the picture goes. */
function foretold({ x, y }: TrendScales, { points, forecast }: UsageTrend): string[] {
  const last = points.at(-1);
  const until = outlookEnd(forecast);
  if (!last || until === undefined || forecast.kind === 'none') return [];
  const stop = Math.min(until, x.domain()[1]?.getTime() ?? until);
  const left = Math.max(0, last.remainingMb - (forecast.perDayMb * (stop - last.at)) / DAY_MS);
  const along = line()([
    [round(x(last.at)), round(y(last.remainingMb))],
    [round(x(stop)), round(y(left))],
  ]);
  return [
    `<path d="${along ?? ''}" fill="none" stroke="${TREND_COLOURS.foretold}" stroke-width="4" stroke-dasharray="12 8"/>`,
  ];
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Figures and dates are of `Intl`, whose letters are nobody's promise. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
