import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { isOk, refusalOf } from './answers.ts';
import type { AiraloClient } from './client.ts';
import type { Answer } from './exchange.ts';

/** What the bot shows alerts about, by Airalo's names. */
export const NOTIFICATION_TYPES = ['webhook_low_data', 'webhook_credit_limit'] as const;
/** See `NOTIFICATION_TYPES`. */
type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** What Airalo says somebody is opted in to. Foreign text. */
interface OptedIn {
  readonly type: string;
  readonly contactPoint: string;
  readonly levels: readonly number[];
}

/** An event that Airalo's own simulator is asked to send. */
export interface Simulation {
  readonly event: 'low_data_notification' | 'credit_limit_notification';
  /** Of a low-data event. */
  readonly type?: string;
  /** Of a credit event, percent. */
  readonly level?: number;
  readonly iccid?: string;
  /** Delivers there, whoever is opted in. */
  readonly webhookUrl?: string;
}

/** Airalo's webhook settings. Every call throws an `AiraloError` of `errors.ts` when it does not succeed. */
export interface NotificationSettings {
  /** Airalo asks the address by HEAD first. */
  optIn(type: NotificationType, webhookUrl: string): Promise<void>;
  optOut(type: NotificationType): Promise<void>;
  /** Airalo names one, however many are set, and there is no way to ask for another. Undefined: none. */
  current(): Promise<OptedIn | undefined>;
  simulate(simulation: Simulation): Promise<void>;
}

/** All that Airalo warns at. */
const CREDIT_LEVELS = [50, 70, 80, 90];
const NOT_FOUND = 404;

/** Printed in a terminal. */
const printable = z.string().transform((text) => text.replace(/[^\x20-\x7e]/g, ''));
const notification = z
  .object({
    type: printable,
    contact_point: printable.catch(''),
    levels: z.array(z.coerce.number()).catch([]),
  })
  .transform(({ type, contact_point: contactPoint, levels }): OptedIn => ({ type, contactPoint, levels }));
const current = z.object({ data: z.object({ notification }) });

/** `POST` and `GET /v2/notifications/…`, `POST /v2/simulator/webhook`, by the bot's own client. */
export function createNotificationSettings(
  client: Pick<AiraloClient, 'send'>,
  clock: Clock,
): NotificationSettings {
  async function post(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    const answer = await client.send({ method: 'POST', path, headers, body: JSON.stringify(body) });
    if (!isOk(answer)) throw refusalOf(answer, clock.now());
    return answer;
  }

  return {
    async optIn(type, webhookUrl) {
      const levels = type === 'webhook_credit_limit' ? { levels: CREDIT_LEVELS } : {};
      await post('/v2/notifications/opt-in', { type, webhook_url: webhookUrl, ...levels });
    },
    async optOut(type) {
      await post('/v2/notifications/opt-out', { type });
    },
    async current() {
      const answer = await client.send({ method: 'GET', path: '/v2/notifications/opt-in', headers: {} });
      if (answer.status === NOT_FOUND) return undefined;
      if (!isOk(answer)) throw refusalOf(answer, clock.now());
      return current.safeParse(json(answer.text)).data?.data.notification;
    },
    async simulate({ event, type, level, iccid, webhookUrl }) {
      const to = webhookUrl === undefined ? {} : { webhook_url: webhookUrl };
      await post('/v2/simulator/webhook', { event, type, level, iccid, ...to });
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
