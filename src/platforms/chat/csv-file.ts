import { type ListedReply, listCard } from '../../cards/list-card.ts';
import type { Clock } from '../../clock.ts';
import type { BulkService } from '../../usage/bulk-board.ts';
import type { PressedCard } from './card-press.ts';
import type { ShownReplies } from './shown-replies.ts';

/** What the file is made from. */
export interface CsvFileParts {
  readonly bulk: Pick<BulkService, 'csvOf'>;
  readonly shown: ShownReplies;
  readonly clock: Clock;
}

/** The table of a card as a file, from what is shown: Airalo is not asked. */
export async function csvFileOf(
  { bulk, shown, clock }: CsvFileParts,
  { note, handle }: Pick<PressedCard, 'note' | 'handle'>,
  locale: string,
) {
  const replies = await shown.of({ ...note, handle }, new Map());
  const { rows: _rows, ...file } = bulk.csvOf(note.iccids, replies, locale);
  const listed = note.iccids.flatMap((iccid, index): ListedReply[] => {
    const reply = replies.get(iccid);
    return reply ? [{ iccid, index, reply }] : [];
  });
  const { title } = listCard(listed, { audience: 'private', locale, now: clock.now() });
  return { ...file, about: [title] };
}
