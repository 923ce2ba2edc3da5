import { afterEach, beforeEach, expect, it } from 'vitest';
import { controlsOf } from '../../support/discord/people.ts';
import type { Interaction } from '../../support/discord/world.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, VOICE } from './discord-bot.ts';

let it_: DiscordBot;
beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

const usage = (text: string) => it_.discord.people.usage({ by: it_.anna, in: it_.channel, iccid: text });
const choicesFor = async (text: string, by = it_.anna): Promise<Interaction['choices']> => {
  const typing = it_.discord.people.typing({ by, in: it_.channel, iccid: text });
  return it_.soon('choices', () => typing.choices);
};
/** Recents are written beside the answer. */
const noted = (count: number) =>
  it_.soon('it is noted', async () => (await choicesFor(''))?.length === count);

it('a name given once finds the eSIM, also after a restart', async () => {
  usage(`name ${ACTIVE} anna-trip`);
  await it_.shows(/now called anna.{1,3}trip/);
  await it_.restart();
  usage('anna-trip');
  expect(textOf(await it_.shows(/1\.3\sGB left of 5\sGB/))).toContain(ACTIVE);
});

it('while typing, own recents and names are offered, to nobody else', async () => {
  usage(ACTIVE);
  await it_.shows(/1\.3\sGB left of 5\sGB/);
  await noted(1);
  expect(await choicesFor('')).toEqual([{ name: '…0019', value: ACTIVE }]);
  expect(await choicesFor('0035')).toEqual([]);
  usage(`name ${VOICE} ben-trip`);
  await it_.shows(/now called ben.{1,3}trip/);
  expect(await choicesFor('tri')).toEqual([{ name: 'ben-trip …0035', value: VOICE }]);
  // A member without a role may not ask, and so is offered nothing.
  expect(await choicesFor('tri', it_.ben)).toEqual([]);
  expect(it_.bot.log.text()).not.toContain(ACTIVE);
});

it('several that fit are a choice that only the asker sees, and a press is the lookup', async () => {
  for (const [iccid, name] of [
    [ACTIVE, 'trip one'],
    [VOICE, 'trip two'],
  ]) {
    usage(`name ${iccid} ${name}`);
    await it_.shows(new RegExp(`now called ${name}`));
  }
  usage('find trip');
  const menu = await it_.shows(/2 eSIMs match/);
  expect(menu.onlyFor).toBe(it_.anna.id);
  expect(JSON.stringify(menu.body.components)).not.toContain(ACTIVE);
  const labels = controlsOf(menu).map(({ label }) => label);
  const one = labels.find((label) => label.includes('trip one')) ?? '';
  it_.discord.people.press({ by: it_.anna, in: it_.channel }, menu, one);
  const card = await it_.shows(/1\.3\sGB left of 5\sGB/);
  expect(card.onlyFor).toBe(it_.anna.id);
});

it('what fits nothing is answered as before', async () => {
  usage('nonsense');
  await it_.shows(/didn’t understand that/);
  usage('123456789012');
  await it_.shows(/12 digits/);
});

it('the choices of the command lead to an order, the newest orders and the plans of a country', async () => {
  const choose = (show: string, iccid = '') =>
    it_.discord.people.usage({ by: it_.anna, in: it_.channel, iccid, show });
  choose('order', '20261118-070900');
  expect((await it_.shows(/2 eSIMs/)).onlyFor).toBe(it_.anna.id);
  choose('orders');
  expect((await it_.shows(/\d+ orders/)).onlyFor).toBe(it_.anna.id);
  choose('plans', 'JP');
  await it_.shows(/plans for Japan/i);
  choose('find', '1000035');
  await it_.shows(/8\sGB left of 10\sGB/);
});
