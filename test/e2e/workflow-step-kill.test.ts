import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { type BotProcess, startBotProcess } from '../support/bot-processes.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { runStep } from '../support/slack/steps.ts';
import type { Fault } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

/** Longer than the way from the event to the death takes on a busy machine. */
const WINDOW_SECONDS = 10;
const SUCCESS = 'functions.completeSuccess';
let world: World;
let slack: SlackStandIn;
let bot: BotProcess;

beforeEach(async () => {
  world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1_000 });
  slack = await startSlack('socket', systemClock);
  await start();
});
afterEach(async () => {
  await bot.kill();
  await slack.close();
  await endWorld(world);
});

async function start(): Promise<void> {
  const before = slack.socketsOpened;
  const env = { ...envOf(world), ...slack.env, AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS) };
  bot = await startBotProcess(env);
  await untilElsewhere('its socket', () => slack.socketsOpened > before);
}
const ends = () => slack.workspace.calls.filter(({ method }) => method.startsWith('functions.complete'));
const execution = (id: string) => slack.workspace.executions.get(id);

/** The step waits for a reading that may not be had yet. */
async function waiting(): Promise<string> {
  const [iccid = ''] = world.simulator.addEsims(1);
  world.simulator.useUpWindow(iccid);
  const { id, push } = runStep(slack, { iccid, asked_by: 'UANNA' });
  await slack.push(push);
  await untilElsewhere('Airalo was asked', () => world.simulator.refusals > 0);
  return id;
}

describe('a workflow step whose process is killed', () => {
  it('is ended once with the promised answer, by the process that runs when it may be had', async () => {
    const id = await waiting();
    await bot.kill();
    expect(execution(id)?.state).toBe('running');
    await start();
    await untilElsewhere('the end of the step', () => execution(id)?.state === 'completed');
    expect(execution(id)?.outputs?.text).toMatch(/left/);
    await bot.kill();
    await start();
    expect(ends()).toHaveLength(1);
  }, 180_000);

  it.each<[string, Fault]>([
    ['nothing of it got through', { hang: true }],
    ['it got through and its answer did not', { lostAnswer: true }],
  ])(
    'is ended once where it was killed while it ended it, and %s',
    async (_what, fault) => {
      const id = await waiting();
      slack.workspace.fail(SUCCESS, fault);
      await untilElsewhere('the try to end it', () => ends().length > 0);
      await bot.kill();
      await start();
      await untilElsewhere('the end of the step', () => execution(id)?.state === 'completed');
      expect(ends().every(({ method }) => method === SUCCESS)).toBe(true);
      expect(execution(id)?.error).toBeUndefined();
    },
    180_000,
  );
});
