import { afterEach, describe, expect, it } from 'vitest';
import type { LimitProfile } from '../../src/airalo/simulator/limits.ts';
import { createWorld, endWorld, startBot, type World } from '../support/bot.ts';
import { lapse, listOf, rowsOf } from '../support/lists.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { filesInDirectMessage } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { until } from '../support/until.ts';

const ROWS = 500;
/** Two calls a second are half of what the bot allows itself. */
const PACE_MS = 250;

let world: World;
let slack: SlackStandIn;
afterEach(async () => {
  await slack.close();
  await endWorld(world);
});

const answers = () =>
  slack.workspace
    .seenBy('UANNA', 'DANNA')
    .flatMap(({ fileIds }) => (fileIds ?? []).flatMap((id) => slack.workspace.files.get(id) ?? []));

describe.each<LimitProfile>(['strict15', 'current'])(
  '500 eSIMs in one file under the limits "%s"',
  (profile) => {
    it.each([1, 2])('cost 500 calls, none of them refused, with %i bot(s) on the store', async (bots) => {
      const clock = new ManualClock();
      world = await createWorld(clock, { profile });
      slack = await startSlack('socket', clock);
      const env = { ...slack.env, STORE_KEY: Buffer.alloc(32, 7).toString('base64') };
      const options = { clock, world, env, paceIntervalMs: PACE_MS };
      const bot = await startBot(options);
      const running = [bot, ...(bots > 1 ? [await startBot(options)] : [])];
      await until('the sockets', () => slack.sockets.size === bots);
      const iccids = world.simulator.addEsims(ROWS);
      await slack.push(filesInDirectMessage(slack, [{ name: 'all.csv', bytes: listOf(iccids) }]));
      await lapse({ clock }, 'the file', () => answers().length > 0);
      const done = () => /500 rows/.test(lastForm(slack.workspace.seenBy('UANNA', 'DANNA')[0]).text);
      await lapse({ clock }, 'the last form', done);
      const rows = rowsOf(answers()[0]?.bytes);
      expect(rows.map(({ iccid }) => iccid)).toEqual(iccids);
      expect(rows.filter(({ status }) => status !== '')).toHaveLength(ROWS);
      expect(world.simulator.calls).toHaveLength(ROWS);
      expect(new Set(world.simulator.calls.map(({ iccid }) => iccid)).size).toBe(ROWS);
      expect(world.simulator.refusals).toBe(0);
      const times = world.simulator.calls.map(({ at }) => at);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThan(ROWS * 2 * PACE_MS * 1.5);
      for (const one of running) {
        await one.stop({ keep: true });
        expect(iccids.some((iccid) => one.log.text().includes(iccid))).toBe(false);
      }
    });
  },
);
