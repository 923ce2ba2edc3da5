import { expect, it } from 'vitest';
import { lowData, postWebhook } from '../support/airalo-webhooks.ts';
import { startBot } from '../support/bot.ts';

it('an alert that no channel can show is taken, told in the log, and not kept', async () => {
  const bot = await startBot({ serveHttp: true });
  try {
    expect(await postWebhook(bot.httpUrl, lowData('75%'))).toBe(200);
    expect(bot.log.lines('no alert channel is set')).toHaveLength(1);
    expect(await bot.app.store.outbox.depth()).toMatchObject({ pending: 0, active: 0, dead: 0 });
  } finally {
    await bot.stop();
  }
});
