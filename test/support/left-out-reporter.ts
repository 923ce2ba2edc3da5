import { spawnSync } from 'node:child_process';
import type { Reporter } from 'vitest/node';

/** What a newcomer's machine may lack, by its name in Debian, and what is tested with it. */
const PROGRAMS = [
  ['redis-server', ['--version'], 'the store on a real Redis, and several instances of the bot on one'],
  ['chromium', ['--version'], 'the page of the demo in a browser'],
  ['promtool', ['--version'], 'the alert rules on made-up series (package prometheus)'],
] as const;

/** Says at the end of the tests what this machine could not run, so that green is not taken for all. */
export default class LeftOutReporter implements Reporter {
  onTestRunEnd(): void {
    const missing = PROGRAMS.filter(([program, words]) => spawnSync(program, words).status !== 0);
    if (missing.length === 0) return;
    const lines = missing.map(([program, , tested]) => `  no ${program}: ${tested}`);
    process.stdout.write(`\nLeft out on this machine, which .ci/run installs:\n${lines.join('\n')}\n\n`);
  }
}
