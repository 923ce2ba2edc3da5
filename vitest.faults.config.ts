import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: the slow, rough half of the tests, with its table in docs/faults.md. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.fault.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // They wait far more than they compute: one after the other they take twice as long.
    maxWorkers: 3,
    reporters: ['default', './test/faults/fault-reporter.ts'],
  },
});
