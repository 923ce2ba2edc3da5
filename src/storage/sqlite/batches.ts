import DataLoader from 'dataloader';
import { wholeNumber } from './database.ts';
import { Turns } from './turns.ts';

/** So that one statement's parameters stay small. */
const MAX_TOGETHER = 500;

/**
 * What databases call group commit: items that come while a batch is under way wait for the next one, and share its statement, its turn
 * on the connection and its wait for the disk. A single item is not kept waiting. `work` returns one result for each item, in their
 * order; when it throws, all of its items fail. Work on one connection shares its `turns`, and must not ask for one itself.
 */
export function inBatches<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  turns = new Turns(),
): (item: Item) => Promise<Result> {
  let batch: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<Item, Result>(
    (items) => {
      const results = work(items);
      batch = results;
      return results;
    },
    {
      cache: false,
      maxBatchSize: MAX_TOGETHER,
      batchScheduleFn: (dispatch) =>
        turns.take(() => {
          dispatch();
          return batch;
        }),
    },
  );
  return (item) => loader.load(item);
}

/** Items as the one parameter of a statement, which reads them by `json_each`; numbers whole, as in every other parameter. */
export function asRows(items: readonly Readonly<Record<string, string | number | null>>[]): string {
  return JSON.stringify(items, (_, value) => (typeof value === 'number' ? wholeNumber(value) : value));
}

/**
 * For a batch in which one item of each key can win: only the first of a key is tried, as if they had come apart. `attempt` gets these and
 * says which keys have won; the result is one answer for each item, in their order.
 */
export async function firstWins<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  attempt: (firsts: readonly Item[]) => Promise<readonly string[]>,
): Promise<boolean[]> {
  const first = new Map(items.map((item, index) => [keyOf(item), index] as const).toReversed());
  const isFirst = (item: Item, index: number) => first.get(keyOf(item)) === index;
  const won = new Set(await attempt(items.filter(isFirst)));
  return items.map((item, index) => isFirst(item, index) && won.has(keyOf(item)));
}
