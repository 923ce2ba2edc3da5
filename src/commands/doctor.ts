import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createAiraloClient } from '../airalo/client.ts';
import { AiraloUnavailableError } from '../airalo/errors.ts';
import { systemClock } from '../clock.ts';
import { type AiraloSettings, type Config, type HttpApiSettings, readConfig } from '../config.ts';
import { howToRun } from '../how-to-run.ts';
import { createLog, type Log } from '../log.ts';
import { type Check, diagnose, exitCodeOf, type Finding, renderDiagnoses } from '../ops/doctor.ts';
import { checkPublicAddress } from '../ops/public-address.ts';
import { checkWebhooks } from '../ops/webhook-check.ts';
import { describeProxy, useProxy } from '../proxy.ts';
import { openStore } from '../storage/open.ts';
import type { Store } from '../storage/ports.ts';

/**
 * Below it neither Slack's signatures (five minutes) nor a promise is off by anything a person
 * notices.
 */
const SKEW_WORTH_TELLING_MS = 60_000;

/**
 * Checks every configured credential with a real call and names the remedy of what it finds; with `cards` also whether
 * Slack takes each card. Returns 0 without an error among the findings, else 1; `json` prints them as one list. Throws
 * `ConfigError` before anything is asked.
 */
export async function doctor({
  json,
  cards,
}: {
  readonly json: boolean;
  readonly cards: boolean;
}): Promise<number> {
  const config = readConfig(process.env);
  useProxy(config.proxy);
  const log = createLog('silent');
  const diagnoses = await diagnose([
    ...(await checksFor(config, log)),
    ...(cards ? [cardsCheck(config)] : []),
  ]);
  const text = json ? JSON.stringify(diagnoses, null, 2) : renderDiagnoses(diagnoses);
  process.stdout.write(`${text}\n`);
  return exitCodeOf(diagnoses);
}

/** Only what is configured; a platform's library is loaded with its check. */
async function checksFor(config: Config, log: Log): Promise<Check[]> {
  const { airalo, slack, discord, telegram, customerLookup, httpApi } = config;
  const checks: Check[] = [
    { name: 'Files', run: checkFiles },
    { name: 'Network', run: async () => [wayOut(config)] },
    { name: 'Store', run: () => checkStore(config, log) },
    {
      name: 'Airalo',
      run: airalo ? () => checkAiralo(airalo, log) : async () => [notSet('AIRALO_CLIENT_ID')],
    },
  ];
  if (airalo) checks.push({ name: 'Webhooks', run: () => checkAlerts(config, airalo, log) });
  if (slack) {
    const { checkSlack } = await import('../platforms/slack/check.ts');
    checks.push({ name: 'Slack', run: () => checkSlack(slack, config.http) });
  }
  if (discord) {
    const { checkDiscord } = await import('../platforms/discord/check.ts');
    checks.push({ name: 'Discord', run: () => checkDiscord(discord) });
  }
  if (telegram) {
    const { checkTelegram } = await import('../platforms/telegram/setup.ts');
    checks.push({ name: 'Telegram', run: () => checkTelegram(telegram) });
  }
  if (customerLookup) {
    const { checkCustomerLookup } = await import('../customers/check.ts');
    checks.push({ name: 'Customers', run: () => checkCustomerLookup(customerLookup, systemClock) });
  }
  if (httpApi) checks.push({ name: 'HTTP API', run: () => checkApi(config, httpApi, log) });
  const { publicUrl } = config;
  if (publicUrl !== undefined)
    checks.push({
      name: 'Public address',
      run: () =>
        checkPublicAddress(publicUrl, {
          slackPath: slack?.transport.kind === 'http' ? '/slack/events' : undefined,
          withApi: httpApi !== undefined,
        }),
    });
  if (!slack && !discord && !telegram && !httpApi)
    checks.push({ name: 'Platforms', run: async () => [noPlatform] });
  return checks;
}

function cardsCheck({ slack }: Config): Check {
  const none: Finding = {
    level: 'error',
    what: 'only Slack has a validator, and it is not configured',
    remedy: 'Set SLACK_BOT_TOKEN, or leave out --cards',
  };
  return {
    name: 'Cards',
    async run() {
      if (!slack) return [none];
      const { checkSlackCards } = await import('../platforms/slack/check-cards.ts');
      return checkSlackCards(slack, systemClock);
    },
  };
}

/** No check of its own: every other call goes this way. */
function wayOut({ proxy }: Config): Finding {
  const none = 'calls go out directly: neither HTTPS_PROXY nor HTTP_PROXY is set';
  return { level: 'ok', what: proxy ? describeProxy(proxy) : none };
}

/** A bot that nobody can ask is a fault of its settings, though each of them is in order. */
const noPlatform: Finding = {
  level: 'error',
  what: 'no platform is configured',
  remedy: `Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN, DISCORD_TOKEN, TELEGRAM_TOKEN or HTTP_API=on; without any account: ${howToRun('demo')}`,
};

function notSet(name: string): Finding {
  return {
    level: 'error',
    what: `${name} is not set`,
    remedy: 'Airalo Partner Platform, Developer, API credentials',
  };
}

/**
 * Asks for a token, which costs one of the three that Airalo grants a minute. Refused credentials
 * are thrown: `diagnose` tells them with their remedy.
 */
async function checkAiralo(settings: AiraloSettings, log: Log): Promise<Finding[]> {
  const client = createAiraloClient({ ...settings, clock: systemClock, log });
  try {
    const { clockSkewMs } = await client.checkAccess();
    const findings: Finding[] = [{ level: 'ok', what: `a token was issued by ${settings.baseUrl}` }];
    if (clockSkewMs !== undefined && Math.abs(clockSkewMs) > SKEW_WORTH_TELLING_MS)
      findings.push({
        level: 'warning',
        what: `this computer's clock and Airalo's differ by ${Math.round(clockSkewMs / 1000)} s`,
        remedy: 'Let the computer set its clock by the network (NTP)',
      });
    return findings;
  } catch (error) {
    // Told by `diagnose`, with the remedy that such an error carries.
    if (!(error instanceof AiraloUnavailableError)) throw error;
    if (error.retryAt !== undefined)
      return [
        {
          level: 'warning',
          what: 'not checked: Airalo asks to wait (429); that says nothing against the credentials',
          remedy: 'Ask the doctor again in a minute',
        },
      ];
    const remedy = 'Check the network (DNS, proxy, firewall), and AIRALO_BASE_URL where it is set';
    return [{ level: 'error', what: error.message, remedy }];
  } finally {
    await client.close();
  }
}

/** With a client of its own: the checks run side by side, and each closes what it has opened. */
async function checkAlerts(config: Config, settings: AiraloSettings, log: Log): Promise<Finding[]> {
  const client = createAiraloClient({ ...settings, clock: systemClock, log });
  try {
    return await checkWebhooks(config, client, systemClock);
  } finally {
    await client.close();
  }
}

/** The keys stand in the store. */
async function checkApi(config: Config, settings: HttpApiSettings, log: Log): Promise<Finding[]> {
  const { checkHttpApi } = await import('../api/check.ts');
  const { createApiKeys } = await import('../api/keys.ts');
  const { http, publicUrl } = config;
  const store = await visit(config, log);
  try {
    const keys = createApiKeys({ ...store, clock: systemClock });
    return await checkHttpApi({ settings, host: http.host, publicUrl, keys });
  } finally {
    await store.close();
  }
}

function visit({ storeUrl, storeKeys }: Config, log: Log): Promise<Store> {
  return openStore(storeUrl, { clock: systemClock, log, keys: storeKeys, visiting: true });
}

/** As a visitor beside a running bot: opens, tries a write, counts, and lets go. */
async function checkStore(config: Config, log: Log): Promise<Finding[]> {
  const store = await visit(config, log);
  try {
    const { ok, facts, warnings } = await store.health();
    const problems = warnings.map((warning): Finding => ({ level: ok ? 'warning' : 'error', ...warning }));
    if (!ok) return problems;
    const { pending, dead } = await store.outbox.depth();
    const found = ['writable', ...facts, `${pending} answers pending, ${dead} dead letters`];
    return [...found.map((what): Finding => ({ level: 'ok', what })), ...problems];
  } finally {
    await store.close();
  }
}

/** `.env` holds every secret: it must be neither in version control nor readable by others. */
async function checkFiles(): Promise<Finding[]> {
  const file = await stat('.env').catch(() => undefined);
  if (!file) return [{ level: 'ok', what: 'no .env file; the settings come from the environment' }];
  const findings: Finding[] = [];
  if (process.platform !== 'win32' && (file.mode & 0o077) !== 0)
    findings.push({ level: 'warning', what: '.env can be read by other accounts', remedy: 'chmod 600 .env' });
  // Without git, or outside of a repository, it fails in the same way as for a file that is not
  // tracked.
  const tracked = await promisify(execFile)('git', ['ls-files', '--error-unmatch', '.env']).then(
    () => true,
    () => false,
  );
  if (tracked)
    findings.push({
      level: 'error',
      what: '.env is tracked by git',
      remedy: 'git rm --cached .env, commit, and replace every secret in it: the history keeps the old ones',
    });
  return findings.length > 0
    ? findings
    : [{ level: 'ok', what: '.env is private and not in version control' }];
}
