import type { Block, KnownBlock } from '@slack/types';
import type { CardHandle, Pen } from '../chat/seam.ts';
import { ACTION_PREFIX, button, type SlackMessage, slackMessage, slackNotice } from './block-kit.ts';

/** How Slack is written: Block Kit with mrkdwn. */
export const slackPen: Pen<SlackMessage> = {
  message: (cards, reader, notice) =>
    slackMessage(
      cards.map(({ card, handle }) => (handle ? { card, handle: written(handle) } : { card })),
      reader,
      notice,
    ),
  takesFiles: true,
  notice: slackNotice,
  offer(line, label, note, reader) {
    const { text, blocks } = slackNotice([line], reader);
    const show = button(`${ACTION_PREFIX}:show:0`, label, written({ note, index: 0, jobId: '' }), 'primary');
    return { text, blocks: [...blocks, { type: 'actions', elements: [show] }] };
  },
};

/** `note|index|job`, as it stands in the value of a button. */
function written({ note, index, jobId }: CardHandle): string {
  return `${note}|${index}|${jobId}`;
}

/**
 * What a button says back: its kind and what it carries. `esim:refresh:0` is the refresh of the first card. An action
 * id that is not ours has the kind `''`.
 */
export function readPress(actionId: string, value: string): CardHandle & { readonly kind: string } {
  const kind = actionId.startsWith(`${ACTION_PREFIX}:`) ? (actionId.split(':')[1] ?? '') : '';
  const [note = '', index = '', jobId = ''] = value.split('|');
  return { kind, note, index: Number(index), jobId };
}

/** The part of a message that the Web API takes; a block newer than its types is a `Block`. */
export function content(message: SlackMessage): { text: string; blocks: (KnownBlock | Block)[] } {
  return { text: message.text, blocks: message.blocks };
}
