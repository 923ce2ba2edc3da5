import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { lowData, postWebhook } from '../support/airalo-webhooks.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, type RunningCommand, startCommand } from '../support/command.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

let world: World;
let slack: SlackStandIn;
let bot: RunningCommand;
afterEach(async () => {
  await kill();
  await slack.close();
  await endWorld(world);
});

async function kill(): Promise<void> {
  bot.signal('SIGKILL');
  await bot.ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

const inChannel = () => slack.workspace.publicIn('CSUPPORT');
const parents = () => inChannel().filter(({ threadTs }) => threadTs === undefined);

describe('alerts that arrive while the process is killed', () => {
  it('are shown once each: killed after the 200, in the middle of posting, and before Airalo was answered', async () => {
    world = await createWorld(systemClock);
    slack = await startSlack('socket', systemClock);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = { ...envOf(world), ...slack.env, SLACK_ALERT_CHANNEL: 'CSUPPORT', PORT: String(port) };
    const start = async () => {
      bot = startCommand(['start'], world.folder, env, { fromDist: false });
      await hasLogged(bot, 'The bot is ready');
    };
    await start();

    // The message gets through, its answer does not: the process is killed while it waits for it.
    slack.workspace.fail('chat.postMessage', { hang: true });
    expect(await postWebhook(url, lowData('75%'))).toBe(200);
    await untilElsewhere('posting', () =>
      slack.workspace.calls.some(({ method }) => method === 'chat.postMessage'),
    );
    await kill();
    expect(await postWebhook(url, lowData('90%')).catch(() => 'nobody there')).toBe('nobody there');

    slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    await start();
    await untilElsewhere('the message', () => parents().length === 1);
    await kill();

    await start();
    // Airalo repeats both: what was taken before, and what nobody took.
    expect(await postWebhook(url, lowData('75%'))).toBe(200);
    expect(await postWebhook(url, lowData('90%'))).toBe(200);
    await kill();

    await start();
    await untilElsewhere('the newest face', () => /10% of the data left/.test(lastForm(parents()[0]).text));
    await untilElsewhere('the thread', () => inChannel().length === 2);
    expect(await postWebhook(url, lowData('90%'))).toBe(200);
    await untilElsewhere('taken again', () => /"result":"duplicate"/.test(bot.said().err));
    expect(parents()).toHaveLength(1);
    expect(inChannel()).toHaveLength(2);
    expect(JSON.stringify([bot.said(), inChannel()])).not.toMatch(/891\d{12}/);
  }, 180_000);
});
