import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { type DiscordStandIn, startDiscord } from '../support/discord/discord.ts';
import { MANAGE_GUILD } from '../support/discord/world.ts';
import { untilElsewhere } from '../support/until.ts';

let world: World;
let discord: DiscordStandIn;
let bot: BotProcess;
afterEach(async () => {
  await bot.kill();
  expect(discord.world.violations).toEqual([]);
  await discord.close();
  await endWorld(world);
});

const QUESTIONS = 20;
const WINDOW_SECONDS = 9;
/** Behind by so much that a token, whose 15 minutes the bot counts from the snowflake, is soon too old for it. */
const behind: Clock = { ...systemClock, now: () => Date.now() - (14 * 60_000 + 24_000) };

describe('a bot killed while it keeps its promises on Discord', () => {
  it('gives each answer once, by direct message, when the tokens have died meanwhile', async () => {
    world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1_000 });
    discord = await startDiscord(behind);
    const { people } = discord;
    const anna = people.person('anna');
    const guild = people.guild('Support', people.person('owner'));
    people.join(guild, anna, [people.role(guild, MANAGE_GUILD)]);
    const channel = people.channel(guild);
    const dm = people.directMessages(anna);
    const iccids = world.simulator.addEsims(QUESTIONS);
    const env = {
      ...envOf(world),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS),
    };
    const textsIn = (where: typeof channel) =>
      discord.fromBot(where).map(({ body }) => JSON.stringify(body.embeds));

    bot = await startBotProcess(env);
    // Only now, for the window must last longer than the tokens.
    for (const iccid of iccids) world.simulator.useUpWindow(iccid);
    for (const iccid of iccids) people.usage({ by: anna, in: channel, iccid });
    // On a busy machine a token may have died before its promise is made, and a promise may have become an answer.
    const promises = () =>
      [channel, dm]
        .flatMap((where) => discord.fromBot(where))
        .filter(({ body, history }) =>
          [body, ...history].some(({ embeds }) => /I’ll post it here/.test(JSON.stringify(embeds) ?? '')),
        );
    await untilElsewhere('the promises', () => promises().length >= QUESTIONS);
    // A promise may stand there first, where the bot died before it knew that it had been shown.
    const answers = () => textsIn(dm).filter((text) => /500\sMB left of 1\sGB/.test(text));
    for (const enough of [1, 8]) {
      await untilElsewhere(`${enough} answers`, () => answers().length >= enough);
      await bot.kill();
      bot = await startBotProcess(env);
    }
    await untilElsewhere('all answers', () => answers().length >= QUESTIONS);
    const answered = textsIn(dm).flatMap((text) => iccids.filter((iccid) => text.includes(iccid)));
    expect([...answered].sort()).toEqual([...iccids].sort());
    expect(answers()).toHaveLength(QUESTIONS);
  });
});
