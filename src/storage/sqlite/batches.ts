import { wholeNumber } from './database.ts';

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
