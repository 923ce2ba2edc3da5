import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, requireAiralo } from '../src/config.ts';

const AIRALO = { AIRALO_CLIENT_ID: 'id', AIRALO_CLIENT_SECRET: 'hidden-secret' };
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function problemsOf(env: NodeJS.ProcessEnv): string {
  try {
    requireAiralo(env, ['platform']);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('the configuration', () => {
  it('has the documented defaults', () => {
    const config = requireAiralo({ ...AIRALO, ...SLACK }, ['platform']);
    expect(config).toMatchObject({
      airalo: { baseUrl: 'https://partners-api.airalo.com', usageWindowMs: 900_000 },
      slack: { transport: { kind: 'socket', appToken: 'xapp-1' } },
      discord: undefined,
      storeUrl: 'sqlite:./data/esim-usage.sqlite',
      http: { host: '127.0.0.1', port: 3000 },
      logLevel: 'info',
    });
  });

  it('treats an empty setting as an absent one, as .env.example leaves them', () => {
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const names = [...example.matchAll(/^([A-Z_]+)=$/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(20);
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toMatchObject({
      slack: undefined,
      discord: undefined,
      http: { port: 3000 },
    });
  });

  it('names every problem at once, and no value', () => {
    const message = problemsOf({
      ...AIRALO,
      SLACK_BOT_TOKEN: 'xoxp-wrong',
      PORT: 'many',
      STORE_URL: 'mysql://x',
      DISCORD_ALLOWED_ROLES: 'admins',
    });
    for (const name of ['SLACK_BOT_TOKEN', 'PORT', 'STORE_URL', 'DISCORD_ALLOWED_ROLES'])
      expect(message).toContain(name);
    for (const value of ['xoxp-wrong', 'many', 'mysql', 'hidden-secret'])
      expect(message).not.toContain(value);
  });

  it('points to the demo when no platform is configured', () => {
    expect(problemsOf(AIRALO)).toContain('npm run demo');
  });

  it('names both credentials when both are missing, and the one when one is', () => {
    expect(problemsOf(SLACK)).toMatch(/AIRALO_CLIENT_ID[\s\S]*AIRALO_CLIENT_SECRET/);
    expect(problemsOf({ ...SLACK, AIRALO_CLIENT_ID: 'id' })).not.toContain('AIRALO_CLIENT_ID is');
  });

  it('asks for the second half of a Slack set', () => {
    expect(problemsOf({ ...AIRALO, SLACK_BOT_TOKEN: 'xoxb-1' })).toContain('SLACK_SIGNING_SECRET');
    expect(problemsOf({ ...AIRALO, SLACK_SIGNING_SECRET: 's' })).toContain('SLACK_BOT_TOKEN is missing');
  });

  it('takes Slack over HTTP from the signing secret', () => {
    const config = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
    expect(config.slack?.transport).toEqual({ kind: 'http', signingSecret: 's' });
  });

  it('reads lists with spaces and empty parts', () => {
    const config = readConfig({ ...SLACK, SLACK_ALLOWED_CHANNELS: ' C111 ,, C222 ' });
    expect(config.slack?.access.channels).toEqual(['C111', 'C222']);
  });

  it('drops the slash at the end of the base address', () => {
    const config = readConfig({ ...AIRALO, AIRALO_BASE_URL: 'http://127.0.0.1:9/' });
    expect(config.airalo?.baseUrl).toBe('http://127.0.0.1:9');
  });
});
