import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, type RunningCommand, startCommand } from '../support/command.ts';
import { listOf, rowsOf } from '../support/lists.ts';
import { filesInDirectMessage } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { untilElsewhere } from '../support/until.ts';

const ROWS = 100;
/** As many as a process reads side by side: so many calls can be under way when it is killed. */
const LANES = 4;
const WINDOW_MS = 10_000;
/** At the pace of a real bot the list takes most of a minute, on a busy machine several. */
const PATIENCE_MS = 240_000;

let world: World;
let slack: SlackStandIn;
let bot: RunningCommand;

beforeEach(async () => {
  // Airalo has counted a call whose process was killed: its eSIM may be read again after so long.
  world = await createWorld(systemClock, { windowMs: WINDOW_MS });
  slack = await startSlack('socket', systemClock);
});
afterEach(async () => {
  bot.signal('SIGKILL');
  await bot.ended;
  await slack.close();
  await endWorld(world);
});

async function start(): Promise<void> {
  const before = slack.socketsOpened;
  bot = startCommand(['start'], world.folder, { ...envOf(world), ...slack.env }, { fromDist: false });
  await hasLogged(bot, 'The bot is ready');
  await untilElsewhere('the socket', () => slack.socketsOpened > before);
}
const posts = () => slack.workspace.seenBy('UANNA', 'DANNA');
const tables = () =>
  posts().flatMap(({ fileIds }) => (fileIds ?? []).flatMap((id) => slack.workspace.files.get(id) ?? []));
const isFinished = () =>
  posts().some((post) => /is done: \d+\srows/.test(lastForm(post).text) && !post.fileIds);
const isRead = (count: number) =>
  untilElsewhere(`${count} are read`, () => world.simulator.calls.length >= count, PATIENCE_MS);

it('a list of 100 eSIMs goes on after a SIGTERM and after a SIGKILL: no row is lost, and its table comes once', async () => {
  await start();
  const iccids = world.simulator.addEsims(ROWS);
  await slack.push(filesInDirectMessage(slack, [{ name: 'all.csv', bytes: listOf(iccids) }]));
  await isRead(20);

  bot.signal('SIGTERM');
  expect((await bot.ended).code).toBe(0);
  // What was under way was let come to its end, and is not asked for again.
  const afterTerm = world.simulator.calls.length;
  expect(new Set(world.simulator.calls.map(({ iccid }) => iccid)).size).toBe(afterTerm);
  await start();
  await isRead(Math.min(ROWS, afterTerm + 20));
  expect(new Set(world.simulator.calls.map(({ iccid }) => iccid)).size).toBe(world.simulator.calls.length);

  bot.signal('SIGKILL');
  await bot.ended;
  await start();
  await untilElsewhere('the end', isFinished, PATIENCE_MS);
  const rows = rowsOf(tables()[0]?.bytes);
  expect(rows.map(({ iccid }) => iccid)).toEqual(iccids);
  expect(rows.filter(({ status }) => status !== '')).toHaveLength(ROWS);
  expect(tables()).toHaveLength(1);
  expect(world.simulator.calls.length).toBeLessThanOrEqual(ROWS + LANES);
  expect(world.simulator.refusals).toBeLessThanOrEqual(LANES);
}, 600_000);
