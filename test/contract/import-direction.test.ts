import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { breachesBelow, breachesIn, mutualPairsBelow } from './import-direction.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

describe('the direction of imports', () => {
  it('is kept by every file of the project', () => {
    expect(breachesBelow(SRC)).toEqual([]);
  });

  it('is one between any two rooms', () => {
    expect(mutualPairsBelow(SRC)).toEqual([]);
  });

  it.each([
    [
      'a platform importing another',
      'platforms/slack/delivery.ts',
      "import { x } from '../discord/address.ts';",
    ],
    ['a platform importing Airalo', 'platforms/discord/a.ts', "import { x } from '../../airalo/client.ts';"],
    ['a platform importing the store', 'platforms/slack/a.ts', "import { x } from '../../storage/ports.ts';"],
    [
      'a platform importing the service itself',
      'platforms/slack/a.ts',
      "import { x } from '../../usage/usage-service.ts';",
    ],
    ['the core importing a platform', 'usage/a.ts', "import { x } from '../platforms/slack/slack.ts';"],
    ['the core importing an SDK', 'usage/a.ts', "import { App } from '@slack/bolt';"],
    ['a card importing an SDK', 'cards/a.ts', "import { EmbedBuilder } from 'discord.js';"],
    ['the domain importing anything', 'domain/a.ts', "import { x } from '../clock.ts';"],
    ['an engine loading the driver of another', 'storage/sqlite/a.ts', "import { Redis } from 'ioredis';"],
    ['a hidden dynamic import', 'platforms/slack/a.ts', "const x = await import('../../storage/open.ts');"],
  ])('is broken by %s', (_case, file, source) => {
    expect(breachesIn(file, source)).toHaveLength(1);
  });

  it('loads an engine, and with it its driver, only when it is chosen', () => {
    const open = readFileSync(join(SRC, 'storage/open.ts'), 'utf8');
    expect(open).toMatch(/await import\('\.\/redis\/redis-store\.ts'\)/);
    expect(open).not.toMatch(/from '\.\/(redis|sqlite)\//);
  });

  it('lets a platform use cards, the domain and the port of the core', () => {
    const source = "import { a } from '../../cards/card.ts';\nimport { b } from '../../usage/platform.ts';";
    expect(breachesIn('platforms/slack/a.ts', source)).toEqual([]);
  });
});
