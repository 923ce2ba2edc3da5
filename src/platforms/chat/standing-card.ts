import { shortHash } from '../../domain/short-hash.ts';
import type { ReplyAddress, UsageService } from '../../usage/platform.ts';
import { CARD_KEPT_MS } from './card-note.ts';
import type { About, Chat, RequestContext, Route } from './seam.ts';

/** A card is found by its note; one that was drawn again after a crash, with a note of its own, by its question. */
type Named = Pick<About, 'handle' | 'messageKey'>;

/**
 * Keeps where a card stands that was sent as a message of its own, since the place of its question could not be
 * written to. `address`: of that message, without tokens and URLs.
 */
export async function noteStanding(
  usageService: Pick<UsageService, 'keep'>,
  handle: string,
  { routes, messageKey }: ReplyAddress,
): Promise<void> {
  const keys = keysOf({ handle, messageKey });
  await Promise.all(keys.map((key) => usageService.keep(key, routes, CARD_KEPT_MS)));
}

/** The edits of that message: what was promised on it is written into it. None where there is no such message. */
export async function standingEdits<P extends RequestContext, M>(
  chat: Chat<P, M>,
  usageService: Pick<UsageService, 'recall'>,
  address: ReplyAddress,
  card: Named,
): Promise<readonly Route<M>[]> {
  for (const key of keysOf(card)) {
    const routes = await usageService.recall(key);
    const stored = routes === undefined ? undefined : chat.read({ ...address, routes });
    if (stored) return chat.routes(stored).edits;
  }
  return [];
}

/** What arrives by itself, days later, has no card that stands anywhere. */
function keysOf({ handle, messageKey }: Named): string[] {
  return handle === '' ? [] : [handle, shortHash(messageKey)].map((id) => `${id}.stands`);
}
