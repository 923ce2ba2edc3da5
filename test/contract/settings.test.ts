import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { SETTING_NAMES } from '../../src/config/environment.ts';
import { readConfig } from '../../src/config.ts';

const ROOT = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
/** Every program's, not ours: where they are set they hold for the bot too. */
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

/** `NAME=value` lines; those behind a `#` are only shown. */
const shown = [...text('.env.example').matchAll(/^(#?)([A-Z][A-Z_]+)=(.*)$/gm)].map(
  ([, mark, name = '', value = '']) => ({ name, value, isSet: mark === '' }),
);

/** `DISCORD_ALLOWED_GUILDS`, `_CHANNELS`, …: a table may name a family once. */
function namedIn(document: string): string[] {
  const names = document.match(/\b[A-Z]{2,}(_[A-Z]+)*\b/g) ?? [];
  const families = [...document.matchAll(/`([A-Z]+_[A-Z]+)_[A-Z]+`((?:, `_[A-Z]+`)+)/g)].flatMap(
    ([, stem, rest = '']) => [...rest.matchAll(/`(_[A-Z]+)`/g)].map(([, end]) => `${stem}${end}`),
  );
  return [...names, ...families];
}

describe('the settings', () => {
  it('stand in .env.example, each once, and nothing else does', () => {
    const names = shown.map(({ name }) => name);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect(names.filter((name) => !PROXIES.includes(name)).toSorted()).toEqual([...SETTING_NAMES].toSorted());
  });

  it('stand in the README', () => {
    const named = namedIn(text('README.md'));
    expect([...SETTING_NAMES, ...PROXIES].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('stand in a document of the subject', () => {
    const named = readdirSync(new URL('docs', ROOT))
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => namedIn(text(`docs/${name}`)));
    expect([...SETTING_NAMES, ...PROXIES].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('that choose a language name every language there is, in .env.example and settings.md', () => {
    const choice = (path: string, line: RegExp) => line.exec(text(path))?.[0] ?? '';
    const lines = [
      choice('.env.example', /^# Language of .*$/m),
      choice('docs/settings.md', /^\| `ALERT_LANGUAGE` .*$/m),
    ];
    for (const line of lines)
      expect(LANGUAGES.filter((language) => !new RegExp(`\\b${language}\\b`).test(line))).toEqual([]);
  });

  it('have their languages named in the README, each by its English name', () => {
    const names = new Intl.DisplayNames('en', { type: 'language' });
    const speaks = /^Cards, buttons and help are in .*$/m.exec(text('README.md'))?.[0] ?? '';
    expect(LANGUAGES.filter((language) => !speaks.includes(names.of(language) ?? language))).toEqual([]);
  });

  it('that .env.example shows can all be taken as they stand', () => {
    const whole = shown.filter(({ value }) => !value.endsWith('-'));
    expect(() => readConfig(Object.fromEntries(whole.map(({ name, value }) => [name, value])))).not.toThrow();
  });

  it('of the image, the unit and the compose file are not overridden by .env.example as copied', () => {
    const image = [...text('Dockerfile').matchAll(/\b([A-Z_]+)=\S+/g)].map(([, name = '']) => name);
    const unit = [...text('deploy/esim-usage-bot.service').matchAll(/^Environment=(.*)$/gm)]
      .flatMap(([, line = '']) => line.split(' '))
      .map((word) => word.split('=', 1).join());
    const compose = z
      .object({ services: z.object({ bot: z.object({ environment: z.record(z.string(), z.unknown()) }) }) })
      .parse(parse(text('compose.yaml'))).services.bot.environment;
    const theirs = [...image, ...unit, ...Object.keys(compose)];
    for (const name of ['STORE_URL', 'HOST']) expect(theirs).toContain(name);
    expect(shown.filter(({ name, isSet }) => isSet && theirs.includes(name))).toEqual([]);
  });
});

describe('the image', () => {
  it('runs the Node of .nvmrc in both stages, by one digest, and compiles nothing', () => {
    const version = text('.nvmrc').trim();
    const bases = [...text('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toHaveLength(2);
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(new RegExp(`^node:${version}\\.[\\d.]+-bookworm-slim@sha256:[0-9a-f]{64}$`));
    expect(text('Dockerfile')).not.toMatch(/apt-get|g\+\+|python/);
  });
});

describe('the commands beside the unit', () => {
  it('have its program, its account, its settings and its folder', () => {
    const unit = text('deploy/esim-usage-bot.service');
    const beside = text('deploy/esim-usage-bot');
    const [, program = ''] = /^ExecStart=(.*) start$/m.exec(unit) ?? [];
    expect(beside).toContain(`${program} "$@"`);
    for (const line of [
      'DynamicUser=yes',
      'StateDirectory=esim-usage-bot',
      'StateDirectoryMode=0700',
      'UMask=0077',
    ]) {
      expect(unit).toContain(`\n${line}\n`);
      expect(beside).toContain(`--property=${line} `);
    }
    expect(beside).toContain(/^EnvironmentFile=.*$/m.exec(unit)?.[0]);
    const [, settings = ''] = /^Environment=(.*)$/m.exec(unit) ?? [];
    for (const setting of settings.split(' ')) expect(beside).toContain(`--setenv=${setting}`);
  });
});

describe('the compose file', () => {
  it('publishes the port that webhooks and Slack over HTTP need, one for each instance', () => {
    const bot = z
      .object({
        services: z.object({
          bot: z.object({ ports: z.array(z.string()), deploy: z.object({ replicas: z.number() }) }),
        }),
      })
      .parse(parse(text('compose.yaml'))).services.bot;
    expect(bot).toMatchObject({ ports: ['127.0.0.1:3000-3001:3000'], deploy: { replicas: 2 } });
  });
});
