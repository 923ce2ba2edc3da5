import { z } from 'zod';
import { alertCard, alertEntryLine, operatorNoticeLines } from '../../cards/alert-card.ts';
import type { Clock } from '../../clock.ts';
import type { AlertBoard } from '../../usage/alert-board.ts';
import { type PageMessage, pagePen } from './message.ts';
import { ROOMS } from './rooms.ts';
import type { Timeline } from './timeline.ts';

const place = z.object({ id: z.string() });

/** The alert channel of the page: parents that change, lines below them. */
export function createPageAlertBoard(timeline: Timeline, clock: Clock, locale: string): AlertBoard {
  const viewer = { platform: 'page', locale };

  /** `id` is made of the mark: the same message, sent again, changes the first. */
  function put(id: string, message: PageMessage, threadOf?: string): { kind: 'ok'; place: { id: string } } {
    const thread = threadOf === undefined ? {} : { threadOf };
    const shared = { room: ROOMS.alerts, author: 'bot', isPrivate: false, arrived: true } as const;
    timeline.put({ id, at: clock.now(), ...shared, ...thread, message });
    return { kind: 'ok', place: { id: threadOf ?? id } };
  }

  function drawn(face: Parameters<AlertBoard['post']>[0], note: string): PageMessage {
    const card = { card: alertCard(face, viewer), handle: { note, index: 0, jobId: '' } };
    return pagePen.message([card], viewer);
  }

  return {
    post: async (face, { handle, mark }) => put(`alert-${mark}`, drawn(face, handle)),
    async edit(at, face, handle) {
      const known = place.safeParse(at).data;
      return known && timeline.get(known.id) ? put(known.id, drawn(face, handle)) : { kind: 'gone' };
    },
    async tell(at, _face, entry, { mark }) {
      const known = place.safeParse(at).data;
      if (!known || !timeline.get(known.id)) return { kind: 'gone' };
      return put(`line-${mark}`, pagePen.notice([alertEntryLine(entry, viewer)], viewer), known.id);
    },
    notify: async (notice, mark) =>
      put(`notice-${mark}`, pagePen.notice(operatorNoticeLines(notice, locale), viewer)),
  };
}
