import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { cancel, confirm, intro, log, outro, password, spinner, text } from '@clack/prompts';
import { proxyVariables } from '../config/proxy-settings.ts';
import { ConfigError, readConfig } from '../config.ts';
import { howToRun } from '../how-to-run.ts';
import { diagnose, type Finding } from '../ops/doctor.ts';
import { useProxy } from '../proxy.ts';
import { EXIT } from './exit-codes.ts';
import { checkFor, PARTS, type Part } from './init-parts.ts';

/** In the working directory, where `start` looks for it. */
const FILE = '.env';
/** As `.env` holds them: a name, and its value as the bot reads it. */
type Settings = Record<string, string>;

/** The person has pressed Ctrl-C: nothing is written. */
class Left extends Error {
  override readonly name = 'Left';
  readonly code = 'LEFT';
}

/**
 * Asks for the credentials one by one, says where each is found, tries each part with its real call, and writes `.env`, readable by this
 * account alone. What stands in an `.env` already is kept where return is pressed. `EXIT.interrupted` on Ctrl-C, with nothing written.
 */
export async function init(): Promise<number> {
  const settings: Settings = existsSync(FILE) ? known(parseEnv(readFileSync(FILE, 'utf8'))) : {};
  intro('esim-usage-bot: from nothing to the first card');
  try {
    for (const part of PARTS) if (await isWanted(part, settings)) await enter(part, settings);
    // Never replaced: what an earlier one has sealed opens with no other.
    settings.STORE_KEY ??= randomBytes(32).toString('base64');
    log.info(
      'STORE_KEY: seals what is kept. One has been made where there was none; keep it with your backups.',
    );
    await write(settings);
  } catch (error) {
    if (!(error instanceof Left)) throw error;
    cancel('Nothing was written.');
    return EXIT.interrupted;
  } finally {
    // A pipe that is still open on the other side would keep the process.
    process.stdin.destroy();
  }
  outro(`${FILE} is written. Next: ${howToRun('doctor')}, then ${howToRun('start')}`);
  return EXIT.done;
}

/** Return takes the likelier answer: yes where something of it is set already. */
async function isWanted({ name, optional, settings: asked }: Part, settings: Settings): Promise<boolean> {
  if (!optional) return true;
  const initialValue = asked.some((setting) => settings[setting.name] !== undefined);
  return answered<boolean>(await confirm({ message: `Use ${name}?`, initialValue }));
}

/** Until the real call is content, or the person goes on all the same. */
async function enter(part: Part, settings: Settings): Promise<void> {
  for (;;) {
    for (const setting of part.settings) await ask(setting, settings);
    const findings = await tryOut(part, settings);
    for (const { level, what, remedy } of findings) {
      const line = remedy === undefined ? what : `${what}\n→ ${remedy}`;
      log[level === 'ok' ? 'success' : level === 'warning' ? 'warn' : 'error'](line);
    }
    if (!findings.some(({ level }) => level === 'error')) return;
    if (!answered<boolean>(await confirm({ message: `Enter ${part.name} again?` }))) return;
  }
}

/** Blanks around what was pasted are dropped. Nothing typed leaves what was there. */
async function ask({ name, where, secret }: Part['settings'][number], settings: Settings): Promise<void> {
  const before = settings[name];
  const message = `${name}\n${where}${before === undefined ? '' : '\nReturn keeps what is set.'}`;
  const given =
    answered<string | undefined>(await (secret ? password({ message }) : text({ message }))) ?? '';
  if (given.trim() !== '') settings[name] = given.trim();
}

/** What is not yet written down is tried: settings that do not parse are findings as well. */
async function tryOut(part: Part, settings: Settings): Promise<readonly Finding[]> {
  const trying = spinner();
  trying.start(`Asking ${part.name}`);
  try {
    const config = readConfig({ ...proxyVariables(process.env), ...settings });
    useProxy(config.proxy);
    return await diagnose([{ name: part.name, run: () => checkFor(part, config) }]);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ level: 'error', what: error.message }];
  } finally {
    trying.stop(part.name);
  }
}

/** Beside the file first, then in its place: a full disk leaves the old one whole. */
async function write(settings: Settings): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  const header = '# Every setting and its meaning: .env.example. Keep this file out of version control.';
  const fresh = `${FILE}.new`;
  await writeFile(fresh, `${[header, ...lines].join('\n')}\n`, { mode: 0o600 });
  await rename(fresh, FILE);
}

/** A space or a hash would end the value. */
function quoted(value: string): string {
  if (!/[\s#'"]/.test(value)) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}

/** Empty settings, as `.env.example` has them, count as not set. */
function known(values: NodeJS.Dict<string>): Settings {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** The prompts return a symbol for Ctrl-C. */
function answered<T extends string | boolean | undefined>(value: T | symbol): T {
  if (typeof value === 'symbol') throw new Left();
  return value;
}
