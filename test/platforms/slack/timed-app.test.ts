import type { ReceiverEvent } from '@slack/bolt';
import { expect, it } from 'vitest';
import { TimedApp } from '../../../src/platforms/slack/timed-app.ts';
import { captureLog } from '../../support/log-capture.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** Bolt's own app, whose receiver hands on what a test hands it. */
function openApp() {
  const clock = new ManualClock();
  const told: string[] = [];
  const options = {
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'BBOT', botUserId: 'UBOT' }),
    receiver: { init: () => undefined, start: async () => undefined, stop: async () => undefined },
  };
  const app = new TimedApp(options, clock, (outcome) => told.push(outcome), captureLog().log);
  const commandOf = (name: string): ReceiverEvent => ({
    body: { command: name, text: '', team_id: 'T1', user_id: 'U1', channel_id: 'C1' },
    ack: async () => undefined,
  });
  return { app, clock, told, handle: (name: string) => app.processEvent(commandOf(name)) };
}

it('answers wait until all that Slack has handed over is acknowledged', async () => {
  const { app, told, handle } = openApp();
  const order: string[] = [];
  let acknowledgeSlow: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    acknowledgeSlow = resolve;
  });
  app.command('/slow', async ({ ack }) => {
    await held;
    order.push('slow acknowledged');
    await ack();
  });
  app.command('/quick', async ({ ack }) => {
    await ack();
    const answered = app.afterAcknowledgements().then(() => order.push('quick answered'));
    order.push('quick acknowledged');
    acknowledgeSlow();
    await answered;
  });
  await Promise.all([handle('/slow'), handle('/quick')]);
  expect(order).toEqual(['quick acknowledged', 'slow acknowledged', 'quick answered']);
  expect(told).toEqual(['sent', 'sent']);
});

it('what no listener wants holds nobody back', async () => {
  const { app, handle } = openApp();
  await handle('/nobody');
  await expect(app.afterAcknowledgements()).resolves.toBeUndefined();
});
