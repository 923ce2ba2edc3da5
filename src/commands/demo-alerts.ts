import type { Notifications } from '../airalo/simulator/notifications.ts';
import { ICCID_EXAMPLE } from '../domain/iccid.ts';

/** Airalo's warnings, one at a time. */
export interface DemoAlerts {
  /** The next one, delivered as Airalo would. */
  fire(): Promise<void>;
}

/** The eSIM that the demo's list begins with, under the package its other answers name. */
const SAKURA = { package_name: 'sakura-mobile-15days-5gb', iccid: ICCID_EXAMPLE };
/** In their order; after the last the first again, which changes the message that stands. */
const ALERTS = [
  { ...SAKURA, level: '75%', remaining_percentage: 25 },
  { ...SAKURA, level: '90%', remaining_percentage: 10 },
  {
    iccid: '8910000000001000035',
    package_name: 'eurolink-30days-10gb-100mins-50sms',
    level: '3 days',
    remaining_percentage: 80,
  },
] as const;

/**
 * `webhook`: the bot's own, asked for when an alert is sent. Delivered over a real socket, signed
 * as Airalo signs it; what the bot answers is not looked at.
 */
export function createDemoAlerts(
  notifications: Pick<Notifications, 'push'>,
  webhook: () => string,
): DemoAlerts {
  let sent = 0;
  return {
    async fire() {
      const alert = ALERTS[sent++ % ALERTS.length] ?? ALERTS[0];
      await notifications.push(alert, webhook());
    },
  };
}
