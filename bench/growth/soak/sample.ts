import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapCodeStatistics } from 'node:v8';

const MB = 1024 ** 2;

/** What a process holds now, after a full collection. */
export interface ProcessSample {
  readonly heapMb: number;
  /** Of that, what V8 keeps of compiled code: it grows for days, and is no object of anybody's. */
  readonly codeMb: number;
  readonly rssMb: number;
  readonly externalMb: number;
  /** Open file descriptors, sockets among them. */
  readonly fds: number;
  /** What Node's loop waits for, by kind. */
  readonly resources: Readonly<Record<string, number>>;
}

export async function sampleProcess(): Promise<ProcessSample> {
  if (!globalThis.gc) throw new Error('Start it with --expose-gc');
  // What a finalizer lets go of is there for the second one.
  globalThis.gc();
  await pause(5);
  globalThis.gc();
  const { heapUsed, rss, external } = process.memoryUsage();
  const code = getHeapCodeStatistics();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  return {
    heapMb: heapUsed / MB,
    codeMb: (code.code_and_metadata_size + code.bytecode_and_metadata_size) / MB,
    rssMb: rss / MB,
    externalMb: external / MB,
    fds: readdirSync('/proc/self/fd').length,
    resources,
  };
}
