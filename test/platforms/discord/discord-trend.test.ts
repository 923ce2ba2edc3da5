import { afterEach, beforeEach, expect, it } from 'vitest';
import { TREND_SIZE } from '../../../src/pictures/trend-svg.ts';
import { pixelsOf } from '../../support/picture.ts';
import { DAY_MS, keepReadings } from '../../support/usage-series.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, VOICE } from './discord-bot.ts';

let it_: DiscordBot;
const usage = (text: string) => it_.discord.people.usage({ by: it_.anna, in: it_.channel, iccid: text });
const world = () => it_.discord.world;

beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(world().violations).toEqual([]);
  await it_.close();
});

/** Four days of 300 MB each before what Airalo will say now. */
const keep = () => keepReadings(it_.bot.app.store.history, ACTIVE, it_.clock.now(), 1_331, 5_120, 300);

it('a card of an eSIM that was read for days says about when its data run out, and offers the trend', async () => {
  await keep();
  usage(ACTIVE);
  const card = await it_.shows(/About 300\sMB a day since <t:\d+:D>: runs out about <t:\d+:D>/);
  expect(textOf(card)).toContain('(estimate from 9 checks)');
  const runsOutAt = Number(/runs out about <t:(\d+):D>/.exec(textOf(card))?.[1]) * 1000;
  expect(Math.abs(runsOutAt - (it_.clock.now() + (1_331 / 300) * DAY_MS))).toBeLessThan(60 * 60 * 1000);
  expect(textOf(card)).toContain('"label":"Trend"');
});

it('the Trend button answers privately with the picture, its description and the words', async () => {
  await keep();
  usage(ACTIVE);
  const card = await it_.shows(/About 300\sMB a day/);
  it_.discord.people.press({ by: it_.anna, in: it_.channel }, card, 'Trend');
  const [, trend] = await it_.answers(it_.channel, 2);
  expect(trend?.onlyFor).toBe(it_.anna.id);
  expect(trend && textOf(trend)).toMatch(/About 300\sMB a day[\s\S]*attachment:\/\/1-trend\.png/);
  expect(trend?.body.attachments).toEqual([
    {
      id: expect.any(String),
      filename: '1-trend.png',
      description: expect.stringMatching(/^Data left from .* to 1\.3\sGB\./),
    },
  ]);
  const [file] = world().files.values();
  expect(file).toMatchObject({ filename: '1-trend.png', contentType: 'image/png' });
  expect(file && pixelsOf(file.bytes)).toMatchObject(TREND_SIZE);
});

it('every question for a trend is counted and audited once, as its asker’s', async () => {
  usage(`trend ${ACTIVE}`);
  await it_.shows(/No estimate/);
  // Closing waits for every entry of the audit that is still being written.
  await it_.restart();
  const events = await it_.bot.app.store.audit.recent({ asker: `discord:${it_.anna.id}`, limit: 5 });
  expect(events).toMatchObject([{ iccidMasked: '…0019', outcome: 'fresh' }]);
});

it('"trend" behind the command brings a picture for each eSIM, or says why there is no estimate', async () => {
  await keep();
  usage(`trend ${ACTIVE} ${VOICE}`);
  const answer = await it_.shows(/attachment/);
  expect(answer.onlyFor).toBe(it_.anna.id);
  expect(answer.body.embeds).toHaveLength(2);
  expect(textOf(answer)).toContain('No estimate yet: it takes three checks over a day or more');
  expect(world().files.size).toBe(1);
});

it('in the direct message the picture is attached to the answer', async () => {
  await keep();
  it_.discord.people.write(it_.anna, it_.discord.people.directMessages(it_.anna), `trend ${ACTIVE}`);
  const answer = await it_.shows(/attachment/, it_.discord.people.directMessages(it_.anna));
  expect(textOf(answer)).toContain('About 300\u00a0MB a day');
  expect(world().files.size).toBe(1);
});
