// Writes what the bot is made of (CycloneDX) to standard output. npm judges a bundled package by the range that its dependent names and
// not by our override of it (Arborist, `Edge.satisfiedBy`), and refuses: so it is asked about the same lockfile without the bundle.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const { bundleDependencies, ...manifest } = read('package.json');
const lock = read('package-lock.json');
delete lock.packages[''].bundleDependencies;
for (const part of Object.values(lock.packages)) delete part.inBundle;

const place = mkdtempSync(join(tmpdir(), 'esim-sbom-'));
// npm names the whole by its folder.
const folder = join(place, manifest.name);
mkdirSync(folder);
writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
const { status } = spawnSync('npm', words, {
  cwd: folder,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
rmSync(place, { recursive: true });
process.exitCode = status ?? 1;
