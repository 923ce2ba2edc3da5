import { setTimeout as pause } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { Turns } from './turns.ts';

/** So that one statement's parameters stay small. */
const MOST_TOGETHER = 500;

/**
 * What databases call group commit: items that come while a batch is under way wait for the next one, and share its statement, its turn
 * on the connection and its wait for the disk. A single item is not kept waiting. `work` returns one result for each item, in their
 * order; when it throws, all of its items fail. `gatherMs`: where the batch before had company, the next one waits so long for its own, for
 * what nobody waits for. `most`: of one statement, where an item's result is large. Work on one connection shares its `turns`, and must not ask for one itself.
 */
export function inBatches<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  turns = new Turns(),
  { gatherMs = 0, most = MOST_TOGETHER } = {},
): (item: Item) => Promise<Result> {
  let batch: Promise<unknown> = Promise.resolve();
  let busy = false;
  const loader = new DataLoader<Item, Result>(
    (items) => {
      const results = work(items);
      busy = items.length > 1;
      batch = results;
      return results;
    },
    {
      cache: false,
      maxBatchSize: most,
      async batchScheduleFn(dispatch) {
        if (busy && gatherMs > 0) await pause(gatherMs);
        turns.take(() => {
          dispatch();
          return batch;
        });
      },
    },
  );
  return (item) => loader.load(item);
}
