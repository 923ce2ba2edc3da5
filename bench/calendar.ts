/**
 * The calendar of this process, which can be turned ahead: `Date.now` is moved, timers are not touched. Every process of a run
 * loads this first, so that minutes of Airalo's windows pass at once while every waiting that is measured is real.
 */
const realNow = Date.now.bind(Date);
/** A contender's process is born into what the bench's calendar shows. */
let ahead = Number(process.env.BENCH_AHEAD_MS ?? 0);
Date.now = () => realNow() + ahead;

export function turnAhead(ms: number): void {
  ahead += ms;
}

/** Back to the machine's own time: what follows starts processes that know no other. */
export function turnBack(): void {
  ahead = 0;
}

/** By how much it has been turned so far. */
export function aheadMs(): number {
  return ahead;
}
