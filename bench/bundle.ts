import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { MODULES, whereTheyStand } from '../test/support/process-bundle.ts';

/** Ignored by git, and within this folder, so that the peers' packages are found. */
const FOLDER = fileURLToPath(new URL('./.cache/contenders', import.meta.url));

const CONTENDERS = [
  'esim-usage-bot',
  'esim-usage-bot-on-redis',
  'bolt-airalo-sdk',
  'chat-airalo-sdk',
  'floor',
  'card',
  'discord-airalo-sdk',
  'chat-discord-airalo-sdk',
  'discord-floor',
  'discord-card',
];

/** What to start with Node in place of a contender's source. */
export function bundleOfContender(source: URL): string {
  return join(FOLDER, `${basename(source.pathname, '.ts')}.mjs`);
}

/**
 * Compiles the contenders once, packages left where they are, as `npm run build` does with the bot: compiled while it runs, each would hold
 * the compiler's memory too, and start in three times the time.
 */
export async function bundleContenders(): Promise<void> {
  await build({
    ...MODULES,
    entryPoints: CONTENDERS.map((name) => fileURLToPath(new URL(`./contenders/${name}.ts`, import.meta.url))),
    packages: 'external',
    sourcemap: 'linked',
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    plugins: [whereTheyStand],
  });
}
