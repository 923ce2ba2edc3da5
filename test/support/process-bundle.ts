import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Ignored by git, and within the project, so that its packages are found. */
const FOLDER = fileURLToPath(new URL('../../.cache/test-processes', import.meta.url));
const SWEEP_FOLDER = fileURLToPath(new URL('../../.cache/sweep-host', import.meta.url));
const DAY_MS = 24 * 60 * 60_000;

/** What tests start as processes of their own: scripts from here, and the command line. */
const SCRIPTS = {
  'bot-process': './bot-process.ts',
  'store-process': './store-process.ts',
  main: '../../src/main.ts',
};

/** What to start with Node: the script with all that it imports in it, which loads in a quarter of the processor's time. */
export function bundleOf(script: keyof typeof SCRIPTS): string {
  return join(FOLDER, `${script}.mjs`);
}

/** Files that a source finds beside itself are found there still. */
export const whereTheyStand: Plugin = {
  name: 'where-they-stand',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](src|test|bench)[/\\].*\.ts$/ }, async ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { loader: 'ts', contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', url) };
    });
  },
};

/** Modules for the oldest Node that the bot runs on; what several of them share stands apart, and is one. */
export const MODULES = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** Packages that find a file beside themselves: binaries, fonts. Discord's optional ones are not there. */
const LEFT_AS_THEY_ARE = [
  ...['sqlite3', '@resvg/resvg-wasm', 'dejavu-fonts-ttf'],
  ...['zlib-sync', 'bufferutil', 'utf-8-validate'],
];
/** For packages that are CommonJS. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);";

/** What the bots of the sweep live in, and the time that it turns. Its packages are those of the bot: it watches what they do. */
async function bundleSweepHost(): Promise<void> {
  await build({
    // The host and the time that is imported before it share one time.
    ...MODULES,
    entryPoints: ['bot-host', 'virtual-time'].map((script) => join(HERE, `../sweep/${script}.ts`)),
    packages: 'external',
    outdir: SWEEP_FOLDER,
  });
}

/** Builds all of them, packages too, in a second or two. What is imported only when it is needed stays so. */
export async function bundleProcesses(): Promise<void> {
  await bundleSweepHost();
  await build({
    ...MODULES,
    entryPoints: Object.values(SCRIPTS).map((path) => join(HERE, path)),
    entryNames: '[name]',
    external: LEFT_AS_THEY_ARE,
    banner: { js: REQUIRE },
    sourcemap: 'linked',
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    plugins: [whereTheyStand],
  });
  // Not those of today: another run may be reading them.
  for (const name of await readdir(FOLDER)) {
    const file = join(FOLDER, name);
    if (Date.now() - (await stat(file)).mtimeMs > DAY_MS) await rm(file, { force: true });
  }
}
