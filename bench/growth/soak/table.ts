import type { Mark } from '../../marks.ts';
import { SETTLED_FROM_DAY, type SoakDay, type SoakFigures } from '../soak.ts';
import { type DayOfProcess, leastsOf, type Span } from './summary.ts';

/** Of the heap without compiled code, of which V8 makes more for weeks. Less in a week than that is what the store holds for later. */
const MAX_HEAP_RISE_PERCENT = 1;
/** Of the mean heap without compiled code, over all days from the second on: what a leak would be in. */
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

/** What the days must not change, for each engine. */
export function soakMarks(figures: readonly SoakFigures[]): Mark[] {
  return figures.flatMap(({ engine, days, objectGrowth, violations }) => {
    const sum = (of: (day: SoakDay) => number) => days.reduce((total, day) => total + of(day), 0);
    const leasts = (of: (day: DayOfProcess) => Span) => leastsOf(days.map(of));
    const [heap, fds, handles] = [
      leasts(({ objectMb }) => objectMb),
      leasts(({ fds }) => fds),
      leasts(({ handles }) => handles),
    ];
    const calls = sum((day) => day.calls);
    const mark = (what: string, most: number, measured: number): Mark => ({
      mark: `${days.length} days on ${engine}: ${what}`,
      most,
      measured,
    });
    const rise = (what: string, most: number, measured: number): Mark => ({
      ...mark(`${what}, leasts of the last third of the days over the third before`, most, measured),
      cost: 'soak',
    });
    return [
      rise('heap without compiled code in %', MAX_HEAP_RISE_PERCENT, (heap.last / heap.before - 1) * 100),
      rise('file descriptors', 0, fds.last - fds.before),
      rise('handles', 0, handles.last - handles.before),
      mark(
        `heap growth in %, from day ${SETTLED_FROM_DAY} on, without compiled code`,
        MAX_OBJECT_GROWTH_PERCENT,
        objectGrowth.percent,
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

/** The warnings and errors of the bot's own log, which the outages and new connections of the plan cause: nothing else should stand there. */
export function soakLogTable(figures: readonly SoakFigures[]): Record<string, string>[] {
  return figures.flatMap(({ engine, logged }) =>
    Object.entries(logged).map(([line, times]) => ({ 'logged on': engine, line, times: String(times) })),
  );
}

function range({ least, most }: Span): string {
  return `${least}–${most}`;
}
