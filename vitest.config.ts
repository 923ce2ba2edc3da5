import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';
import { scratchFolder } from './test/support/scratch-folder.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    reporters: ['default', './test/support/left-out-reporter.ts'],
    env: { TMPDIR: scratchFolder() },
    // Files share a process, and so what they import, which costs more than most tests. Modules of ours keep nothing but caches,
    // and nothing replaces one.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Half of the time goes by waiting for processes, sockets and leases: each core can bear two files at once.
    maxWorkers: Math.max(4, availableParallelism()),
    // Whole-bot tests start processes and sockets: generous, so that a busy machine is not a failure.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'lcov'] },
  },
});
