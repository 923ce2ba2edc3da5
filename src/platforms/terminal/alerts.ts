import { alertCard, alertEntryLine, operatorNoticeLines } from '../../cards/alert-card.ts';
import type { AlertBoard } from '../../usage/alert-board.ts';
import { renderLines, renderText, type TextOptions } from './text.ts';

/**
 * The terminal as an alert channel: everything is written once, in its order; nobody can press anything. No call of
 * it fails.
 */
export function createTerminalAlertBoard(show: (text: string) => void, text: TextOptions): AlertBoard {
  const viewer = { platform: 'terminal', locale: text.locale };
  return {
    async post(face) {
      show(renderText(alertCard(face, viewer), text));
      return { kind: 'ok', place: 'terminal' };
    },
    // What is printed stays; the line that `tell` writes has the news.
    edit: async (place) => ({ kind: 'ok', place }),
    async tell(place, _face, entry) {
      show(renderLines([alertEntryLine(entry, viewer)], text));
      return { kind: 'ok', place };
    },
    async notify(notice) {
      show(renderLines(operatorNoticeLines(notice, text.locale), text));
      return { kind: 'ok', place: 'terminal' };
    },
  };
}
