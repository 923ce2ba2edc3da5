import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Ignored by git, and within the project, so that its packages are found. */
const FOLDER = fileURLToPath(new URL('../../.cache/test-processes', import.meta.url));
const SWEEP_FOLDER = fileURLToPath(new URL('../../.cache/sweep-host', import.meta.url));
/** Longer than a run of the tests. */
const RUN_MS = 60 * 60_000;

/** What tests start as processes of their own: scripts from here, and the command line. */
const SCRIPTS = {
  'bot-process': './bot-process.ts',
  'store-process': './store-process.ts',
  main: '../../src/main.ts',
};

/** What to start with Node: the script with all that it imports in it, and with its compiled code (`start-bundle.ts`). */
export function bundleOf(script: keyof typeof SCRIPTS): string {
  return join(FOLDER, `${script}.cjs`);
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

/** V8 keeps the code of scripts, not of modules: one function, which `start-bundle.ts` calls as Node calls a CommonJS file. */
const SCRIPT = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
  write: false,
} as const satisfies BuildOptions;
const WRAPPED = {
  banner: {
    js: `(function (require, module, exports, __filename, __dirname) {
const bundleUrl = require('node:url').pathToFileURL(__filename).href;`,
  },
  footer: { js: '})' },
  define: { 'import.meta.url': 'bundleUrl' },
} as const satisfies BuildOptions;

/**
 * A script cannot wait on its first level: what stands behind the imports goes into a function. As with a module, a wait that can never end
 * is exit code 13.
 */
const waitingWithin: Plugin = {
  name: 'waiting-within',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](src[/\\]main|bot-process)\.ts$/ }, async ({ path }) => {
      const text = (await readFile(path, 'utf8')).replace(/^#!.*/, '');
      const behind = text.indexOf(';\n', text.lastIndexOf('\nimport ')) + 2;
      const contents = `${text.slice(0, behind)}
const stuck = () => process.exit(13);
process.once('beforeExit', stuck);
void (async () => {
${text.slice(behind)}
})().then(() => process.off('beforeExit', stuck));`;
      return { loader: 'ts', contents };
    });
  },
};

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

/** Discord's library finds the sockets that are chosen for it in the bundle too, where it finds `ws`. */
const socketsOfTheBundle: Plugin = {
  name: 'sockets-of-the-bundle',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]gateway-sockets\.ts$/ }, async ({ path }) => {
      const discord = createRequire(createRequire(path).resolve('discord.js'));
      const sockets = createRequire(discord.resolve('@discordjs/ws')).resolve('ws');
      const text = await readFile(path, 'utf8');
      const contents = text.replace(
        /(library: SocketLibrary = )[^;]+/,
        `$1require(${JSON.stringify(sockets)})`,
      );
      if (contents === text) throw new Error(`${path}: the library of the sockets is not where it was`);
      return { loader: 'ts', contents: contents.replaceAll('import.meta.url', '__filename') };
    });
  },
};

/** All of the scripts with their packages, as one text. What is imported only when it is needed is run only then. */
async function bundleScripts(): Promise<string> {
  const lines = Object.entries(SCRIPTS).map(([name, path]) => `'${name}': () => import('${path}'),`);
  const { outputFiles } = await build({
    ...SCRIPT,
    ...WRAPPED,
    stdin: { contents: `export const scripts = {${lines.join('\n')}};`, resolveDir: HERE },
    external: LEFT_AS_THEY_ARE,
    legalComments: 'none',
    minifyWhitespace: true,
    plugins: [waitingWithin, socketsOfTheBundle, whereTheyStand],
  });
  // esbuild leaves what stands in regular expressions. Of letters of one byte each, the text need not be decoded by each process.
  return outputFiles
    .map(({ text }) => text)
    .join('')
    .replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Builds all of them, packages too, in a second or two. */
export async function bundleProcesses(): Promise<void> {
  await bundleSweepHost();
  await mkdir(FOLDER, { recursive: true });
  const scripts = await bundleScripts();
  const bundle = join(FOLDER, createHash('sha256').update(scripts).digest('hex').slice(0, 16));
  await put(bundle, scripts);
  const { outputFiles } = await build({
    ...SCRIPT,
    entryPoints: [join(HERE, 'start-bundle.ts')],
    define: { BUNDLE: JSON.stringify(bundle) },
  });
  for (const name of Object.keys(SCRIPTS))
    await put(join(FOLDER, `${name}.cjs`), outputFiles.map(({ text }) => text).join(''));
  // The kept code of a bundle is as large as ten of it: of those before, only what another run may be reading stays.
  for (const name of await readdir(FOLDER)) {
    const file = join(FOLDER, name);
    if (!file.startsWith(bundle) && Date.now() - (await stat(file)).mtimeMs > RUN_MS)
      await rm(file, { force: true });
  }
}

/** Whole at once: another run may be reading it. */
async function put(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
}
