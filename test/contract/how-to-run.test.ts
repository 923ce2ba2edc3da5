import { afterEach, describe, expect, it, vi } from 'vitest';
import { howToRun } from '../../src/how-to-run.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a remedy names the command in the form that works where the process was started', () => {
  it.each([
    ['an image or a unit', undefined, 'esim-usage-bot start', 'esim-usage-bot webhooks opt-in'],
    ['npm run in a clone', 'doctor', 'npm start', 'npm run webhooks -- opt-in'],
    ['npx in any folder', 'npx', 'npx esim-usage-bot start', 'npx esim-usage-bot webhooks opt-in'],
  ])('%s', (_where, event, start, optIn) => {
    vi.stubEnv('npm_lifecycle_event', event);
    expect([howToRun('start'), howToRun('webhooks opt-in')]).toEqual([start, optIn]);
  });
});
