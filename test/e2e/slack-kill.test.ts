import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

/** Longer than the way from the question to the death takes on a busy machine. */
const WINDOW_SECONDS = 10;
let world: World;
let slack: SlackStandIn;
let bot: BotProcess;
const answers = () =>
  slack.workspace.publicIn('DANNA').filter((post) => /500\sMB left of 1\sGB/.test(lastForm(post).text));
afterEach(async () => {
  await bot.kill();
  await slack.close();
  await endWorld(world);
});

describe('a bot killed between the promise and the delivery', () => {
  it('gives the answer once, by direct message, when its response URL is dead by then', async () => {
    world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1_000 });
    slack = await startSlack('socket', systemClock);
    const env = { ...envOf(world), ...slack.env, AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS) };
    const [iccid = ''] = world.simulator.addEsims(1);
    bot = await startBotProcess(env);
    await untilElsewhere('the socket', () => slack.sockets.size > 0);
    // Only now: the start may take longer than the window.
    world.simulator.useUpWindow(iccid);
    await slack.push(command(slack, iccid, { channel: 'CELSEWHERE' }));
    await untilElsewhere('the promise', () =>
      /I’ll post it here/.test(lastForm(slack.workspace.seenBy('UANNA', 'CELSEWHERE')[0]).text),
    );
    await bot.kill();
    slack.workspace.responseUrls.clear();
    bot = await startBotProcess(env);
    // The promise may come there first, where the bot died before it knew that it had been shown.
    await untilElsewhere('the answer', () => answers().length > 0);
    // A second process start, and nothing comes twice.
    await bot.kill();
    bot = await startBotProcess(env);
    expect(answers()).toHaveLength(1);
    expect(slack.workspace.publicIn('DANNA')).toHaveLength(1);
    expect(slack.workspace.publicIn('CELSEWHERE')).toEqual([]);
  });
});
