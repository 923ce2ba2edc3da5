import type { Press } from '../chat/ask.ts';
import { readCustomId } from '../discord/pen.ts';
import { chosen } from '../slack/controls.ts';
import { readPress } from '../slack/pen.ts';
import type { Look } from './message.ts';

/** A press that no adapter of ours would have drawn: told to be too old, like a card nobody remembers. */
const UNKNOWN: Press = { kind: 'unknown', handle: '', index: 0, jobId: '' };

/** What a button or a chosen option says, read as the service's own adapter does. */
export function pressOf(look: Look, control: string, value: string): Press {
  switch (look) {
    case 'slack': {
      const { actionId, value: carried } = chosen(control, value);
      const { note: handle, ...press } = readPress(actionId, carried);
      return { ...press, handle };
    }
    case 'discord':
      // A menu's values are the custom ids of the buttons that they stand for.
      return readCustomId(value === '' ? control : value) ?? UNKNOWN;
    default:
      return look satisfies never;
  }
}
