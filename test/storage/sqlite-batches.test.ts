import { describe, expect, test } from 'vitest';
import { inBatches } from '../../src/storage/in-batches.ts';

/** Work that ends when the test says so. */
function heldWork() {
  const batches: { readonly items: readonly number[]; end(): void; fail(error: Error): void }[] = [];
  const add = inBatches(
    (items: readonly number[]) =>
      new Promise<number[]>((resolve, reject) => {
        batches.push({ items, end: () => resolve(items.map((item) => item * 10)), fail: reject });
      }),
  );
  return { batches, add };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('batches', () => {
  test('a single item does not wait for company', async () => {
    const { batches, add } = heldWork();
    const first = add(1);
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0]?.end();
    expect(await first).toBe(10);
  });

  test('what comes while one is under way goes together into the next, each with its own result', async () => {
    const { batches, add } = heldWork();
    const first = add(1);
    await turn();
    const later = [add(2), add(3)];
    await turn();
    later.push(add(3));
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]?.end();
    await first;
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 3]]);
    batches[1]?.end();
    expect(await Promise.all(later)).toEqual([20, 30, 30]);
  });

  test('a failure is that of its batch alone', async () => {
    const { batches, add } = heldWork();
    const first = add(1);
    await turn();
    const second = add(2);
    batches[0]?.fail(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    await turn();
    batches[1]?.end();
    expect(await second).toBe(20);
  });
});
