import { readFileSync } from 'node:fs';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const names = z.record(z.string(), z.string()).default({});
const engines = z.object({ node: z.string().optional() }).default({});
const locked = z.object({ optionalDependencies: names, engines });
const lock = z.object({ packages: z.record(z.string(), locked) }).parse(JSON.parse(text));
const FLOOR = lock.packages['']?.engines.node?.replace('>=', '') ?? '';
/** Of `npm run lint` alone; what it needs has no build for the floor. */
const ONLY_FOR_LINT = /^node_modules\/(knip|@?oxc-(parser|resolver)\b.*|@napi-rs\/wasm-runtime)$/;

describe('the lockfile', () => {
  it('names no host, so that it installs from whatever registry a machine has', () => {
    expect(text).not.toMatch(
      /https?:\/\/(?!opencollective|github|paypal|tidelift|www\.|ko-fi|jaredwray|feross)/,
    );
    expect(text).not.toContain('"resolved"');
  });

  it('has every platform’s package of what it locks: npm ci refuses it otherwise', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          lock.packages[`node_modules/${name}`] === undefined &&
          lock.packages[`${path}/node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });

  it('installs and tests on the oldest Node that package.json allows', () => {
    expect(FLOOR).toMatch(/^20\.\d+\.\d+$/);
    const tooNew = Object.entries(lock.packages).filter(
      ([
        path,
        {
          engines: { node },
        },
      ]) => node !== undefined && !satisfies(FLOOR, node) && !ONLY_FOR_LINT.test(path),
    );
    expect(tooNew.map(([path]) => path)).toEqual([]);
  });
});
