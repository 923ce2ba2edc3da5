import { wordsFor } from '../../cards/words.ts';
import type { Ask } from './ask.ts';
import type { RequestContext, Surface } from './seam.ts';
import type { ShortAnswers } from './short-answers.ts';
import type { Patience } from './task-tracker.ts';

/** What a placeholder is shown with. */
export interface PlaceholderParts<P extends RequestContext, M> {
  readonly short: Pick<ShortAnswers<P, M>, 'notice'>;
  readonly patiently: Patience;
}

/** The first word: "Checking …". */
export function createPlaceholder<P extends RequestContext, M>({ short, patiently }: PlaceholderParts<P, M>) {
  return announce;

  /** Where every later answer goes by an edit of it, or where it is not even known yet who asks. */
  async function announce(ctx: P, ask: Ask, surface: Surface<P, M>, introduced: boolean) {
    const { bulk, chat: words } = wordsFor(ctx.locale);
    const line = ask.kind === 'list' ? bulk.taking : words.checking([], 'private');
    const placeholder = short.notice(ctx, line);
    if (surface.open) return patiently(() => surface.open?.(placeholder) ?? nothingOpened());
    if (!introduced && surface.changesLeft() > 0) await surface.show(placeholder);
    return nothingOpened();
  }

  async function nothingOpened() {
    const value: Partial<P> = {};
    return { kind: 'ok', value } as const;
  }
}
