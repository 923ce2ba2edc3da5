import { alertCard, alertEntryLine, operatorNoticeLines } from '../../cards/alert-card.ts';
import { plainLine } from '../../cards/plain-text.ts';
import type { AlertBoard } from '../../usage/alert-board.ts';
import { renderText, type TextOptions } from './text.ts';

/** The terminal as an alert channel: everything is written once, in its order; nobody can press anything. */
export function createTerminalAlertBoard(show: (text: string) => void, text: TextOptions): AlertBoard {
  const viewer = { platform: 'terminal', locale: text.locale };
  return {
    async post(face) {
      show(renderText(alertCard(face, viewer), text));
      return { kind: 'ok', place: 'terminal' };
    },
    edit: async (place) => ({ kind: 'ok', place }),
    async tell(place, _face, entry) {
      show(plainLine(alertEntryLine(entry, viewer), text));
      return { kind: 'ok', place };
    },
    async notify(notice) {
      for (const line of operatorNoticeLines(notice, text.locale)) show(plainLine(line, text));
      return { kind: 'ok', place: 'terminal' };
    },
  };
}
