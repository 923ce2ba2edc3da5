import type { Words } from '../cards/words.ts';
import type { Iccid } from '../domain/iccid.ts';
import { shortHash } from '../domain/short-hash.ts';
import { hasFigures } from '../domain/usage.ts';
import type { BulkFile } from '../usage/bulk-board.ts';
import type { LastReading, Reply } from '../usage/reply.ts';
import { iso, type RowAnswer, writeCsv } from './csv-answer.ts';

/** Answers that were given one by one, as the file a list would have got: the same columns, the same words. */
export function repliesCsv(
  iccids: readonly Iccid[],
  replies: ReadonlyMap<Iccid, Reply>,
  words: Words,
  now: number,
): BulkFile {
  const rows = iccids.map((iccid) => ({ iccid, answer: answerOf(replies.get(iccid), words) }));
  const id = shortHash(iccids.join(' ')).slice(0, 6).replace(/\W/gu, 'x');
  return {
    name: `esim-usage-${new Date(now).toISOString().slice(0, 10)}-${id}.csv`,
    bytes: writeCsv(rows, ','),
    rows: rows.length,
  };
}

function answerOf(reply: Reply | undefined, words: Words): RowAnswer {
  const { notes } = words.bulk;
  if (reply === undefined) return { kind: 'none', note: words.list.waiting };
  switch (reply.kind) {
    case 'fresh':
      return read(reply, '', words);
    case 'cached':
      return read(
        reply,
        reply.because === 'within-window' ? '' : notes.older[reply.because](undefined),
        words,
      );
    case 'deferred': {
      const because = reply.because === 'busy' ? 'rate-limited' : reply.because;
      const until = iso(reply.refreshableAt);
      return reply.previous
        ? read(reply.previous, notes.older[because](until), words)
        : { kind: 'none', note: notes.unread[because](until) };
    }
    case 'refused': {
      const why = words.refusal.titles[reply.refusal.reason];
      return reply.previous ? read(reply.previous, why, words) : { kind: 'none', note: why };
    }
    case 'watched':
      return reply.last ? read(reply.last, '', words) : { kind: 'none', note: words.list.waiting };
    default:
      return reply satisfies never;
  }
}

function read({ reading, asOf }: LastReading, note: string, words: Words): RowAnswer {
  const empty = hasFigures(reading) ? [] : [words.bulk.notes.noFigures];
  return { kind: 'reading', reading, asOf, note: [...(note === '' ? [] : [note]), ...empty].join(' ') };
}
