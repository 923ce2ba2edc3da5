import { execFileSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

const PROGRAM = 'chromium';
const OPTIONS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--no-first-run',
];

/** Where Debian's `chromium` is; what needs a browser is skipped without it, and CI installs it. */
const executablePath = (() => {
  try {
    return execFileSync('which', [PROGRAM], { encoding: 'utf8' }).trim();
  } catch (error) {
    if (process.env.REQUIRE_BROWSER) throw error;
    return undefined;
  }
})();

/** See `executablePath`. */
export const HAS_BROWSER = executablePath !== undefined;

/** A real browser without a window. */
export function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('No chromium: look at HAS_BROWSER first');
  return chromium.launch({ executablePath, args: OPTIONS, timeout: 0 });
}
