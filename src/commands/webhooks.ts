import { createAiraloClient } from '../airalo/client.ts';
import { AiraloError, DeclinedError } from '../airalo/errors.ts';
import {
  createNotificationSettings,
  NOTIFICATION_TYPES,
  type NotificationSettings,
  type Simulation,
} from '../airalo/notifications.ts';
import { WEBHOOK_PATH } from '../airalo/webhook-events.ts';
import { systemClock } from '../clock.ts';
import { type Config, requireAiralo } from '../config.ts';
import { findIccids } from '../domain/iccid.ts';
import { howToRun } from '../how-to-run.ts';
import { createLog } from '../log.ts';
import { EXIT } from './exit-codes.ts';

/** Names that only Airalo's simulator knows (its docs); a delivered alert has other words. */
const LOW_DATA = ['data_75', 'data_90', 'expire_3', 'expire_1'];
/** All of them, for the line that says what there is. */
const EVENTS = 'data_75, data_90, expire_3, expire_1, credit_50, credit_70, credit_80, credit_90';
const CREDIT = /^credit_(50|70|80|90)$/;

/** Has Airalo deliver its alerts to the bot at `given`, or at PUBLIC_URL. */
export function optIn(given: string | undefined): Promise<number> {
  return withSettings((settings, config) => optInTo(settings, given ?? config.publicUrl));
}

/** Airalo delivers nothing more. */
export function optOut(): Promise<number> {
  return withSettings(optOutOfAll);
}

/** What Airalo says is set, and where the bot shows it. */
export function status(): Promise<number> {
  return withSettings(showStatus);
}

/** Has Airalo send a made-up alert: `data_75`, `expire_3`, `credit_50` and so on. */
export function simulate(what: string, about: SimulationTarget): Promise<number> {
  return withSettings((settings) => simulateOne(settings, what, about));
}

/** Which eSIM a made-up alert is about, and where it goes, if not to the address that is opted in. */
interface SimulationTarget {
  readonly iccid?: string;
  readonly url?: string;
}

/** `EXIT.refused` with Airalo's words where Airalo refuses or cannot be reached. */
async function withSettings(
  work: (settings: NotificationSettings, config: Config) => Promise<number>,
): Promise<number> {
  const config = requireAiralo(process.env);
  const log = createLog(!process.env.LOG_LEVEL ? 'error' : config.logLevel);
  const client = createAiraloClient({ ...config.airalo, clock: systemClock, log });
  try {
    return await work(createNotificationSettings(client, systemClock), config);
  } catch (error) {
    if (!(error instanceof AiraloError)) throw error;
    process.stderr.write(`${reasonOf(error)}\n`);
    return EXIT.refused;
  } finally {
    await client.close();
  }
}

/** Airalo asks the address by HEAD before it takes it: the bot must run (Airalo's docs). */
async function optInTo(settings: NotificationSettings, given: string | undefined): Promise<number> {
  if (given === undefined) return misused('Name the public address of the bot, or set PUBLIC_URL');
  const url = webhookUrl(given);
  if (url === undefined)
    return misused(`${given} is no public https address: Airalo delivers to nothing else`);
  for (const type of NOTIFICATION_TYPES) {
    await settings.optIn(type, url);
    say(`Airalo now delivers ${type} to ${url}`);
  }
  say(
    `Nothing is delivered while the account is in sandbox mode. To see one: ${howToRun('webhooks simulate')}`,
  );
  return EXIT.done;
}

async function optOutOfAll(settings: NotificationSettings): Promise<number> {
  for (const type of NOTIFICATION_TYPES) {
    await settings.optOut(type);
    say(`Airalo delivers no more ${type}`);
  }
  return EXIT.done;
}

/**
 * What Airalo delivers, then whether the bot has a channel to show it in: one without the other is
 * of no use.
 */
async function showStatus(
  settings: NotificationSettings,
  { slack, discord, telegram }: Config,
): Promise<number> {
  const current = await settings.current();
  if (current) {
    const levels = current.levels.length > 0 ? `, at ${current.levels.join(', ')} %` : '';
    say(`Airalo delivers ${current.type} to ${current.contactPoint}${levels}`);
    say('(Airalo names one of the notifications, however many are set.)');
  } else
    say(`Airalo names no notification: nothing is opted in. To do so: ${howToRun('webhooks opt-in <URL>')}`);
  const channels = [
    ...(slack?.alertChannel === undefined ? [] : [`Slack ${slack.alertChannel}`]),
    ...(discord?.alertChannel === undefined ? [] : [`Discord ${discord.alertChannel}`]),
    ...(telegram?.alertChannel === undefined ? [] : [`Telegram ${telegram.alertChannel}`]),
  ];
  say(
    channels.length > 0
      ? `The bot shows alerts in ${channels.join(' and ')}`
      : 'No alert channel is set: SLACK_ALERT_CHANNEL, DISCORD_ALERT_CHANNEL, TELEGRAM_ALERT_CHANNEL',
  );
  return EXIT.done;
}

/** Airalo answers once the address has taken the alert, and with 400 when it has not. */
async function simulateOne(
  settings: NotificationSettings,
  what: string,
  { iccid, url }: SimulationTarget,
): Promise<number> {
  const level = CREDIT.exec(what)?.[1];
  if (level === undefined && !LOW_DATA.includes(what))
    return misused(`There is no event ${what}: it is one of ${EVENTS}`);
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
    ? `${howToRun('webhooks opt-in <URL>')}, or name the address with --url`
    : `The bot must be running, and its address must answer HEAD and POST ${WEBHOOK_PATH} from the internet`;
  return `Airalo refuses: ${error.detail || `status ${error.status}`}\nRemedy: ${remedy}`;
}

/** Nothing was asked of Airalo. */
function misused(why: string): number {
  process.stderr.write(`${why}\n`);
  return EXIT.badInput;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
