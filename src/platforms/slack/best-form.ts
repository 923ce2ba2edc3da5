import { LRUCache } from 'lru-cache';
import type { Card } from '../../cards/card.ts';
import type { Clock } from '../../clock.ts';
import type { ShowPictures, SlackMessage } from './block-kit.ts';

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
 * blocks some day, and until then no answer should cost a call more. A message that is refused in every form teaches nothing. A form that
 * stands in for a chart sends its pictures first.
 */
export function createBestForms(clock: Clock): (workspaceId: string, show: ShowPictures) => InBestForm {
  const refused = new LRUCache<string, number>({
    max: MAX_REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: clock,
  });

  return (workspaceId, show) => {
    /** Once an answer: what is shown again, or in a still plainer form, must not send them again. */
    let shown: Promise<readonly Card[]> | undefined;
    const showOnce: ShowPictures = (cards) => {
      shown ??= show(cards);
      return shown;
    };
    return async (message, send) => {
      const forms = [message, ...(message.plainer ?? [])];
      const key = `${workspaceId} ${message.newest ?? ''}`;
      const sendForm = async (index: number) => {
        const form = forms[index] ?? message;
        return send(form.withPictures ? await form.withPictures(showOnce) : form);
      };
      let at = Math.min(refused.get(key) ?? 0, forms.length - 1);
      const began = at;
      let result = await sendForm(at);
      while (isRefusedBlock(result) && at + 1 < forms.length) {
        at++;
        result = await sendForm(at);
      }
      if (at > began && result.kind === 'ok') refused.set(key, at);
      return result;
    };
  };
}

/** Refused for a block in it, and so not shown at all. */
export function isRefusedBlock({ kind, error }: SendResult): boolean {
  return kind === 'closed' && /invalid_(blocks|attachments)/.test(error ?? '');
}
