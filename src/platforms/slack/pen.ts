import type { KnownBlock } from '@slack/types';
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

/**
 * Sends the best form of a message that the workspace takes: one that does not know a block yet refuses the message
 * whole, with `invalid_blocks`, and nothing of it is shown. So a further try cannot show it twice. The result is that
 * of the last try.
 */
export async function inBestForm<R extends { readonly kind: string }>(
  message: SlackMessage,
  send: (form: SlackMessage) => Promise<R>,
): Promise<R> {
  let result = await send(message);
  for (const form of message.plainer ?? []) {
    if (!isRefusedBlock(result)) break;
    result = await send(form);
  }
  return result;
}

function isRefusedBlock(result: { readonly kind: string; readonly error?: string }): boolean {
  return result.kind === 'closed' && /invalid_(blocks|attachments)/.test(result.error ?? '');
}

/** The part of a message that the Web API takes. */
export function content(message: SlackMessage): { text: string; blocks: KnownBlock[] } {
  return { text: message.text, blocks: message.blocks };
}
