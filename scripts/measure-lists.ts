import fc from 'fast-check';
import { readCsv } from '../src/bulk/csv-rows.ts';
import { anyShape, fileOf } from '../test/bulk/csv-shapes.ts';

/**
 * Reads random files of 256 KB and prints the longest time that anything else had to wait: `npx tsx scripts/measure-lists.ts [count]`.
 * Not a test: what it prints depends on the machine.
 */
const count = Number(process.argv[2] ?? 1_000);
const waits: number[] = [];
const wholes: number[] = [];
for (const shape of fc.sample(anyShape, count)) {
  const bytes = fileOf(shape);
  let last = performance.now();
  let longest = 0;
  const startedAt = last;
  await readCsv(bytes, async () => {
    longest = Math.max(longest, performance.now() - last);
    await new Promise(setImmediate);
    last = performance.now();
  });
  longest = Math.max(longest, performance.now() - last);
  waits.push(longest);
  wholes.push(performance.now() - startedAt);
}
const at = (of: readonly number[], share: number) =>
  of.toSorted((a, b) => a - b)[Math.floor((of.length - 1) * share)] ?? 0;
const line = (of: readonly number[]) => [0.5, 0.99, 1].map((share) => at(of, share).toFixed(1)).join(' / ');
process.stdout.write(
  `${count} files of 256 KB, in ms (median / 99 % / worst)\nlongest hold ${line(waits)}\nwhole file   ${line(wholes)}\n`,
);
