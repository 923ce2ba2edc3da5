import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { scratchFolder } from './test/support/scratch-folder.ts';

/**
 * `npm run test:unit` and `test:watch`, for the loop of those who work on it: what needs no further process and no Redis, draws no pictures, and has
 * no whole bot live for minutes and hours of its time. `npm test` has them all.
 */
export default defineConfig({
  test: {
    include: [
      'test/*.test.ts',
      'test/{airalo,alerts,bench,bulk,cards,contract,domain,inquiries,ops,pictures,usage}/**/*.test.ts',
    ],
    exclude: [
      ...configDefaults.exclude,
      'test/ops/alert-rules.test.ts',
      'test/proxy.test.ts',
      'test/cards/visual/**',
      'test/idle.test.ts',
      'test/usage/{burst,deferred-worker,digests,question-worker,watches}.test.ts',
      'test/inquiries/{account-search,answered-once,details}.test.ts',
    ],
    env: { TMPDIR: scratchFolder() },
    // As in vitest.config.ts: importing costs more than most tests.
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 180_000,
  },
});
