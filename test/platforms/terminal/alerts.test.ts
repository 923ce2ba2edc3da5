import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createTerminalPlatform } from '../../../src/platforms/terminal/terminal.ts';
import { ESIM, lowData, postWebhook } from '../../support/airalo-webhooks.ts';
import { startBot } from '../../support/bot.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';

it('the terminal shows an alert as a card, and a later one as a line', async () => {
  const clock = new ManualClock();
  const screen = new PassThrough();
  let written = '';
  screen.on('data', (chunk: Buffer) => {
    written += chunk.toString();
  });
  const text = { colour: false, width: 80, locale: 'en', timeZone: 'UTC' };
  const bot = await startBot({
    clock,
    serveHttp: true,
    morePlatforms: (parts) => [
      createTerminalPlatform(parts, { input: new PassThrough(), output: screen, interactive: false, text }),
    ],
  });
  try {
    expect(await postWebhook(bot.httpUrl, lowData('75%'))).toBe(200);
    await until('the card', () => /┌ .*eSIM\u00a0…0019: 25% of the data left/.test(written));
    expect(await postWebhook(bot.httpUrl, lowData('1days'))).toBe(200);
    await until('the line', () => /2:00 PM UTC: ends in 1 day\./.test(written));
    expect(written).not.toContain(ESIM);
    expect(written.match(/┌/g)).toHaveLength(1);
  } finally {
    await bot.stop();
  }
});
