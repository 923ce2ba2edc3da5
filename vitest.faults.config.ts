import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: the slow, rough half of the tests, with its table in docs/faults.md. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.fault.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    reporters: ['default', './test/faults/fault-reporter.ts'],
  },
});
