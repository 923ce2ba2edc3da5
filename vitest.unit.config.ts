import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { scratchFolder } from './test/support/scratch-folder.ts';

/** `npm run test:unit` and `test:watch`: what needs no further process and no Redis and draws no pictures, for the loop of those who work on it. */
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
    ],
    env: { TMPDIR: scratchFolder() },
    // As in vitest.config.ts: importing costs more than most tests.
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 180_000,
  },
});
