import type { ReplyAddress, UsageService } from '../../usage/platform.ts';
import { CARD_KEPT_MS } from './card-note.ts';
import type { Chat, RequestContext, Route } from './seam.ts';

/**
 * Keeps where a card stands that was sent as a message of its own, since the place of its question could not be
 * written to. `address`: of that message, without tokens and URLs. `handle`: of the card's note.
 */
export function noteStanding(
  usageService: Pick<UsageService, 'keep'>,
  handle: string,
  { routes }: ReplyAddress,
): Promise<void> {
  return usageService.keep(keyOf(handle), routes, CARD_KEPT_MS);
}

/** The edits of that message: what was promised on it is written into it. None where there is no such message. */
export async function standingEdits<P extends RequestContext, M>(
  chat: Chat<P, M>,
  usageService: Pick<UsageService, 'recall'>,
  address: ReplyAddress,
  handle: string,
): Promise<readonly Route<M>[]> {
  const routes = handle === '' ? undefined : await usageService.recall(keyOf(handle));
  const stored = routes === undefined ? undefined : chat.read({ ...address, routes });
  return stored ? chat.routes(stored).edits : [];
}

const keyOf = (handle: string) => `${handle}.stands`;
