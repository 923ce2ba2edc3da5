import type { Clock } from '../clock.ts';
import type { AlertFace } from '../domain/alert.ts';
import { shortHash } from '../domain/short-hash.ts';
import type { AlertBoard, BoardResult } from '../usage/alert-board.ts';
import type { AlertRecords, PostRecord } from './alert-records.ts';
import { type AlertState, faceOf } from './alert-state.ts';

/** One channel. */
export interface NamedBoard {
  readonly name: string;
  readonly board: AlertBoard;
}

/** How bringing one channel up to date ended. */
export type SyncResult = { readonly kind: 'ok' } | Exclude<BoardResult, { kind: 'ok' | 'gone' }>;

/** As many as the state keeps entries. */
const MAX_SHOWN = 20;

/**
 * Brings what stands in one channel to the state: the face on the parent message, every later event in its thread. Each step is noted
 * before and after, so that after a crash it goes on where it was, and looks for what may have been sent.
 */
export async function bringUpToDate(
  { name, board }: NamedBoard,
  state: AlertState,
  records: AlertRecords,
  clock: Clock,
): Promise<SyncResult> {
  const { subject, handle } = state;
  const face = faceOf(state, clock.now());
  let record = await records.post(subject, name);
  const save = async (changed: PostRecord) => {
    record = changed;
    await records.putPost(subject, name, changed);
  };

  if (record.place !== undefined) {
    const edited = await draw();
    if (edited.kind === 'gone') await save({ shown: record.shown });
    else if (edited.kind !== 'ok') return edited;
  }
  const due = state.entries.filter(({ id, quiet }) => !quiet && !record.shown.includes(id));
  for (const entry of due) {
    const result = record.place === undefined ? await open(entry.id) : await tell(entry);
    if (result.kind === 'gone') return { kind: 'retry', error: 'The parent message has gone' };
    if (result.kind !== 'ok') return result;
  }
  return { kind: 'ok' };

  /** The first message. Who has it is added by an edit: a mention in a new message would alert them. */
  async function open(mark: string): Promise<BoardResult> {
    const { claim: _claim, mute: _mute, ...plain } = face;
    // What an earlier try has posted may show an older face.
    const drawn = record.sending?.mark === mark ? {} : { drawn: hashOf(plain) };
    const result = await send(mark, (sending) => board.post(plain, sending));
    if (result.kind !== 'ok') return result;
    await save({ place: result.place, shown: shownWith(mark), ...drawn });
    return draw();
  }

  async function tell(entry: AlertState['entries'][number]): Promise<BoardResult> {
    const result = await send(entry.id, (sending) => board.tell(record.place, face, entry, sending));
    if (result.kind === 'gone') await save({ shown: record.shown });
    if (result.kind !== 'ok') return result;
    const { sending: _sending, ...rest } = record;
    await save({ ...rest, place: result.place, shown: shownWith(entry.id) });
    return result;
  }

  /**
   * `mark` is noted before the message goes out; one that is found noted may have gone out before,
   * since `suspectedAt`.
   */
  async function send(
    mark: string,
    by: (sending: { handle: string; mark: string; suspectedAt?: number }) => Promise<BoardResult>,
  ): Promise<BoardResult> {
    const before = record.sending?.mark === mark ? record.sending : undefined;
    await save({ ...record, sending: before ?? { mark, at: clock.now() } });
    return by({ handle, mark, ...(before ? { suspectedAt: before.at } : {}) });
  }

  async function draw(): Promise<BoardResult> {
    const drawn = hashOf(face);
    if (record.drawn === drawn) return { kind: 'ok', place: record.place };
    const result = await board.edit(record.place, face, handle);
    if (result.kind === 'ok') await save({ ...record, place: result.place, drawn });
    return result;
  }

  function shownWith(id: string): string[] {
    return [...record.shown, id].slice(-MAX_SHOWN);
  }
}

function hashOf(face: AlertFace): string {
  return shortHash(JSON.stringify(face));
}
