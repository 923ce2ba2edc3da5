import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { BulkBoard } from '../../usage/bulk-board.ts';
import { createListBoard } from '../chat/lists.ts';
import { readerOf } from '../chat/seam.ts';
import type { PageChat } from './chat.ts';
import { base64Of, pagePen } from './message.ts';
import { ROOMS } from './rooms.ts';
import type { Timeline } from './timeline.ts';

/** Lists on their way out: the message that fills, and the file below it. */
export function createPageListBoard(timeline: Timeline, chat: PageChat, clock: Clock): BulkBoard {
  return createListBoard({
    chat,
    clock,
    edit(place, message) {
      const standing = place.entryId === undefined ? undefined : timeline.get(place.entryId);
      if (!standing) return undefined;
      timeline.put({ ...standing, message });
      return Promise.resolve({ kind: 'ok', value: undefined });
    },
    async send({ ctx }, { name, bytes, rows }, { jobId }) {
      const notice = pagePen.notice([wordsFor(ctx.locale).bulk.finished(rows)], readerOf(ctx));
      const file = { name, type: 'text/csv', base64: base64Of(bytes), alt: name };
      const message = { ...notice, files: [file] };
      // By the job: a file that is sent again stands in the place of the first.
      const shared = { room: ROOMS.bot, author: 'bot', isPrivate: false, arrived: true } as const;
      timeline.put({ id: `file-${jobId}`, at: clock.now(), ...shared, message });
      return { kind: 'delivered', route: 'file' };
    },
  });
}
