import { type App, createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { requireAiralo } from '../config.ts';
import { keepHeapTight } from '../heap.ts';
import { createLog, type Log } from '../log.ts';
import type { StartError } from '../usage/platform.ts';
import { hearSignals } from './signals.ts';

/**
 * So long after a signal or a failure the process ends, whatever hangs. Docker kills after ten
 * seconds (its docs, `docker stop`).
 */
const LEAVE_WITHIN_MS = 9_500;

/**
 * Runs the bot until a signal: 0 after a clean stop, 1 when only the operator can mend what
 * happened. Throws `ConfigError`, `StoreError` or `StartError` for what fails while it starts;
 * `main.ts` says it with its remedy.
 */
export async function start(): Promise<number> {
  keepHeapTight();
  const signals = hearSignals();
  const config = requireAiralo(process.env, ['platform']);
  const log = createLog(config.logLevel);
  const failed = deferred<number>();
  const fail = (error: StartError) => {
    log.fatal({ err: error }, `${error.message} Remedy: ${error.remedy}`);
    failed.resolve(1);
  };
  const signalled = signals.first.then((signal) => {
    log.info({ signal }, 'Finishing what is being sent');
    return 0;
  });
  const ended = Promise.race([signalled, failed.promise]);
  // One bad event must not end the bot; it is logged with its stack and the bot goes on.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A promise was rejected unheard'));
  // Before the store is opened, which may hang as well.
  void ended.then(leaveAnyway);

  const opening = createApp(config, config.airalo, { clock: systemClock, log, fail, serveHttp: true });
  const app = await Promise.race([opening, ended.then(() => undefined)]);
  // A store that hangs must not keep the process from leaving.
  if (!app) return stopLate(opening, log, await ended);
  try {
    const starting = app.start();
    // A failure after a signal is no news.
    starting.catch(() => undefined);
    await Promise.race([starting, ended]);
    return await ended;
  } catch (error) {
    leaveAnyway(1);
    throw error;
  } finally {
    await app.stop();
    log.info('Stopped');
  }
}

/** The store is still being opened: it is let go of if that ends soon. */
async function stopLate(opening: Promise<App>, log: Log, code: number): Promise<number> {
  await Promise.race([
    opening.then((app) => app.stop()).catch(() => undefined),
    systemClock.sleep(OPENING_ENDS_MS),
  ]);
  log.info('Stopped');
  return code;
}

/** As long as a call to the store may take. */
const OPENING_ENDS_MS = 2_000;

/** Does not keep the process by itself: a clean stop ends sooner. */
function leaveAnyway(code: number): void {
  setTimeout(() => process.exit(code), LEAVE_WITHIN_MS).unref();
}

/** A promise that is decided from outside, once, by whoever is first. */
function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
