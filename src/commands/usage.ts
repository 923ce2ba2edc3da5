import { createApp } from '../app.ts';
import { leftOutLine } from '../cards/left-out.ts';
import { plainLine } from '../cards/plain-text.ts';
import { wordsFor } from '../cards/words.ts';
import { systemClock } from '../clock.ts';
import { requireAiralo } from '../config.ts';
import { readIccids } from '../domain/iccid.ts';
import { createLog } from '../log.ts';
import { answersTo, question } from '../platforms/terminal/question.ts';
import type { Reply } from '../usage/reply.ts';
import { EXIT } from './exit-codes.ts';
import { printReply, terminalText } from './terminal-output.ts';
import { usageOfList } from './usage-list.ts';

/**
 * One real lookup with the operator's credentials, under the same gate and cache as the bot: what the bot has read within
 * the window is shown, not read again. `json` prints one reply a line; `csv` names a file that is answered whole. The exit code is the
 * highest of the replies'.
 * Throws `ConfigError` without Airalo's credentials, `StoreError` where the store cannot be used.
 */
export async function usage(
  iccids: readonly string[],
  options: { readonly json: boolean; readonly csv?: string },
): Promise<number> {
  const config = requireAiralo(process.env);
  const log = createLog(!process.env.LOG_LEVEL ? 'error' : config.logLevel);
  // Without platforms: a bot that runs beside this one has them.
  const app = await createApp(
    { ...config, slack: undefined, discord: undefined, telegram: undefined },
    config.airalo,
    {
      clock: systemClock,
      log,
      fail: (error) => log.error({ err: error }, error.message),
    },
  );
  try {
    if (options.csv !== undefined) return await usageOfList(app, options.csv);
    const text = iccids.join(' ');
    const replies = await answersTo(text, (iccid) => app.usageService.lookup({ iccid, ...question() }));
    for (const reply of replies) {
      if (options.json) process.stdout.write(`${JSON.stringify(reply)}\n`);
      else printReply(reply, terminalText(), systemClock.now());
    }
    if (replies.some(({ iccid }) => iccid !== undefined)) sayWhatIsLeftOut(text);
    return Math.max(...replies.map(exitCodeOf));
  } finally {
    await app.stop();
  }
}

/** On standard error, so that a program reads nothing but replies. */
function sayWhatIsLeftOut(text: string): void {
  const terminal = terminalText();
  const leftOut = { iccids: [], changed: readIccids(text).changed };
  const line = leftOutLine(wordsFor(terminal.locale), leftOut, 0);
  if (line) process.stderr.write(`${plainLine(line, terminal)}\n`);
}

/** Scripts tell by it what to do: 3 is the same question later, 4 something else first. */
function exitCodeOf(reply: Reply): number {
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
    case 'watched':
      return EXIT.done;
    case 'deferred':
      return reply.because === 'airalo-unavailable' ? EXIT.refused : EXIT.mustWait;
    case 'refused':
      return reply.refusal.reason === 'malformed-iccid' ? EXIT.badInput : EXIT.refused;
    default:
      return reply satisfies never;
  }
}
