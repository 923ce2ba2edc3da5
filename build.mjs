// Compiles src into dist when dist is older, or always with --clean. Where the compiler is not installed, as in production, dist stays
// as it is. It is built beside dist and put in its place whole: a bot that runs from dist meanwhile keeps its files until then.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const built = join(root, 'dist', 'main.js');

/** The compiler's program; undefined where only what runs is installed. */
function compiler() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

function newestIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(...files.map((file) => statSync(join(file.parentPath ?? file.path, file.name)).mtimeMs));
}

function isCurrent() {
  const settings = ['tsconfig.json', 'tsconfig.build.json'].map((name) => statSync(join(root, name)).mtimeMs);
  return existsSync(built) && statSync(built).mtimeMs > Math.max(newestIn(join(root, 'src')), ...settings);
}

function build(tsc) {
  const fresh = join(root, `dist.${process.pid}`);
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return status ?? 1;
  }
  // Read by the program, and not copied by the compiler.
  for (const folder of [join('cards', 'messages'), join('platforms', 'page', 'assets')])
    cpSync(join(root, 'src', folder), join(fresh, folder), { recursive: true });
  chmodSync(join(fresh, 'main.js'), 0o755);
  const old = `${fresh}.old`;
  if (existsSync(dirname(built))) renameSync(dirname(built), old);
  renameSync(fresh, dirname(built));
  rmSync(old, { recursive: true, force: true });
  return 0;
}

const tsc = existsSync(join(root, 'src')) ? compiler() : undefined;
if (tsc && (process.argv.includes('--clean') || !isCurrent())) process.exitCode = build(tsc);
else if (!existsSync(built)) {
  process.stderr.write('dist is missing, and so is the compiler: npm ci, then npm run build\n');
  process.exitCode = 1;
}
