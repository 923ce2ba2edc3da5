import type { Press } from '../chat/ask.ts';
import { readCustomId } from '../discord/pen.ts';
import { readPress } from '../slack/pen.ts';
import type { Look } from './message.ts';

/** Slack's menus: the option says what its button would, its kind first. */
const SLACK_MENU = /^esim:menu:(.*)$/;
const UNKNOWN: Press = { kind: 'unknown', handle: '', index: 0, jobId: '' };

/** What a button or a chosen option says, read as the service's own adapter does. */
export function pressOf(look: Look, control: string, value: string): Press {
  switch (look) {
    case 'slack': {
      const place = SLACK_MENU.exec(control)?.[1];
      const [kind = '', ...carried] = value.split('|');
      const { note: handle, ...press } =
        place === undefined
          ? readPress(control, value)
          : readPress(`esim:${kind}:${place}`, carried.join('|'));
      return { ...press, handle };
    }
    case 'discord':
      // A menu's values are the custom ids of the buttons that they stand for.
      return readCustomId(value === '' ? control : value) ?? UNKNOWN;
    default:
      return look satisfies never;
  }
}
