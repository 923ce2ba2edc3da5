import { LRUCache } from 'lru-cache';
import { expect, it } from 'vitest';
import { roomFor } from '../src/room-for.ts';

it('a cache with room for so many keeps those used last, and takes no memory before they come', () => {
  const cache = new LRUCache<string, number>(roomFor(3));
  for (const [at, key] of ['a', 'b', 'c'].entries()) cache.set(key, at);
  cache.get('a');
  cache.set('c', 3);
  cache.set('d', 4);
  expect([...cache.entries()]).toEqual([
    ['d', 4],
    ['c', 3],
    ['a', 0],
  ]);
  // Its `max` lays the arrays out.
  expect(cache.max).toBe(0);
});
