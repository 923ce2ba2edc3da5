import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createWorld, endWorld, envOf, type World } from '../support/bot.ts';
import { hasLogged, type RunningCommand, startCommand } from '../support/command.ts';
import { command } from '../support/slack/people.ts';
import { type SlackStandIn, startSlack } from '../support/slack/slack.ts';
import { lastForm } from '../support/slack/workspace.ts';
import { until } from '../support/until.ts';
import { report } from './fault-row.ts';

const ICCID = '8910000000001000019';
/** A bot with an open socket to Slack has some 38; while its sources are loaded, about a hundred files are open at once. */
const HANDLES = 160;
const WINDOW_SECONDS = 8;
/** Connections that the bot had kept open to Slack are idle no longer than this: then it needs new ones. */
const IDLE_MS = 6_000;

let world: World;
let slack: SlackStandIn;
let bot: RunningCommand;
afterEach(async () => {
  bot.signal('SIGKILL');
  await bot.ended;
  await slack.close();
  await endWorld(world);
});

/** Opens connections to the bot, ever more, and holds them: each that is accepted takes a handle. */
function flood(port: number) {
  const sockets: Socket[] = [];
  let turnedAway = 0;
  const more = setInterval(() => {
    for (let count = 0; count < 20; count++)
      sockets.push(
        connect(port, '127.0.0.1')
          .on('error', () => undefined)
          .on('close', () => turnedAway++),
      );
  }, 20);
  return {
    turnedAway: () => turnedAway,
    end() {
      clearInterval(more);
      for (const socket of sockets) socket.destroy();
    },
  };
}

const textOf = (channel: string) => lastForm(slack.workspace.seenBy('UANNA', channel)[0]).text;

describe('the process', () => {
  it('has no file handle left, while an answer is due and somebody asks', async (context) => {
    world = await createWorld(systemClock, { windowMs: WINDOW_SECONDS * 1_000 });
    slack = await startSlack('socket', systemClock);
    const [used = ''] = world.simulator.addEsims(1);
    world.simulator.useUpWindow(used);
    const env = {
      ...envOf(world),
      ...slack.env,
      AIRALO_USAGE_WINDOW_SECONDS: String(WINDOW_SECONDS),
    };
    bot = startCommand(['start'], world.folder, env, { fileHandles: HANDLES });
    await hasLogged(bot, 'The bot is ready');
    const port = Number(/"port":(\d+),"msg":"HTTP server open"/.exec(bot.said().err)?.[1]);
    await slack.push(command(slack, used));
    await until('the promise', () => /I’ll post it here/.test(textOf('CSUPPORT')));
    const dueAt = Date.now() + WINDOW_SECONDS * 1_000;

    const neighbours = flood(port);
    await until('there is no handle for another connection', () => neighbours.turnedAway() > 100);
    const floodedAt = Date.now();
    await until('kept connections are gone', () => Date.now() > floodedAt + IDLE_MS);
    await slack.push(command(slack, ICCID, { channel: 'CELSEWHERE' }));
    await hasLogged(bot, 'An answer could not be shown where it belongs');
    await until('the promise is due', () => Date.now() > dueAt + 1_000);
    expect(slack.workspace.seenBy('UANNA', 'CELSEWHERE')).toEqual([]);
    neighbours.end();

    await until('the promised answer', () => /500\sMB left of 1\sGB/.test(textOf('CSUPPORT')), 60_000);
    await until('an answer', () => textOf('CELSEWHERE') !== '', 60_000);
    expect(slack.workspace.seenBy('UANNA', 'CSUPPORT')).toHaveLength(1);
    expect(slack.workspace.seenBy('UANNA', 'CELSEWHERE')).toHaveLength(1);
    expect(world.simulator.refusals).toBe(1);
    expect(bot.said().code).toBeNull();
    const [, saw = ''] = textOf('CELSEWHERE').split('\n');
    bot.signal('SIGTERM');
    expect((await bot.ended).code).toBe(0);
    report(context, {
      saw: `the command was taken; then, once there were handles again: ${saw}`,
      kept: 'the promise that fell due meanwhile; no call too many',
      recovery: 'by itself; a first answer is tried again for half a minute',
    });
  });
});
