import type { App } from '../app.ts';
import { bulkCard, bulkRefusalLine } from '../cards/bulk-card.ts';
import { plainLine } from '../cards/plain-text.ts';
import { instant } from '../cards/spans.ts';
import { wordsFor } from '../cards/words.ts';
import { renderText } from '../platforms/terminal/text.ts';
import { EXIT } from './exit-codes.ts';
import { readNamed } from './named-file.ts';
import { rewriteLine, terminalText } from './terminal-output.ts';

/**
 * `usage --csv <file>`: the whole list at the pace of the bot's lists, the answer as CSV on standard output, how far it is on standard
 * error. What was read stays in the cache: stopped and begun again, it goes on from there.
 * Throws `FileError` and `StoreError`.
 */
export async function usageOfList(app: App, path: string): Promise<number> {
  const text = terminalText();
  const { bulk: words } = wordsFor(text.locale);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const interrupted = new AbortController();
  /** The first Ctrl-C ends the list in order; the second is the system's again. */
  const stop = () => interrupted.abort();
  process.once('SIGINT', stop);
  try {
    const answer = await app.bulk.answerHere(await readNamed(path, 'Name the CSV file with the list'), {
      locale: text.locale,
      signal: interrupted.signal,
      onProgress: progressOn(process.stderr, (done, total, until) => {
        const wait = until === undefined ? '' : ` (${plainLine([instant(until, 'time')], text)})`;
        return `${words.label}: ${words.progress(done, total)}${wait}`;
      }),
    });
    switch (answer.kind) {
      case 'answered':
        process.stdout.write(answer.csv);
        say(renderText(bulkCard({ ...answer, kind: 'finished' }, text), text));
        return EXIT.done;
      case 'refused':
        say(plainLine(bulkRefusalLine(answer.problem, words), text));
        return EXIT.badInput;
      case 'stopped':
        return EXIT.interrupted;
      default:
        return answer satisfies never;
    }
  } finally {
    process.off('SIGINT', stop);
  }
}

/** One line that changes in a terminal; elsewhere the end alone, and each wait, without which the list would look stuck. */
function progressOn(
  output: NodeJS.WriteStream,
  lineOf: (done: number, total: number, until?: number) => string,
): (done: number, total: number, until?: number) => void {
  let told: number | undefined;
  return (done, total, until) => {
    const atEnd = done === total;
    if (output.isTTY) rewriteLine(output, `${lineOf(done, total, until)}${atEnd ? '\n' : ''}`);
    else if (atEnd || (until !== undefined && until !== told))
      output.write(`${lineOf(done, total, until)}\n`);
    told = until;
  };
}
