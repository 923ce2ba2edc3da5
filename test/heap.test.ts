import { expect, it } from 'vitest';
import { growthFor } from '../src/heap.ts';

it.each([
  ['is small', 25, 100],
  ['comes near what a process may have anyway', 40, 60],
  ['is large', 50, 40],
  ['is huge', 500, 40],
])('a heap that %s may grow from %i MB by %i percent', (_what, usedMb, percent) => {
  expect(growthFor(usedMb)).toBe(percent);
});
