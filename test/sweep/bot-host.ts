/**
 * A process in which bots live, one after the other: the real `start` command with its real libraries, under a time that the sweep turns. It is kept for
 * the next row, because loading the libraries takes longer than most rows; a SIGKILL is a real one and ends it.
 */
import { readdirSync } from 'node:fs';
import { register } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  armStatement,
  disarmStatement,
  statementsEnded,
  statementsInFlight,
  statementsSeen,
} from './driver-probe.ts';
import { type Told, wish } from './host-protocol.ts';
import { forgetTimers, nextDueAt, passUntil, skipTo, timersFired } from './virtual-time.ts';

/** What Node names of the work that the event loop waits for without a callback of JavaScript in between; a `MessagePort` is a module that is being resolved. */
const WORK = /^(FSReq|CloseReq|GetAddrInfo|TCPConnect|ShutdownWrap|Zlib|MessagePort)|(Job|Request)$/;

const startUrl = process.env.SWEEP_START ?? '';
/** What is imported when it is needed must be there before: the loading of a module is no time in which the bot waits. */
if (process.env.SWEEP_PARTS?.includes('discord')) {
  // As the bot does: before discord.js is loaded.
  const sockets: unknown = await import(
    new URL(`../platforms/discord/gateway-sockets.${startUrl.slice(-2)}`, startUrl).href
  );
  if (hasChoice(sockets)) sockets.chooseGatewaySockets(undefined);
}
for (const part of (process.env.SWEEP_PARTS ?? '').split(' '))
  for (const name of readdirSync(new URL(`../${part}`, startUrl), { encoding: 'utf8' }))
    if (/(?<!\.d)\.[jt]s$/.test(name)) await import(new URL(`../${part}/${name}`, startUrl).href);
/** The command and what it keeps of the process it runs in are loaded anew for every life: a signal is heard once. */
const ANEW = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const life = /\\?life=\\d+/.exec(context.parentURL ?? '')?.[0];
  return life && /\\/signals\\.[jt]s$/.test(found.url) ? { ...found, url: found.url + life } : found;
}`;
register(`data:text/javascript,${encodeURIComponent(ANEW)}`);
const loadStart = () => import(`${startUrl}?life=${++lives}`);
let lives = 0;
let next = await loadStart();
const ownEnvironment = { ...process.env };
let rejections = 0;
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  answer(wish.parse(message)).catch((error: unknown) => {
    process.stderr.write(`The host of the sweep failed: ${String(error)}\n`);
    process.exit(70);
  });
});
say({ told: 'loaded' });

function hasChoice(module: unknown): module is { chooseGatewaySockets(proxy: undefined): void } {
  return typeof module === 'object' && module !== null && 'chooseGatewaySockets' in module;
}

async function answer(asked: ReturnType<typeof wish.parse>): Promise<void> {
  switch (asked.ask) {
    case 'start':
      skipTo(asked.now);
      process.env = { ...ownEnvironment, ...asked.env };
      void live();
      return;
    case 'tick':
      await passUntil(asked.now);
      await nextTurn();
      await nextTurn();
      return say({
        told: 'ticked',
        busy:
          statementsInFlight() + process.getActiveResourcesInfo().filter((name) => WORK.test(name)).length,
        moved: timersFired() + statementsEnded() + rejections,
        nextDueAt: nextDueAt(),
      });
    case 'arm':
      return armStatement(asked.statement);
    case 'statements':
      return say({ told: 'statements', seen: statementsSeen() });
    default:
      return asked satisfies never;
  }
}

/** From the start to the end of one bot, with what `main.ts` would print and return. */
async function live(): Promise<void> {
  let code: number;
  let said = '';
  try {
    code = await next.start();
  } catch (error) {
    said =
      error instanceof Error
        ? `${error.message} ${'remedy' in error ? String(error.remedy) : (error.stack ?? '')}`
        : String(error);
    code = error instanceof Error && 'code' in error && error.code === 'CONFIG_INVALID' ? 2 : 1;
  }
  disarmStatement();
  for (const name of ['unhandledRejection', 'SIGTERM', 'SIGINT']) process.removeAllListeners(name);
  rejections++;
  next = await loadStart();
  say({ told: 'ended', code, said, timersLeft: forgetTimers() });
}

function say(words: Told): void {
  process.send?.(words);
}
