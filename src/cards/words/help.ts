import { ICCID_EXAMPLE } from '../../domain/iccid.ts';
import type { Line } from '../card.ts';
import type { Say } from '../say.ts';

/** Words of the help. */
export interface HelpWords {
  readonly title: string;
  /** `command` with its slash, and the `shortcut` on a message, as the platform shows them. */
  lines(command: string, shortcut: string): readonly Line[];
}

/** How to ask. */
export function helpWords({ text, line }: Say): HelpWords {
  return {
    title: text('help.title'),
    lines: (command, shortcut) => [
      line('help.ask', { command, example: ICCID_EXAMPLE }),
      line('help.several'),
      line('help.shortcut', { shortcut }),
      line('help.share', { share: text('actions.share') }),
      line('help.waiting'),
    ],
  };
}
