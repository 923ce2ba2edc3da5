import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { AlertBoard } from '../../usage/alert-board.ts';
import { createAlertBoard } from '../chat/alert-board.ts';
import { type PageMessage, pagePen } from './message.ts';
import { ROOMS } from './rooms.ts';
import type { Timeline } from './timeline.ts';

const place = z.object({ id: z.string() });

/** The alert channel of the page: parents that change, lines below them. */
export function createPageAlertBoard(timeline: Timeline, clock: Clock, locale: string): AlertBoard {
  /** `id` is made of the mark: the same message, sent again, changes the first. */
  function put(id: string, message: PageMessage, threadOf?: string): { kind: 'ok'; place: { id: string } } {
    const thread = threadOf === undefined ? {} : { threadOf };
    const shared = { room: ROOMS.alerts, author: 'bot', isPrivate: false, arrived: true } as const;
    timeline.put({ id, at: clock.now(), ...shared, ...thread, message });
    return { kind: 'ok', place: { id: threadOf ?? id } };
  }

  return createAlertBoard({
    platform: 'page',
    locale,
    pen: pagePen,
    parent: place,
    post: async (message, { mark }) => put(`alert-${mark}`, message),
    edit: async ({ id }, message) => (timeline.get(id) ? put(id, message) : { kind: 'gone' }),
    tell: async ({ id }, line, { mark }) =>
      timeline.get(id) ? put(`line-${mark}`, line, id) : { kind: 'gone' },
    say: async (message, { mark }) => put(`notice-${mark}`, message),
  });
}
