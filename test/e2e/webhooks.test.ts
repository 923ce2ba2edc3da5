import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type BotUnderTest, createWorld, endWorld, envOf, startBot, type World } from '../support/bot.ts';
import { runCommand } from '../support/command.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

let world: World;
let slack: SlackStandIn;
let bot: BotUnderTest;

beforeEach(async () => {
  world = await createWorld(systemClock);
  slack = await startSlack('socket', systemClock);
  const env = { ...slack.env, SLACK_ALERT_CHANNEL: 'CSUPPORT' };
  bot = await startBot({ clock: systemClock, world, env, serveHttp: true });
});
afterEach(async () => {
  await bot.stop({ keep: true });
  await slack.close();
  await endWorld(world);
});

const run = (args: string[], env: Record<string, string> = {}) =>
  runCommand(['webhooks', ...args], world.folder, { ...envOf(world), ...env });

describe('webhooks', () => {
  it('opts in, shows what is set, has an alert sent that reaches the channel, and opts out', async () => {
    const refused = await run(['simulate']);
    expect(refused).toMatchObject({ code: 4, out: '' });
    expect(refused.err).toMatch(/not opted in[\s\S]*Remedy: esim-usage-bot webhooks opt-in/);

    const optedIn = await run(['opt-in'], { PUBLIC_URL: bot.httpUrl });
    expect(optedIn).toMatchObject({ code: 0, err: '' });
    const address = `${bot.httpUrl}/airalo/webhooks`;
    expect([...world.simulator.notifications.optIns]).toEqual([
      ['webhook_low_data', { url: address, levels: undefined }],
      ['webhook_credit_limit', { url: address, levels: [50, 70, 80, 90] }],
    ]);
    expect((await run(['status'])).out).toContain(`webhook_low_data to ${address}`);
  });

  it('simulates each event, to whom is opted in and to an address', async () => {
    const url = `${bot.httpUrl}/airalo/webhooks`;
    const iccid = '8910000000001000035';
    expect(await run(['simulate', 'data_90', '--iccid', iccid, '--url', url])).toMatchObject({ code: 0 });
    const posts = () => slack.workspace.publicIn('CSUPPORT').map((post) => lastForm(post).text);
    await untilElsewhere('the alert', () => posts().some((text) => /…0035: 9% of the data left/.test(text)));
    expect(await run(['simulate', 'credit_80', '--url', bot.httpUrl])).toMatchObject({ code: 0 });
    await untilElsewhere('the credit', () => posts().some((text) => /Airalo credit: 80%/.test(text)));
  });

  it('opts out, and says that nothing is set', async () => {
    expect((await run(['opt-in', bot.httpUrl])).code).toBe(0);
    expect((await run(['opt-out'])).code).toBe(0);
    expect(world.simulator.notifications.optIns.size).toBe(0);
    expect((await run(['status'])).out).toMatch(/nothing is opted in/);
  });

  it('names the remedy for an address that does not answer, and for one that cannot be one', async () => {
    const unreachable = await run(['opt-in', 'http://127.0.0.1:9']);
    expect(unreachable.code).toBe(4);
    expect(unreachable.err).toMatch(/Remedy: The bot must be running/);
    const mistyped = [
      [['opt-in'], /set PUBLIC_URL/],
      [['opt-in', 'http://bot.example.com'], /no public https address/],
      [['opt-in', 'bot'], /no public https address/],
      [['simulate', 'data_100'], /it is one of data_75/],
      [['simulate', 'data_75', '--iccid', '12'], /no ICCID/],
      [[], /opt-in/],
    ] as const;
    for (const [args, words] of mistyped)
      expect(await run([...args])).toMatchObject({ code: 2, err: expect.stringMatching(words) });
    expect((await run(['status'], { AIRALO_CLIENT_SECRET: 'wrong' })).code).toBe(4);
  });

  it('the doctor looks at both ends', async () => {
    const doctor = async (env: Record<string, string> = {}) =>
      (await runCommand(['doctor'], world.folder, { ...envOf(world), ...slack.env, ...env })).out;
    const channel = { SLACK_ALERT_CHANNEL: 'CSUPPORT' };
    expect(await doctor()).toMatch(/Webhooks +ok +not used/);
    expect(await doctor(channel)).toMatch(/Webhooks +warning[\s\S]*→ esim-usage-bot webhooks opt-in/);
    await run(['opt-in', bot.httpUrl]);
    expect(await doctor()).toMatch(/Webhooks +warning[\s\S]*→ Set SLACK_ALERT_CHANNEL/);
    expect(await doctor(channel)).toMatch(/Webhooks +ok +Airalo delivers/);
    expect(await doctor({ ...channel, PUBLIC_URL: 'https://bot.example.com' })).toMatch(/not to PUBLIC_URL/);
  });
});
