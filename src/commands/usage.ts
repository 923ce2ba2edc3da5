import { parseArgs } from 'node:util';
import { createApp } from '../app.ts';
import { systemClock } from '../clock.ts';
import { requireAiralo } from '../config.ts';
import { createLog } from '../ops/log.ts';
import { answersTo, question } from '../platforms/terminal/question.ts';
import type { Reply } from '../usage/reply.ts';
import { printReply, terminalText } from './terminal-output.ts';
import { usageOfList } from './usage-list.ts';

/** Exit codes of one reply; the highest of several is the command's. */
const EXIT = { answered: 0, badInput: 2, deferred: 3, refused: 4 } as const;

/**
 * One real lookup with the operator's credentials, under the same gate and cache as the bot: what the bot has read within
 * the window is shown, not read again. `--json` prints one reply a line; `--csv <file>` answers a whole list.
 */
export async function usage(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, csv: { type: 'string' } },
    allowPositionals: true,
  });
  const config = requireAiralo(process.env);
  const log = createLog(process.env.LOG_LEVEL === undefined ? 'error' : config.logLevel);
  const app = await createApp({ ...config, slack: undefined, discord: undefined }, config.airalo, {
    clock: systemClock,
    log,
    fail: (error) => log.error({ err: error }, error.message),
  });
  try {
    if (values.csv !== undefined) return await usageOfList(app, values.csv);
    const replies = await answersTo(positionals.join(' '), (iccid) =>
      app.desk.lookup({ iccid, ...question() }),
    );
    for (const reply of replies) {
      if (values.json) process.stdout.write(`${JSON.stringify(reply)}\n`);
      else printReply(reply, terminalText(), systemClock.now());
    }
    return Math.max(...replies.map(exitCodeOf));
  } finally {
    await app.stop();
  }
}

function exitCodeOf(reply: Reply): number {
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
    case 'watched':
      return EXIT.answered;
    case 'deferred':
      return reply.because === 'airalo-unavailable' ? EXIT.refused : EXIT.deferred;
    case 'refused':
      return reply.refusal.reason === 'malformed-iccid' ? EXIT.badInput : EXIT.refused;
    default:
      return reply satisfies never;
  }
}
