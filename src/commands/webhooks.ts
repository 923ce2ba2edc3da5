import { parseArgs } from 'node:util';
import { createAiraloClient } from '../airalo/client.ts';
import { AiraloError, DeclinedError } from '../airalo/errors.ts';
import {
  createNotificationSettings,
  NOTIFICATION_TYPES,
  type NotificationSettings,
  type Simulation,
} from '../airalo/notifications.ts';
import { systemClock } from '../clock.ts';
import { type Config, requireAiralo } from '../config.ts';
import { findIccids } from '../domain/iccid.ts';
import { WEBHOOK_PATH } from '../ops/airalo-webhooks.ts';
import { createLog } from '../ops/log.ts';

const USAGE = `webhooks opt-in [https://bot.example.com]   have Airalo deliver low-data and credit alerts there (default: PUBLIC_URL)
webhooks opt-out                            no more
webhooks status                             what Airalo says is set
webhooks simulate [data_75|data_90|expire_3|expire_1|credit_50|credit_70|credit_80|credit_90]
                  [--iccid <ICCID>] [--url <address>]   have Airalo send a made-up alert; --url needs no opt-in
`;
const LOW_DATA = ['data_75', 'data_90', 'expire_3', 'expire_1'];
const CREDIT = /^credit_(50|70|80|90)$/;
const EXIT = { done: 0, badInput: 2, refused: 4 } as const;

/** Airalo's webhooks, set up and tried out. Exit codes: 0 done, 2 bad input, 4 refused by Airalo or unreachable. */
export async function webhooks(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { iccid: { type: 'string' }, url: { type: 'string' } },
    allowPositionals: true,
  });
  const [verb = '', argument] = positionals;
  const config = requireAiralo(process.env);
  const log = createLog(process.env.LOG_LEVEL === undefined ? 'error' : config.logLevel);
  const client = createAiraloClient({ ...config.airalo, clock: systemClock, log });
  const settings = createNotificationSettings(client, systemClock);
  try {
    switch (verb) {
      case 'opt-in':
        return await optIn(settings, argument ?? config.publicUrl);
      case 'opt-out':
        return await optOut(settings);
      case 'status':
        return await status(settings, config);
      case 'simulate':
        return await simulate(settings, argument ?? 'data_75', values);
      default:
        return misused();
    }
  } catch (error) {
    if (!(error instanceof AiraloError)) throw error;
    process.stderr.write(`${reasonOf(error)}\n`);
    return EXIT.refused;
  } finally {
    await client.close();
  }
}

async function optIn(settings: NotificationSettings, given: string | undefined): Promise<number> {
  if (given === undefined) return misused('Name the public address of the bot, or set PUBLIC_URL');
  const url = webhookUrl(given);
  if (url === undefined)
    return misused(`${given} is no public https address: Airalo delivers to nothing else`);
  for (const type of NOTIFICATION_TYPES) {
    await settings.optIn(type, url);
    say(`Airalo now delivers ${type} to ${url}`);
  }
  say('Nothing is delivered while the account is in sandbox mode. To see one: npm run webhooks -- simulate');
  return EXIT.done;
}

async function optOut(settings: NotificationSettings): Promise<number> {
  for (const type of NOTIFICATION_TYPES) {
    await settings.optOut(type);
    say(`Airalo delivers no more ${type}`);
  }
  return EXIT.done;
}

async function status(settings: NotificationSettings, { slack, discord }: Config): Promise<number> {
  const current = await settings.current();
  if (current) {
    const levels = current.levels.length > 0 ? `, at ${current.levels.join(', ')} %` : '';
    say(`Airalo delivers ${current.type} to ${current.contactPoint}${levels}`);
    say('(Airalo names one of the notifications, however many are set.)');
  } else say('Airalo names no notification: nothing is opted in. To do so: npm run webhooks -- opt-in <URL>');
  const channels = [
    ...(slack?.alertChannel === undefined ? [] : [`Slack ${slack.alertChannel}`]),
    ...(discord?.alertChannel === undefined ? [] : [`Discord ${discord.alertChannel}`]),
  ];
  say(
    channels.length > 0
      ? `The bot shows alerts in ${channels.join(' and ')}`
      : 'No alert channel is set: SLACK_ALERT_CHANNEL, DISCORD_ALERT_CHANNEL',
  );
  return EXIT.done;
}

async function simulate(
  settings: NotificationSettings,
  what: string,
  { iccid, url }: { readonly iccid?: string | undefined; readonly url?: string | undefined },
): Promise<number> {
  const level = CREDIT.exec(what)?.[1];
  if (level === undefined && !LOW_DATA.includes(what)) return misused(`There is no event ${what}`);
  const [esim] = findIccids(iccid ?? '');
  if (iccid !== undefined && esim === undefined) return misused('That is no ICCID');
  const to = url === undefined ? undefined : webhookUrl(url);
  if (url !== undefined && to === undefined) return misused(`${url} is no public https address`);
  const event: Simulation =
    level === undefined
      ? { event: 'low_data_notification', type: what }
      : { event: 'credit_limit_notification', level: Number(level) };
  await settings.simulate({
    ...event,
    ...(esim === undefined ? {} : { iccid: esim }),
    ...(to === undefined ? {} : { webhookUrl: to }),
  });
  say(`Airalo has sent ${what}. The bot took it; the alert channel shows it now.`);
  return EXIT.done;
}

/** The whole address: a bare host gets the bot's path. Plain http only on this computer, for a simulated Airalo. */
function webhookUrl(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined;
  const url = new URL(given);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return undefined;
  if (url.pathname === '/') url.pathname = WEBHOOK_PATH;
  return url.href;
}

/** Airalo's words with what to do about them. */
function reasonOf(error: AiraloError): string {
  if (!(error instanceof DeclinedError))
    return 'remedy' in error ? `${error.message}\nRemedy: ${String(error.remedy)}` : error.message;
  const remedy = /not opted in|not configured/i.test(error.detail)
    ? 'npm run webhooks -- opt-in <URL>, or name the address with --url'
    : `The bot must be running, and its address must answer HEAD and POST ${WEBHOOK_PATH} from the internet`;
  return `Airalo refuses: ${error.detail || `status ${error.status}`}\nRemedy: ${remedy}`;
}

function misused(why?: string): number {
  process.stderr.write(why === undefined ? USAGE : `${why}\n\n${USAGE}`);
  return EXIT.badInput;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
