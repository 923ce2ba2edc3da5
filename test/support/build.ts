import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundleProcesses } from './process-bundle.ts';

/** Once before all tests: those that start the bot as a process start what an operator would, from `dist`. */
export default async function setup(): Promise<void> {
  const { status, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(new URL('../../build.mjs', import.meta.url))],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The sources do not compile:\n${stderr}`);
  await bundleProcesses();
}
