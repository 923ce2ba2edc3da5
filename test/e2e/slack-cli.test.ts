import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf } from '../support/bot.ts';
import { listenTo } from '../support/command.ts';
import { startSlack } from '../support/slack/slack.ts';
import { untilElsewhere } from '../support/until.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
const { hooks } = z
  .object({ hooks: z.record(z.string(), z.string()) })
  .parse(JSON.parse(text('.slack/hooks.json')));

/** As the Slack CLI does: the words of the hook parted by spaces, in the folder of the project. */
function runHook(name: string, more: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const [program = '', ...args] = (hooks[name] ?? '').split(' ');
  const child = spawn(program, [...args, ...more], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    // The bot below npm ends with the group, as with Ctrl-C in a terminal.
    detached: true,
  });
  const { said, ended } = listenTo(child);
  return {
    said,
    interrupt: () => child.pid !== undefined && process.kill(-child.pid, 'SIGINT'),
    ended,
  };
}

describe('the Slack CLI (.slack/hooks.json)', () => {
  it('is told of further hooks by Slack’s own package', async () => {
    const { code, out } = await runHook('get-hooks').ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      config: { 'sdk-managed-connection-enabled': true },
      runtime: 'node',
    });
  });

  it('is given the manifest of Socket Mode as JSON, in both protocols', async () => {
    const manifest: unknown = parse(text('manifests/slack-app.yaml'));
    const plain = await runHook('get-manifest').ended;
    expect(JSON.parse(plain.out)).toEqual(manifest);
    const bounded = await runHook('get-manifest', ['--protocol=message-boundaries', '--boundary=b1']).ended;
    expect(JSON.parse(bounded.out.replaceAll('b1', ''))).toEqual(manifest);
  });

  it('starts the bot with the tokens of the app that it has made, and ends it', async () => {
    const world = await createWorld(systemClock);
    const slack = await startSlack('socket', systemClock);
    const hook = runHook('start', [], {
      ...envOf(world),
      ...slack.env,
    });
    try {
      await untilElsewhere('it is connected', () => hook.said().err.includes('The bot is ready'));
    } finally {
      hook.interrupt();
      const { err } = await hook.ended;
      await slack.close();
      await endWorld(world);
      expect(err).toContain('"msg":"Stopped"');
    }
  });
});
