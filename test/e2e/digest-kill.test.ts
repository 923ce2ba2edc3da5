import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/ports.ts';
import { readDigest } from '../../src/usage/digests.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { captureLog } from '../support/log-capture.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

const ENDED = '8910000000001000050';
const CHANNEL = 'CSUPPORT';
let world: World;
let slack: SlackStandIn;
let store: Store;
let bot: BotProcess;

beforeEach(async () => {
  world = await createWorld(systemClock);
  // With orders it would read each of their eSIMs first, in its share of the pace.
  const none = { data: [], meta: { message: 'success', total: 0 } };
  world.simulator.inject('orders', { kind: 'status', status: 200, body: none }, 1_000);
  slack = await startSlack('socket', systemClock);
  const { log } = captureLog();
  store = await openStore(envOf(world).STORE_URL ?? '', { clock: systemClock, log, visiting: true });
  await start();
});
afterEach(async () => {
  await bot.kill();
  await store.close();
  await slack.close();
  await endWorld(world);
});

async function start(): Promise<void> {
  const before = slack.socketsOpened;
  bot = await startBotProcess({ ...envOf(world), ...slack.env });
  await untilElsewhere('its socket', () => slack.socketsOpened > before);
}
const newest = () => lastForm(slack.workspace.seenBy('UANNA', CHANNEL).at(-1)).text;
const digests = () =>
  slack.workspace.publicIn(CHANNEL).filter((post) => /needs? attention/.test(lastForm(post).text));
const tries = () => slack.workspace.calls.filter(({ method }) => method === 'chat.postMessage').length;
const contentNow = async () => {
  const [job] = await store.outbox.pendingOf('digest slack:T0001:UANNA');
  return job && { job, content: readDigest(job) };
};

/** For tomorrow, by the wall: a schedule has no seconds, and nobody waits for a day. */
async function setForTomorrow(): Promise<void> {
  await slack.push(command(slack, `name ${ENDED} annatrip`));
  await untilElsewhere('the name', () => /annatrip/.test(newest()));
  const justNow = new Date(Date.now() - 2 * 60_000).toISOString().slice(11, 16);
  await slack.push(command(slack, `digest daily ${justNow} UTC`));
  await untilElsewhere('the digest is set', () => /Digest set: /.test(newest()));
}

/** Its time has come while no process runs. */
const comeDue = () =>
  untilElsewhere('its time has come', async () => {
    const now = Date.now();
    const found = await contentNow();
    return found && store.outbox.postpone(found.job.id, now, { ...found.content, dueAt: now - 1_000 });
  });
const putOff = () =>
  untilElsewhere('it is put off to its next day', async () => {
    const found = await contentNow();
    const { active } = await store.outbox.depth();
    return active === 0 && (found?.content?.dueAt ?? 0) > Date.now() + 60_000;
  });

describe('a digest whose process is killed', () => {
  it('comes once: killed before its time, in the middle of the post, after it, and when it stands already', async () => {
    await setForTomorrow();
    await bot.kill();
    await comeDue();
    await start();
    await untilElsewhere('the digest that was due meanwhile', () => digests().length > 0);
    await putOff();
    expect(digests()).toHaveLength(1);

    // Nothing of the post gets through.
    await bot.kill();
    await comeDue();
    slack.workspace.fail('chat.postMessage', { hang: true });
    const before = tries();
    await start();
    await untilElsewhere('the post that hangs', () => tries() > before);
    await bot.kill();
    await start();
    await untilElsewhere('the second digest', () => digests().length > 1);
    await putOff();
    expect(digests()).toHaveLength(2);

    // It stands, and the process never hears of it.
    await bot.kill();
    await comeDue();
    slack.workspace.fail('chat.postMessage', { lostAnswer: true });
    await start();
    await untilElsewhere('the third digest', () => digests().length > 2);
    await bot.kill();
    await start();
    await putOff();
    await bot.kill();
    await start();
    expect(digests()).toHaveLength(3);
    expect(slack.workspace.publicIn('DANNA')).toEqual([]);
    expect(JSON.stringify(digests())).not.toMatch(/annatrip|891\d{12}/);
  }, 300_000);
});
