import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createProgram } from '../../src/commands/command-line.ts';
import { SETTING_NAMES } from '../../src/config/environment.ts';
import { documentCommands, unmarkedBlocks } from '../support/document-commands.ts';

const ROOT = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');
const { name, scripts, repository } = z
  .object({
    name: z.string(),
    scripts: z.record(z.string(), z.string()),
    repository: z.object({ url: z.string() }),
  })
  .parse(JSON.parse(text('package.json')));
const { services } = z
  .object({ services: z.record(z.string(), z.object({ ports: z.array(z.string()).default([]) })) })
  .parse(parse(text('compose.yaml')));

const isThere = (path: string | undefined) => path !== undefined && existsSync(new URL(path, ROOT));
type Problem = string | undefined;

/** Each word against the real command line: commands, options, how many arguments. Undefined when it could be typed. */
function problemOfOurs(words: readonly string[]): Problem {
  let command = createProgram(async () => undefined);
  const rest = [...words];
  for (;;) {
    const next = command.commands.find((each) => each.name() === rest[0]);
    if (!next) break;
    command = next;
    rest.shift();
  }
  if (rest.length === 1 && ['--help', '--version', '<command>'].includes(rest[0] ?? '')) return undefined;
  const args: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('--')) {
      args.push(word);
      continue;
    }
    const option = command.options.find(({ long }) => long === word);
    if (!option) return `${command.name()} has no option ${word}`;
    if (option.required && rest.shift() === undefined) return `${word} wants a value`;
  }
  const takes = command.registeredArguments;
  if (command.commands.length > 0) return `${command.name()} has no command ${args[0] ?? ''}`;
  if (args.length > takes.length && takes.at(-1)?.variadic !== true) return `too much: ${args.join(' ')}`;
  // In running text a command is named without what it is about.
  return undefined;
}

function problemOfNpm([verb = '', ...rest]: readonly string[]): Problem {
  if (['ci', 'audit'].includes(verb) || (verb === 'install' && rest[0] === '-g')) return undefined;
  const script = verb === 'run' ? rest.filter((word) => !word.startsWith('--silent'))[0] : verb;
  if (verb === 'run' && script === undefined) return undefined;
  const line = scripts[script ?? ''];
  if (line === undefined) return `there is no script ${script}`;
  const ours = / dist\/main\.js (\S+)$/.exec(line)?.[1];
  if (ours === undefined) return undefined;
  const behind = rest.indexOf('--');
  return problemOfOurs([ours, ...(behind < 0 ? [] : rest.slice(behind + 1))]);
}

function problemOfDocker(words: readonly string[]): Problem {
  const [verb = ''] = words;
  // `exec <service> esim-usage-bot <command>`.
  if (verb === 'compose' && words[1] === 'exec')
    return services[words[2] ?? ''] ? problemOfOurs(words.slice(4)) : `no service ${words[2]}`;
  if (verb === 'compose') {
    const unknown = words.slice(2).filter((word) => !word.startsWith('--') && services[word] === undefined);
    return unknown.length > 0 ? `no service ${unknown.join()}` : undefined;
  }
  if (verb === 'build') return isThere('Dockerfile') ? undefined : 'no Dockerfile';
  if (verb === 'cp') return undefined;
  if (verb === 'exec') return problemOfOurs(words.slice(words.indexOf(name) + 1));
  if (verb === 'run') return words.includes('--env-file') ? undefined : 'no settings';
  const [, service] = new RegExp(`^${name}-(\\w+)-\\d$`).exec(words.at(-1) ?? '') ?? [];
  return services[service ?? ''] ? undefined : `no container ${words.at(-1)}`;
}

function problemOfCurl(words: readonly string[]): Problem {
  const url = new URL(words.at(-1) ?? '');
  // Those of the API are run as they stand in test/api/document-curls.test.ts.
  const ofTheApi = url.pathname.startsWith('/v1/');
  const served = ofTheApi || text('src/ops/status-routes.ts').includes(`'${url.pathname}'`);
  const published = Object.values(services).flatMap(({ ports }) => ports);
  const known = published.some((ports) => ports.includes(url.port));
  return served && known ? undefined : `${url.pathname} on ${url.port}`;
}

/** Of the Model Context Protocol: no dependency of ours, and tried by hand. */
const INSPECTOR = '@modelcontextprotocol/inspector';

/** It is given an address or a command, and may name a tool. */
function problemOfInspector(words: readonly string[]): Problem {
  const [target = ''] = words;
  const tool = words[words.indexOf('--tool-name') + 1];
  if (words.includes('--tool-name') && !text('src/api/mcp/server.ts').includes(`'${tool}'`))
    return `no tool ${tool}`;
  if (target === name) return problemOfOurs(words.slice(1, words.indexOf('--method')));
  return new URL(target).pathname === '/mcp' ? undefined : `no ${target}`;
}

function problemOf([program = '', ...words]: readonly string[]): Problem {
  switch (program) {
    case name:
      return problemOfOurs(words);
    case 'npm':
      return problemOfNpm(words);
    case 'npx':
      if (words[0] === name) return problemOfOurs(words.slice(1));
      if (words[0] === INSPECTOR) return problemOfInspector(words.slice(2));
      return ['vitest', 'tsx'].includes(words[0] ?? '') && isThere(words.at(-1)) ? undefined : 'not there';
    case 'docker':
      return problemOfDocker(words);
    case 'curl':
      return problemOfCurl(words);
    case 'slack':
      // Its hooks are run in test/e2e/slack-cli.test.ts.
      return isThere('.slack/hooks.json') ? undefined : 'no hooks';
    case 'git':
      return words[0] !== 'clone' || repository.url === `git+${words[1]}` ? undefined : 'another repository';
    case 'cd':
      return words[0] === name ? undefined : 'another folder';
    case 'node':
    case 'cp':
      return isThere(words[0]) ? undefined : `no ${words[0]}`;
    case 'promtool':
      return isThere(words.at(-1)) ? undefined : `no ${words.at(-1)}`;
    case 'systemctl':
    case 'journalctl':
      return isThere(`deploy/${words.at(-1)}.service`) ? undefined : `no unit ${words.at(-1)}`;
    // The system's own: nothing of the project stands in it.
    case 'chmod':
    case 'kill':
    case 'openssl':
      return undefined;
    default:
      return `nobody here knows ${program}`;
  }
}

describe('the commands of README and docs', () => {
  const commands = documentCommands();

  it('are found', () => {
    expect(commands.length).toBeGreaterThan(80);
    expect(unmarkedBlocks()).toEqual([]);
  });

  it('can be typed as they stand: commands, options, scripts, files, services and addresses are there', () => {
    const problems = commands.flatMap(({ at, words, settings }) => {
      const names = Object.keys(settings).filter((each) => each !== 'LANG' && !SETTING_NAMES.includes(each));
      const problem = names.length > 0 ? `no setting ${names.join()}` : problemOf(words);
      return problem === undefined ? [] : [`${at} ${words.join(' ')}: ${problem}`];
    });
    expect(problems).toEqual([]);
  });

  it('name every command of the program in the README', () => {
    const typed = commands.filter(({ at, words }) => at.startsWith('README') && words[0] === name);
    const program = createProgram(async () => undefined);
    const missing = program.commands
      .map((command) => command.name())
      .filter((command) => !typed.some(({ words }) => words[1] === command));
    expect(missing).toEqual([]);
  });

  it('can each be typed as npm run in a clone, which a remedy there names', () => {
    const program = createProgram(async () => undefined);
    const forwarded = Object.values(scripts).flatMap(
      (line) => /^node build\.mjs && node dist\/main\.js (\S+)$/.exec(line)?.[1] ?? [],
    );
    expect(forwarded.toSorted()).toEqual(program.commands.map((command) => command.name()).toSorted());
    for (const command of forwarded) expect(scripts[command]).toContain(command);
  });
});
