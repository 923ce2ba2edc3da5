import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory as a folder, on Linux. */
const IN_MEMORY = '/dev/shm';
/** All that the tests hold at once is far less; a container may have 64 MB. */
const ENOUGH_BYTES = 512 * 1024 * 1024;

/**
 * Where tests keep their stores: in memory where that is to be had, since each write of a store waits for the disk, 3 ms on a usual one,
 * hundreds of thousands of times. What a killed process leaves is the same there; what a disk does is tried by `npm run test:faults`.
 */
export function scratchFolder(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
