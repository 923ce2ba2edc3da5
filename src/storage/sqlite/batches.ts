import DataLoader from 'dataloader';

/** So that one statement's parameters stay small. */
const MOST_TOGETHER = 500;

/**
 * What databases call group commit: items that come while a batch is under way wait for the next one, and share its statement, its turn
 * on the connection and its wait for the disk. A single item is not kept waiting. `work` returns one result for each item, in their
 * order; when it throws, all of its items fail.
 */
export function inBatches<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let underWay: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Item, Result>(
    (items) => {
      const batch = work(items);
      underWay = batch.catch(() => undefined);
      return batch;
    },
    {
      cache: false,
      maxBatchSize: MOST_TOGETHER,
      batchScheduleFn: (dispatch) => void underWay.then(dispatch),
    },
  );
  return (item) => loader.load(item);
}

/** Items as the one parameter of a statement, which reads them by `json_each`. */
export function asRows(items: readonly Readonly<Record<string, string | number | null>>[]): string {
  return JSON.stringify(items);
}
