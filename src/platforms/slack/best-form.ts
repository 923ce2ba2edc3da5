import { LRUCache } from 'lru-cache';
import type { Clock } from '../../clock.ts';
import type { SlackMessage } from './block-kit.ts';

/**
 * Sends the best form of a message that the workspace takes: one that does not know a block yet refuses the message whole, with
 * `invalid_blocks`, and nothing of it is shown.
 */
export type InBestForm = <R extends SendResult>(
  message: SlackMessage,
  send: (form: SlackMessage) => Promise<R>,
) => Promise<R>;

interface SendResult {
  readonly kind: string;
  readonly error?: string;
}

/** Workspaces; an organisation has some hundreds. */
const MAX_REMEMBERED = 1_000;
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * For each workspace its own, which remembers for a day how many forms were refused there before one was taken: a workspace learns new
 * blocks some day, and until then no answer should cost a call more. A message that is refused in every form teaches nothing.
 */
export function createBestForms(clock: Clock): (workspaceId: string) => InBestForm {
  const refused = new LRUCache<string, number>({
    max: MAX_REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: clock,
  });

  return (workspaceId) => async (message, send) => {
    const forms = [message, ...(message.plainer ?? [])];
    let place = Math.min(refused.get(workspaceId) ?? 0, forms.length - 1);
    const began = place;
    let result = await send(forms[place] ?? message);
    while (isRefusedBlock(result) && place + 1 < forms.length) {
      place++;
      result = await send(forms[place] ?? message);
    }
    if (place > began && result.kind === 'ok') refused.set(workspaceId, place);
    return result;
  };
}

/** Refused for a block in it, and so not shown at all. */
export function isRefusedBlock({ kind, error }: SendResult): boolean {
  return kind === 'closed' && /invalid_(blocks|attachments)/.test(error ?? '');
}
