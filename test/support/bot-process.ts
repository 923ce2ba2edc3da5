/**
 * A bot in a process of its own, for the tests that kill it. Asks the questions it is given, says on standard output what
 * was answered or promised, and goes on keeping promises until it is killed or told to stop.
 */
import { createInterface } from 'node:readline';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { requireAiralo } from '../../src/config.ts';
import { findIccids, type Iccid } from '../../src/domain/iccid.ts';
import { createLog } from '../../src/log.ts';
import type { Reply } from '../../src/usage/reply.ts';
import { createBoardPlatform } from './board.ts';

const config = requireAiralo(process.env);
const log = createLog(config.logLevel);
const boardUrl = process.env.BOARD_URL ?? '';
const app = await createApp(config, config.airalo, {
  clock: systemClock,
  log,
  fail: (error) => log.error({ err: error }, error.message),
  paceIntervalMs: Number(process.env.PACE_MS ?? 0),
  morePlatforms: () => (boardUrl === '' ? [] : [createBoardPlatform(boardUrl)]),
});
await app.start();
say({ event: 'ready' });

for await (const line of createInterface({ input: process.stdin })) {
  const [key = '', ...texts] = line.split(' ');
  if (key === 'stop') break;
  const [iccid] = findIccids(texts.join(' '));
  if (iccid) void ask(key, iccid);
}
await app.stop();
// An open standard input would keep the process.
process.stdin.destroy();

async function ask(key: string, iccid: Iccid): Promise<void> {
  const address = { platform: 'terminal', asker: 'terminal:test', messageKey: key, routes: null } as const;
  const question = { iccid, requestId: key, place: 'test' };
  const reply = await app.usageService.lookup(boardUrl === '' ? question : { ...question, address });
  say({ event: 'answered', key, kind: reply.kind, promised: promised(reply) });
}

function promised(reply: Reply): boolean {
  return reply.kind === 'deferred' && reply.promise.kind === 'queued';
}

function say(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
