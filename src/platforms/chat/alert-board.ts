import type { z } from 'zod';
import { alertCard, alertEntryLine, operatorNoticeLines } from '../../cards/alert-card.ts';
import type { AlertFace } from '../../domain/alert.ts';
import type { AlertBoard, AlertSending, BoardResult } from '../../usage/alert-board.ts';
import type { PlatformName } from '../../usage/platform.ts';
import type { CallResult, Pen } from './seam.ts';

/** What a platform must know how to do for its alert channel. `Parent` is where a parent message stands: plain JSON. */
export interface AlertMechanics<Parent, M> {
  readonly platform: PlatformName;
  /** A channel has no language of its own. */
  readonly locale: string;
  readonly pen: Pick<Pen<M>, 'message' | 'notice'>;
  /** Reads a place that was kept. */
  readonly parent: z.ZodType<Parent>;
  /** A parent message, for everybody in the channel. */
  post(message: M, sending: AlertSending): Promise<BoardResult>;
  edit(parent: Parent, message: M): Promise<BoardResult>;
  /** A line below its parent; `title`: of a thread that has to be opened for it. */
  tell(parent: Parent, line: M, sending: AlertSending, title: string): Promise<BoardResult>;
  /** A message that is about no eSIM: nothing in it tells it from another, so that it may come twice after a crash. */
  say(message: M, sending: AlertSending): Promise<BoardResult>;
}

/** The alert channel of a platform: parent messages that are edited, lines below them. */
export function createAlertBoard<Parent, M>({
  platform,
  locale,
  pen,
  parent: shape,
  ...channel
}: AlertMechanics<Parent, M>): AlertBoard {
  const viewer = { platform, locale };
  const faceMessage = (face: AlertFace, note: string): M =>
    pen.message([{ card: alertCard(face, viewer), handle: { note, index: 0, jobId: '' } }], viewer);

  return {
    post: (face, sending) => channel.post(faceMessage(face, sending.handle), sending),
    async edit(place, face, handle) {
      const parent = shape.safeParse(place).data;
      // A place of another form, such as an older version's, leads to no message any more than a deleted one.
      return parent ? channel.edit(parent, faceMessage(face, handle)) : { kind: 'gone' };
    },
    async tell(place, face, entry, sending) {
      const parent = shape.safeParse(place).data;
      if (!parent) return { kind: 'gone' };
      const line = pen.notice([alertEntryLine(entry, viewer)], viewer);
      return channel.tell(parent, line, sending, alertCard(face, viewer).title);
    },
    notify: (notice, mark) =>
      channel.say(pen.notice(operatorNoticeLines(notice, locale), viewer), { handle: '', mark }),
  };
}

/**
 * A call as the worker of alerts treats it: a deleted parent (`isGone`) apart from a channel that refuses everything, for which
 * `remedy` is told to the operator.
 */
export function boardResult<Closed extends Extract<CallResult, { kind: 'closed' }>>(
  result: Exclude<CallResult, { kind: 'ok' | 'closed' }> | Closed,
  {
    platform,
    remedy,
    isGone,
  }: {
    readonly platform: PlatformName;
    readonly remedy: string;
    readonly isGone: (closed: Closed) => boolean;
  },
): BoardResult {
  if (result.kind === 'retry') return result;
  const reason = `${platform}: ${result.error}`;
  if (result.kind === 'closed') return isGone(result) ? { kind: 'gone' } : { kind: 'closed', reason, remedy };
  // With a good token this channel is as good as before.
  if (result.refusesToken) return { kind: 'retry', error: result.error };
  return { kind: 'closed', reason, remedy: result.remedy };
}
