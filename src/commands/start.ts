import { createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { requireAiralo } from '../config.ts';
import { createLog } from '../ops/log.ts';
import type { StartError } from '../usage/platform.ts';

/** A second signal, or this long after the first, ends the process whatever hangs. */
const LEAVE_WITHIN_MS = 9_500;

/** Runs the bot until a signal: 0 after a clean stop, 1 when only the operator can mend what happened. */
export async function start(): Promise<number> {
  const config = requireAiralo(process.env, ['platform']);
  const log = createLog(config.logLevel);
  const ended = exitCode();
  const fail = (error: StartError) => {
    log.fatal({ err: error }, `${error.message} Remedy: ${error.remedy}`);
    ended.resolve(1);
  };
  // One bad event must not end the bot; it is logged with its stack and the bot goes on.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A promise was rejected unheard'));

  const app = await createApp(config, config.airalo, { clock: systemClock, log, fail, serveHttp: true });
  const onSignal = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'Finishing what is being sent');
    ended.resolve(0);
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);

  try {
    await Promise.race([app.start(), ended.promise]);
    const code = await ended.promise;
    leaveAnyway(code);
    return code;
  } finally {
    await app.stop();
    log.info('Stopped');
  }
}

function leaveAnyway(code: number): void {
  setTimeout(() => process.exit(code), LEAVE_WITHIN_MS).unref();
}

/** The exit code, decided once by whoever is first: a signal or a failure. */
function exitCode(): { promise: Promise<number>; resolve: (code: number) => void } {
  let resolve: (code: number) => void = () => undefined;
  const promise = new Promise<number>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
