import type { Mark } from '../../marks.ts';
import { SETTLED_FROM_DAY, type SoakDay, type SoakFigures } from '../soak.ts';
import type { DayOfProcess, Span } from './summary.ts';

/** Of the mean heap, over all days from the second on: more is called growth. V8 compiles for days. */
const MAX_GROWTH_PERCENT = 5;
/** The same without compiled code: what a leak would be in. */
const MAX_OBJECT_GROWTH_PERCENT = 3;

/** One table for each engine, a row for each simulated day. */
export function soakTables(figures: readonly SoakFigures[]): Record<string, string>[][] {
  return figures.map(({ engine, days }) =>
    days.map((day) => ({
      [`day (${engine})`]: String(day.day),
      lookups: String(day.lookups),
      'promised: kept/lost/doubled': `${day.promised}: ${day.kept}/${day.lost}/${day.doubled}`,
      'calls / least': `${day.calls} / ${day.calls - day.needless}`,
      '429 (avoidable)': `${day.refused} (${day.avoidable})`,
      'heap MB, mean (most)': `${day.heapMb.mean.toFixed(1)} (${day.heapMb.most.toFixed(1)})`,
      'of that compiled code': day.codeMb.mean.toFixed(1),
      'RSS MB, mean (most)': `${day.rssMb.mean.toFixed(0)} (${day.rssMb.most.toFixed(0)})`,
      'file descriptors': range(day.fds),
      handles: range(day.handles),
      'timers by the clock': range(day.waiting),
      'pending jobs': String(day.pending),
      'store: rows or keys, MB': `${day.entries}, ${day.mb.toFixed(1)}`,
    })),
  );
}

/** What a week must not change, for each engine. */
export function soakMarks(figures: readonly SoakFigures[]): Mark[] {
  return figures.flatMap(({ engine, days, heapGrowth, objectGrowth, violations }) => {
    const sum = (of: (day: SoakDay) => number) => days.reduce((total, day) => total + of(day), 0);
    const calls = sum((day) => day.calls);
    const mark = (what: string, limit: number, measured: number) => ({
      mark: `a week on ${engine}: ${what}`,
      most: limit,
      measured,
    });
    return [
      mark(`heap growth in %, from day ${SETTLED_FROM_DAY} on`, MAX_GROWTH_PERCENT, heapGrowth.percent),
      mark('the same without compiled code', MAX_OBJECT_GROWTH_PERCENT, objectGrowth.percent),
      mark(
        'file descriptors, more than on day 2',
        0,
        growthOf(days, ({ fds }) => fds),
      ),
      mark(
        'handles, more than on day 2',
        0,
        growthOf(days, ({ handles }) => handles),
      ),
      mark(
        'timers by the clock, more than on day 2',
        0,
        growthOf(days, ({ waiting }) => waiting),
      ),
      mark(
        'promised answers lost',
        0,
        sum(({ lost }) => lost),
      ),
      mark(
        'answers doubled',
        0,
        sum(({ doubled }) => doubled),
      ),
      mark(
        'questions without an answer',
        0,
        sum(({ unanswered }) => unanswered),
      ),
      mark('calls over the least', 1, calls / (calls - sum(({ needless }) => needless))),
      mark(
        'avoidable 429',
        0,
        sum(({ avoidable }) => avoidable),
      ),
      mark('messages that break a limit of Discord', 0, violations),
    ];
  });
}

/** By the least of a day: sockets that are kept open for the next call come and go, and what leaks never goes. */
function growthOf(days: readonly SoakDay[], of: (day: DayOfProcess) => Span): number {
  const [settled, last] = [days.find(({ day }) => day === SETTLED_FROM_DAY), days.at(-1)];
  return settled && last ? of(last).least - of(settled).least : Number.NaN;
}

function range({ least, most }: Span): string {
  return `${least}–${most}`;
}
