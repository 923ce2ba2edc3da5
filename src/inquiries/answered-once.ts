import { z } from 'zod';
import { shortHash } from '../domain/short-hash.ts';
import type { Topic } from '../domain/topic.ts';
import type { Log } from '../log.ts';
import type { Registry } from '../storage/ports.ts';
import type { InquiryAnswer, InquiryRouter } from './inquiry-router.ts';
import type { Inquiry } from './question.ts';

type Cards = Extract<InquiryAnswer, { kind: 'cards' }>;

/** What is kept; a card is the project's own, and read back by the process that takes over, hours later at the most. */
const given = z.custom<Cards>(
  (value) =>
    z.object({ kind: z.literal('cards'), cards: z.array(z.looseObject({})) }).safeParse(value).success,
);

/** They change what is kept. */
const CHANGING: ReadonlySet<Topic> = new Set<Topic>([
  'watch',
  'watches',
  'unwatch',
  'digest',
  'name',
  'unname',
  'cancel',
]);
/** Longer than a question is tried (`PATIENCE_MS` of usage/question.ts). */
const KEPT_MS = 3 * 60 * 60_000;

/**
 * The same router, which answers a question that changes something once: tried again, because the process died or the answer could not be
 * shown, it is given what it was told the first time. Else it would read that there is nothing to end, or end the next one. Handlers still
 * make sure of their effect by themselves: a crash may come before the answer is kept, and the store may be away.
 */
export function answerOnce(
  router: InquiryRouter,
  { registry, log }: { readonly registry: Pick<Registry, 'get' | 'put'>; readonly log: Log },
): InquiryRouter {
  return {
    async answer(inquiry, asking) {
      if (!mayChange(inquiry)) return router.answer(inquiry, asking);
      const { requestId } = asking;
      const key = shortHash(JSON.stringify([requestId, inquiry]));
      const before = given.safeParse(await registry.get('inquiry-answer', key).catch(() => undefined));
      if (before.success) return before.data;
      const answer = await router.answer(inquiry, asking);
      if (answer.kind === 'cards')
        await registry
          .put('inquiry-answer', key, answer, KEPT_MS)
          .catch((error: unknown) => log.warn({ err: error, requestId }, 'An answer could not be kept'));
      return answer;
    },
  };
}

/** Without a further word most of them only list. */
function mayChange({ topic, iccids, words, misspelt }: Inquiry): boolean {
  if (!CHANGING.has(topic) || misspelt !== undefined) return false;
  return topic === 'cancel' || iccids.length > 0 || words.trim() !== '';
}
