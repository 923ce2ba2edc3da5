import { describe, expect, it } from 'vitest';
import { wordsFor } from '../src/cards/words.ts';
import { SETTING_NAMES } from '../src/config/environment.ts';
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
      telegram: undefined,
      storeUrl: 'sqlite:./data/esim-usage.sqlite',
      http: { host: '127.0.0.1', port: 3000 },
      logLevel: 'info',
    });
  });

  it('treats an empty setting as an absent one', () => {
    for (const empty of ['', '  ', '""', "''"])
      expect(readConfig(Object.fromEntries(SETTING_NAMES.map((name) => [name, empty])))).toMatchObject({
        slack: undefined,
        discord: undefined,
        telegram: undefined,
        http: { host: '127.0.0.1', port: 3000 },
        storeUrl: 'sqlite:./data/esim-usage.sqlite',
        alertLocale: 'en',
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

  it('names what is missing beside what is wrong', () => {
    const message = problemsOf({ SLACK_APP_TOKEN: 'xapp-1', PORT: 'many' });
    for (const name of ['PORT', 'AIRALO_CLIENT_ID', 'AIRALO_CLIENT_SECRET', 'SLACK_BOT_TOKEN'])
      expect(message).toContain(name);
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

describe('a value as people write it', () => {
  it.each(['"xoxb-1"', "'xoxb-1'", ' xoxb-1 ', ' "xoxb-1" '])(
    'is read without what stands around it: %s',
    (value) => {
      const config = readConfig({
        SLACK_BOT_TOKEN: value,
        SLACK_APP_TOKEN: '"xapp-1"',
        STORE_URL: '"sqlite:./x"',
      });
      expect(config.slack?.botToken).toBe('xoxb-1');
      expect(config.storeUrl).toBe('sqlite:./x');
    },
  );

  it('keeps a quote that has no partner, and quotes inside', () => {
    const config = readConfig({ AIRALO_CLIENT_ID: 'i"d', AIRALO_CLIENT_SECRET: '"half' });
    expect(config.airalo).toMatchObject({ clientId: 'i"d', clientSecret: '"half' });
  });

  it('is completed where only one thing can be meant', () => {
    expect(readConfig({ ...SLACK, SLACK_API_URL: 'https://slack.com/api' }).slack?.apiUrl).toBe(
      'https://slack.com/api/',
    );
    expect(readConfig({ PUBLIC_URL: 'https://bot.example.com/' }).publicUrl).toBe('https://bot.example.com');
    expect(readConfig({ ALERT_LANGUAGE: 'pt_BR' }).alertLocale).toBe('pt-BR');
    expect(readConfig({ LOG_LEVEL: 'DEBUG' }).logLevel).toBe('debug');
  });

  it.each<[string, string, RegExp]>([
    ['SLACK_ALERT_CHANNEL', '#alerts', /must be the id.*C0123456789.*#alerts is none/],
    ['SLACK_ALERT_CHANNEL', 'ALERTS', /must be the id/],
    ['SLACK_ALLOWED_CHANNELS', 'C0123456789,#support', /must be ids/],
    ['SLACK_ALLOWED_USERGROUPS', '@support', /must be ids.*S0123456789/],
    ['SLACK_BALANCE_USERGROUPS', 'C0123456789', /must be ids.*S0123456789/],
    ['DISCORD_ALERT_CHANNEL', '#alerts', /must be the id.*Copy Channel ID/],
    ['DISCORD_ALLOWED_ROLES', 'Support', /must be ids.*Copy Role ID/],
    ['DISCORD_BALANCE_ROLES', '@Finance', /must be ids.*Copy Role ID/],
    ['DISCORD_TOKEN', 'Bot MTIz.abc.secretpart', /without the word Bot/],
    ['ALERT_LANGUAGE', 'klingon', /must be one of en, de, es, fr, pt, ja/],
    ['ALERT_LANGUAGE', 'tlh', /must be one of/],
    ['PUBLIC_URL', 'https://bot.example.com/airalo/webhooks', /without a path/],
    ['PUBLIC_URL', 'http://bot.example.com', /must be https/],
    ['PUBLIC_URL', 'bot.example.com', /must be an address such as/],
    ['SLACK_API_URL', 'https://slack.com', /must end in \/api\//],
    ['AIRALO_BASE_URL', 'https://partners-api.airalo.com/v2', /must not end in the version/],
    ['DISCORD_API_URL', 'https://discord.com/api/v10', /must not end in the version/],
    ['SLACK_SIGNING_SECRET', 'xoxb-secretpart', /is a token/],
    ['HOST', 'http://0.0.0.0', /must be a host alone/],
    ['HOST', '0.0.0.0:3000', /must be a host alone/],
    ['PORT', '3000/tcp', /must be a whole number/],
    ['STORE_URL', 'redis://bot:p@ss@host:6379/0', /percent-encoded \(@ as %40/],
    ['STORE_URL', 'redis://bot:p/ss@host:6379/0', /percent-encoded/],
    ['STORE_URL', 'redis://bot:p#ss@host:6379/0', /percent-encoded/],
    ['STORE_URL', 'redis://bot:p?ss@host:6379/0', /percent-encoded/],
    ['STORE_URL', 'redis://bot:p%ss@host:6379/0', /percent-encoded/],
    ['STORE_URL', 'redis://host:6379/usage', /by its number/],
    ['STORE_URL', 'postgres://host/0', /must be sqlite/],
    ['HTTPS_PROXY', 'proxy.example.com:3128', /must be the address of an HTTP proxy/],
    ['https_proxy', 'socks5://secretpart@proxy:1080', /must be the address of an HTTP proxy/],
  ])('that cannot be used is named with the remedy, and not repeated: %s=%s', (name, value, told) => {
    const message = problemsOf({ ...AIRALO, ...SLACK, [name]: value });
    expect(message).toMatch(new RegExp(`- ${name.toUpperCase()} `));
    expect(message).toMatch(told);
    for (const secret of ['p@ss', 'p/ss', 'p#ss', 'p?ss', 'p%ss', 'secretpart'])
      expect(message).not.toContain(secret);
  });

  it.each([
    'redis://bot:p%40ss%2F%23@host:6379/0',
    'redis://host:6379',
    'rediss://:secret@host:6380/2',
    'redis://[::1]:6379/0',
    'sqlite:/var/lib/a@b/#1.sqlite',
  ])('of STORE_URL that is fine is taken: %s', (url) => {
    expect(readConfig({ STORE_URL: url }).storeUrl).toBe(url);
  });

  it('of ALERT_LANGUAGE may be every language that the bot speaks', () => {
    for (const language of ['de', 'es', 'fr', 'pt', 'ja', 'de-AT', 'pt-BR']) {
      expect(readConfig({ ALERT_LANGUAGE: language }).alertLocale).toBe(language);
      expect(wordsFor(language).card).not.toEqual(wordsFor('en').card);
    }
  });
});

describe('a misspelt name', () => {
  it.each([
    ['SLACK_ALOWED_CHANNELS', 'SLACK_ALLOWED_CHANNELS'],
    ['SLACK_ALLOWED_CHANNEL', 'SLACK_ALLOWED_CHANNELS'],
    ['DISCORD_ALLOWED_ROLE', 'DISCORD_ALLOWED_ROLES'],
    ['DISCROD_TOKEN', 'DISCORD_TOKEN'],
    ['slack_bot_token', 'SLACK_BOT_TOKEN'],
    ['SLACK_BALANCE_USERGROUP', 'SLACK_BALANCE_USERGROUPS'],
    ['AIRALO_CLIENT_SECERT', 'AIRALO_CLIENT_SECRET'],
    ['STORE_KEYS', 'STORE_KEY'],
    ['STOREURL', 'STORE_URL'],
    ['PUBLIC_URI', 'PUBLIC_URL'],
  ])('%s is refused, and %s offered', (given, meant) => {
    const message = problemsOf({ ...AIRALO, ...SLACK, [given]: 'secret-value' });
    expect(message).toContain(`${given} is no setting: did you mean ${meant}?`);
    expect(message).not.toContain('secret-value');
  });

  it.each([
    'SLACK_WEBHOOK_URL',
    'SLACK_TOKEN',
    'SLACK_API_TOKEN',
    'SLACK_USER_TOKEN',
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'DISCORD_TOKEN_FILE',
    'DISCORD_BOT_TOKEN',
    'DISCORD_CLIENT_ID',
    'DISCORD_WEBHOOK_URL',
    'DISCORD_PUBLIC_KEY',
    'STORE_ID',
    'LOGLEVEL',
    'HOSTNAME',
    'PORTS',
    'POST',
    'PUBLIC_KEY',
    'REDIS_URL',
    'NODE_ENV',
    'PATH',
  ])('that may be another program’s is left alone: %s', (name) => {
    expect(problemsOf({ ...AIRALO, ...SLACK, [name]: 'x' })).toBe('');
  });
});

describe('the proxies', () => {
  it('are read in capitals and in small letters, which win', () => {
    const env = {
      HTTPS_PROXY: '"http://a:1"',
      http_proxy: 'http://b:2',
      HTTP_PROXY: 'http://c:3',
      NO_PROXY: 'd,e',
    };
    expect(readConfig(env).proxy).toEqual({ https: 'http://a:1', http: 'http://b:2', except: 'd,e' });
    expect(readConfig({ NO_PROXY: '*', HTTPS_PROXY: '' }).proxy).toBeUndefined();
  });
});
