import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Ignored by git, and within the project, so that its packages are found. */
const FOLDER = fileURLToPath(new URL('../../.cache/test-processes', import.meta.url));
const DAY_MS = 24 * 60 * 60_000;

/** The scripts that tests start as processes of their own. */
const SCRIPTS = ['bot-process', 'store-process'] as const;

/** What to start with Node: the script with all of the sources in it, which loads in half of the processor's time. */
export function bundleOf(script: (typeof SCRIPTS)[number]): string {
  return join(FOLDER, `${script}.mjs`);
}

/** Files that a source finds beside itself are found there still. */
const whereTheyStand: Plugin = {
  name: 'where-they-stand',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](src|test)[/\\].*\.ts$/ }, async ({ path }) => {
      const url = JSON.stringify(pathToFileURL(path).href);
      return { loader: 'ts', contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', url) };
    });
  },
};

/** Builds all of them, in less than a second. What is imported only when it is needed stays so, and so do packages. */
export async function bundleProcesses(): Promise<void> {
  await build({
    entryPoints: SCRIPTS.map((script) => join(HERE, `${script}.ts`)),
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    plugins: [whereTheyStand],
    logLevel: 'warning',
  });
  // Not those of today: another run may be reading them.
  for (const name of await readdir(FOLDER)) {
    const file = join(FOLDER, name);
    if (Date.now() - (await stat(file)).mtimeMs > DAY_MS) await rm(file, { force: true });
  }
}
