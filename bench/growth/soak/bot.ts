/**
 * The bot of a soak, in a process of its own: nobody else's memory is in it. Told by messages to let time pass, and to say how it is. Its log is
 * counted and not kept.
 */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { countingLog } from './counting-log.ts';
import { sampleProcess } from './sample.ts';
import { comeToEase, jump, turnedClock, waitingNow } from './time-machine.ts';

const { createApp } = await import('../../../src/app.ts');
const { requireAiralo } = await import('../../../src/config.ts');

/**
 * How time runs while something is under way: by short steps while something changes, by longer ones while all wait. A request of ten seconds
 * is not cut off by the step, nor a lease of as many.
 */
const STEP = { leastMs: 50, mostMs: 800, pauseMs: 1 };
/** Looks in a row at which nothing was under way: what somebody has just written may still be on its way. */
const QUIET_LOOKS = 2;
const PATIENCE_MS = 60_000;

const wish = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('pass'), ms: z.number(), busy: z.boolean() }),
  z.object({ ask: z.literal('sample') }),
  z.object({ ask: z.literal('stop') }),
]);

const config = requireAiralo(process.env);
const { log, counts, underWay } = countingLog();
const app = await createApp(config, config.airalo, {
  clock: turnedClock,
  log,
  serveHttp: true,
  fail: (error) => log.error({ err: error }, error.message),
});
await app.start();
process.send?.({ port: app.httpPort() });

// Nobody leads it any more.
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  answer(wish.parse(message)).then(
    (told) => process.send?.(told),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});

async function answer(asked: z.infer<typeof wish>): Promise<object> {
  switch (asked.ask) {
    case 'pass': {
      const endsAt = Date.now() + asked.ms;
      // Even when nothing has happened: a job that falls due between two steps must not have its lease jumped over.
      await settle(asked.busy ? QUIET_LOOKS : 1);
      jump(Math.max(0, endsAt - Date.now()));
      await settle(1);
      return { now: Date.now() };
    }
    case 'sample': {
      const { pending } = await app.store.outbox.depth();
      return { ...(await sampleProcess()), pending, waiting: waitingNow(), counts: counts() };
    }
    case 'stop':
      await app.stop();
      return {};
    default:
      return asked satisfies never;
  }
}

/** Lets time run until nothing is under way; each step waits for the store and for the stand-ins, so that a busy machine slows it. */
async function settle(looks: number): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  let [stepMs, seen] = [STEP.leastMs, ''];
  for (let quiet = 0; quiet < looks; ) {
    if (performance.now() > giveUpAt) throw new Error(`Still ${underWay()} questions and jobs under way`);
    const [depth] = await Promise.all([app.store.outbox.depth(), reachStandIns()]);
    await nextTurn();
    comeToEase();
    const idle = underWay() === 0 && depth.active === 0 && depth.oldestDueMs === 0;
    quiet = idle ? quiet + 1 : 0;
    const now = [underWay(), depth.active, depth.pending, waitingNow()].join();
    stepMs = now === seen ? Math.min(STEP.mostMs, stepMs * 2) : STEP.leastMs;
    seen = now;
    if (!idle) jump(stepMs);
    if (quiet < looks) await pause(STEP.pauseMs);
  }
}

async function reachStandIns(): Promise<void> {
  await (await fetch(process.env.SOAK_MEETING ?? '')).arrayBuffer();
}
