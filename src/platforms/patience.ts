import type { Clock } from '../clock.ts';

/** Whether `work` has ended, well or badly, within `waitMs`. Leaves nothing waiting behind. */
export async function endsWithin(clock: Clock, work: Promise<unknown>, waitMs: number): Promise<boolean> {
  const waited = new AbortController();
  const ended = work.then(
    () => true,
    () => true,
  );
  const late = clock.sleep(waitMs, waited.signal).then(
    () => false,
    () => false,
  );
  const result = await Promise.race([ended, late]);
  waited.abort();
  return result;
}
