import type { AiraloClient } from '../airalo/client.ts';
import { AiraloError } from '../airalo/errors.ts';
import { createNotificationSettings, NOTIFICATION_TYPES } from '../airalo/notifications.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { howToRun } from '../how-to-run.ts';
import type { Finding } from './doctor.ts';

/**
 * Whether Airalo's alerts have a way from Airalo to a channel, or neither end of one. Empty where
 * Airalo cannot be asked. Throws nothing that is Airalo's; asks once and changes nothing.
 */
export async function checkWebhooks(
  { slack, discord, telegram, publicUrl }: Pick<Config, 'slack' | 'discord' | 'telegram' | 'publicUrl'>,
  client: Pick<AiraloClient, 'send'>,
  clock: Clock,
): Promise<Finding[]> {
  const shown = [slack, discord, telegram].some((platform) => platform?.alertChannel !== undefined);
  const current = await createNotificationSettings(client, clock).current().catch(refused);
  // What is wrong with Airalo is said by the check of Airalo.
  if (current === 'refused') return [];
  const known: readonly string[] = NOTIFICATION_TYPES;
  const wanted = current && known.includes(current.type) ? current : undefined;
  if (!wanted && !shown) return [{ level: 'ok', what: 'not used: no alert channel, nothing opted in' }];
  if (!wanted)
    return [
      {
        level: 'warning',
        what: 'an alert channel is set, and Airalo names no webhook for alerts',
        remedy: howToRun('webhooks opt-in https://<public address of the bot>'),
      },
    ];
  if (!shown)
    return [
      {
        level: 'warning',
        what: `Airalo delivers ${wanted.type}, and no alert channel is set`,
        remedy: `Set SLACK_ALERT_CHANNEL, DISCORD_ALERT_CHANNEL or TELEGRAM_ALERT_CHANNEL, or: ${howToRun('webhooks opt-out')}`,
      },
    ];
  if (publicUrl !== undefined && !wanted.contactPoint.startsWith(publicUrl.replace(/\/+$/, '')))
    return [
      {
        level: 'warning',
        what: `Airalo delivers to ${wanted.contactPoint}, not to PUBLIC_URL`,
        remedy: `${howToRun('webhooks opt-in')}, or correct PUBLIC_URL`,
      },
    ];
  return [{ level: 'ok', what: `Airalo delivers ${wanted.type} to ${wanted.contactPoint}` }];
}

function refused(error: unknown): 'refused' {
  if (error instanceof AiraloError) return 'refused';
  throw error;
}
