import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
const names = z.record(z.string(), z.string()).default({});
const lock = z
  .object({ packages: z.record(z.string(), z.object({ optionalDependencies: names })) })
  .parse(JSON.parse(text));

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
});
