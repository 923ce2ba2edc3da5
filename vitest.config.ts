import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // Much of the time goes by waiting for processes and sockets: even two cores can bear two files at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Whole-bot tests start processes and sockets: generous, so that a busy machine is not a failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'lcov'] },
  },
});
