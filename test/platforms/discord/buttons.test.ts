import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlsOf } from '../../support/discord/people.ts';
import { ACTIVE, type DiscordBot, startDiscordBot, textOf, WINDOW_MS } from './discord-bot.ts';

let it_: DiscordBot;
const calls = () => it_.bot.simulator.calls.length;
const people = () => it_.discord.people;
const usage = (iccid: string, more = {}) => people().usage({ by: it_.anna, in: it_.channel, iccid, ...more });
const dmOf = (user = it_.anna) => people().directMessages(user);

beforeEach(async () => {
  it_ = await startDiscordBot();
});
afterEach(async () => {
  expect(it_.discord.world.violations).toEqual([]);
  await it_.close();
});

describe('a button on Discord', () => {
  const card = async () => {
    usage(ACTIVE);
    return it_.shows(/GB left of 5\sGB/);
  };

  it('offers no Refresh before the time', async () => {
    const labels = controlsOf(await card()).map(({ label }) => label);
    expect(labels.slice(0, 3)).toEqual(['Notify me', 'Share here', 'Reply for the customer']);
    expect(labels).not.toContain('Refresh');
    expect(calls()).toBe(1);
  });

  it('Notify me after the time shows the new figure, also after a restart', async () => {
    const message = await card();
    await it_.pass(0);
    await it_.restart();
    await it_.pass(WINDOW_MS);
    people().press({ by: it_.anna, in: it_.channel }, message, 'Notify');
    await it_.shows(/1\.2\sGB left of 5\sGB/);
  });

  it('Notify me promises in place', async () => {
    people().press({ by: it_.anna, in: it_.channel }, await card(), 'Notify');
    await it_.shows(/I’ll update this/);
    await it_.pass(WINDOW_MS);
    await it_.shows(/1\.2\sGB left of 5\sGB/, dmOf());
  });

  it('Share shows everybody a masked card; Show answers each presser privately, or refuses', async () => {
    people().press({ by: it_.anna, in: it_.channel }, await card(), 'Share');
    const shared = await it_.soon('the shared card', () =>
      it_.discord.fromBot(it_.channel).find(({ onlyFor }) => onlyFor === undefined),
    );
    expect(textOf(shared)).not.toContain(ACTIVE);
    expect(textOf(shared)).toContain('…0019');
    people().press({ by: it_.ben, in: it_.channel }, shared, 'Show');
    const refusal = await it_.shows(/manage this server/);
    expect(refusal.onlyFor).toBe(it_.ben.id);
    people().press({ by: it_.anna, in: it_.channel }, shared, 'Show');
    const shown = await it_.shows(new RegExp(ACTIVE));
    expect(shown.onlyFor).toBe(it_.anna.id);
  });

  it('that is not remembered any more says what to type', async () => {
    const message = await card();
    await it_.pass(8 * 24 * 3_600_000);
    people().press({ by: it_.anna, in: it_.channel }, message, 'Notify');
    await it_.shows(/too old/);
  });
});
