import fc from 'fast-check';
import { z } from 'zod';
import { readCsv } from '../src/bulk/csv-rows.ts';
import { anyShape, fileOf } from '../test/bulk/csv-shapes.ts';

/**
 * Reads random files of 256 KB and prints the longest time that anything else had to wait: `npx tsx scripts/measure-lists.ts [count]`.
 * Not a test: what it prints depends on the machine.
 */
/**
 * Of the thread that holds the event loop, which Node tells from 23.9 on; of the whole process before, its collector and compiler among
 * it. On a busy machine the clock on the wall counts what others do.
 */
const ofThread: unknown = Reflect.get(process, 'threadCpuUsage');
const usage = z.object({ user: z.number(), system: z.number() });
const cpuMs = () => {
  const { user, system } = usage.parse(typeof ofThread === 'function' ? ofThread() : process.cpuUsage());
  return (user + system) / 1_000;
};
const count = Number(process.argv[2] ?? 1_000);
const waits: number[] = [];
const wholes: number[] = [];
for (const shape of fc.sample(anyShape, count)) {
  const bytes = fileOf(shape);
  let last = cpuMs();
  let longest = 0;
  const startedAt = last;
  await readCsv(bytes, async () => {
    longest = Math.max(longest, cpuMs() - last);
    await new Promise(setImmediate);
    last = cpuMs();
  });
  longest = Math.max(longest, cpuMs() - last);
  waits.push(longest);
  wholes.push(cpuMs() - startedAt);
}
const at = (of: readonly number[], share: number) =>
  of.toSorted((a, b) => a - b)[Math.floor((of.length - 1) * share)] ?? 0;
const line = (of: readonly number[]) => [0.5, 0.99, 1].map((share) => at(of, share).toFixed(1)).join(' / ');
process.stdout.write(
  `${count} files of 256 KB, in ms of processor time (median / 99 % / worst)\nlongest hold ${line(waits)}\nwhole file   ${line(wholes)}\n`,
);
