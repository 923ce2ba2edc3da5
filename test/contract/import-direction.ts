import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

/** For each folder of `src`, the folders of `src` it may import from, beside itself. Data flows one way. */
const MAY_IMPORT: readonly (readonly [folder: string, allowed: readonly string[]])[] = [
  ['domain', []],
  ['airalo', ['domain', 'circuit.ts', 'clock.ts', 'version.ts', 'log.ts', 'proxy.ts']],
  ['storage', ['domain', 'clock.ts', 'log.ts']],
  [
    'usage',
    [
      'domain',
      'airalo/errors.ts',
      'airalo/token.ts',
      'storage/ports.ts',
      'storage/in-turn.ts',
      'clock.ts',
      'log.ts',
      'room-for.ts',
    ],
  ],
  [
    'customers',
    [
      'domain',
      'usage/customer-records.ts',
      'circuit.ts',
      'clock.ts',
      'config.ts',
      'log.ts',
      'ops/doctor.ts',
      'proxy.ts',
      'version.ts',
    ],
  ],
  [
    'cards',
    [
      'domain',
      'usage/reply.ts',
      'usage/access.ts',
      'usage/alert-board.ts',
      'usage/detail-result.ts',
      'usage/digest-report.ts',
      'usage/search-result.ts',
    ],
  ],
  ['pictures', ['domain', 'cards']],
  [
    'alerts',
    [
      'domain',
      'airalo/webhook-events.ts',
      'airalo/webhook-signature.ts',
      'ops/http.ts',
      'usage/alert-board.ts',
      'storage/ports.ts',
      'storage/in-turn.ts',
      'clock.ts',
      'log.ts',
    ],
  ],
  ['bulk', ['domain', 'cards', 'usage', 'storage/ports.ts', 'storage/in-turn.ts', 'clock.ts', 'log.ts']],
  ['inquiries', ['domain', 'airalo/errors.ts', 'cards', 'usage', 'storage/ports.ts', 'clock.ts', 'log.ts']],
  // The ways in that are no chats: they ask the core, and know no platform and no card.
  [
    'api',
    [
      'domain',
      'usage',
      'ops/doctor.ts',
      'ops/http.ts',
      'storage/ports.ts',
      'storage/in-turn.ts',
      'clock.ts',
      'config.ts',
      'how-to-run.ts',
      'log.ts',
      'proxy.ts',
      'version.ts',
    ],
  ],
  // The conversation knows no platform: each of them stands on it.
  [
    'platforms/chat',
    [
      'cards',
      'domain',
      'inquiries/question.ts',
      'inquiries/inquiry-router.ts',
      'usage/platform.ts',
      'usage/reply.ts',
      'usage/access.ts',
      'usage/alert-board.ts',
      'usage/bulk-board.ts',
      'usage/digest-report.ts',
      'clock.ts',
      'log.ts',
      'room-for.ts',
      // One call's time for everybody, behind a proxy or not.
      'proxy.ts',
    ],
  ],
  ...['slack', 'discord', 'telegram', 'terminal'].map(
    (name) =>
      [
        `platforms/${name}`,
        [
          'cards',
          'domain',
          'inquiries/question.ts',
          'inquiries/inquiry-router.ts',
          'usage/platform.ts',
          'usage/reply.ts',
          'usage/access.ts',
          'usage/alert-board.ts',
          'usage/bulk-board.ts',
          'platforms/platform-parts.ts',
          'platforms/reconnect-pace.ts',
          'platforms/chat',
          'clock.ts',
          'config.ts',
          'log.ts',
          'ops/http.ts',
          'proxy.ts',
          'ops/doctor.ts',
          'how-to-run.ts',
          'room-for.ts',
        ],
      ] as const,
  ),
  // The demo's page shows what the real ones write: their pens and how their controls are read, and nothing else of them.
  [
    'platforms/page',
    [
      'cards',
      'domain',
      'usage/platform.ts',
      'usage/alert-board.ts',
      'usage/bulk-board.ts',
      'platforms/platform-parts.ts',
      'platforms/chat',
      'platforms/slack/pen.ts',
      'platforms/slack/controls.ts',
      'platforms/discord/pen.ts',
      'clock.ts',
      'ops/http.ts',
      'log.ts',
    ],
  ],
  [
    'ops',
    [
      'domain',
      'log.ts',
      'proxy.ts',
      'clock.ts',
      'how-to-run.ts',
      'config.ts',
      'version.ts',
      'storage/ports.ts',
      'usage/platform.ts',
      'usage/credentials.ts',
      'airalo',
    ],
  ],
];

/** The SDK of a platform is imported by that platform only; the store's drivers by the store only. */
const PACKAGE_HOME: readonly (readonly [pattern: RegExp, folder: string])[] = [
  [/^@slack\//, 'platforms/slack'],
  [/^discord(\.js|-api-types)|^@discordjs\//, 'platforms/discord'],
  [/^grammy|^@grammyjs\//, 'platforms/telegram'],
  [/^keyv$/, 'storage'],
  [/^(sqlite3|@keyv\/sqlite)$/, 'storage/sqlite'],
  [/^(ioredis|bullmq|@keyv\/redis|@redis\/)/, 'storage/redis'],
  [/^undici/, '(airalo|api|customers|platforms|ops|proxy\\.ts)'],
  [/^@modelcontextprotocol\//, '(api/mcp|commands)'],
  [/^(d3-|@resvg\/)/, 'pictures'],
  [/^intl-messageformat/, 'cards'],
];

export interface Breach {
  readonly file: string;
  readonly imports: string;
}

/** Every import in `source` (a file of `src`, by its path below it) that goes the wrong way. */
export function breachesIn(file: string, source: string): Breach[] {
  const home = MAY_IMPORT.find(([folder]) => file.startsWith(`${folder}/`));
  return importsOf(source).flatMap((imports) => {
    const target = imports.startsWith('.') ? below(normalize(join(dirname(file), imports))) : undefined;
    const fine = target === undefined ? packageAllowed(file, imports) : folderAllowed(home, target);
    return fine ? [] : [{ file, imports: target ?? imports }];
  });
}

/** All breaches below a `src` folder. */
export function breachesBelow(root: string): Breach[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => breachesIn(below(name), readFileSync(join(root, name), 'utf8')));
}

/** Rooms of `src` that import from each other, by their files: the one of them that is below must not know the other. */
export function mutualPairsBelow(root: string): string[] {
  const arrows = new Set<string>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const file = below(name);
    for (const imports of importsOf(readFileSync(join(root, name), 'utf8'))) {
      if (!imports.startsWith('.')) continue;
      arrows.add(`${roomOf(file)} > ${roomOf(below(normalize(join(dirname(file), imports))))}`);
    }
  }
  return [...arrows].filter((arrow) => {
    const [from, to] = arrow.split(' > ');
    return from !== to && arrows.has(`${to} > ${from}`);
  });
}

/** Each platform is a room of its own; a file at the top is one as well. */
function roomOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return folders.slice(0, folders[0] === 'platforms' ? 2 : 1).join('/') || file;
}

function folderAllowed(home: (typeof MAY_IMPORT)[number] | undefined, target: string): boolean {
  if (!home) return true;
  const [folder, allowed] = home;
  return [folder, ...allowed].some((place) => target === place || target.startsWith(`${place}/`));
}

function packageAllowed(file: string, name: string): boolean {
  const owner = PACKAGE_HOME.find(([pattern]) => pattern.test(name));
  return owner === undefined || new RegExp(`^${owner[1]}(/|$)`).test(file);
}

function importsOf(source: string): string[] {
  const statements = source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...statements].flatMap((match) => match[1] ?? []);
}

function below(path: string): string {
  return relative('.', path).split(sep).join('/');
}
