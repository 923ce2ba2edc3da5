import type { Line } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { UsageService } from '../../usage/platform.ts';
import { rememberCard } from './card-note.ts';
import { homeOf, type PressedCard } from './card-press.ts';
import { drawPublic } from './drawing.ts';
import { type Chat, type RequestContext, readerOf } from './seam.ts';

/** What sharing needs. */
export interface ShareParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A new message for everybody, with the number masked and a button that answers each presser privately. `late`: an earlier try may
 * have posted it. `say` tells the presser why it could not be.
 */
export async function shareCard<P extends RequestContext, M>(
  { chat, usageService, clock, log }: ShareParts<P, M>,
  card: PressedCard,
  ctx: P,
  late: boolean,
  say: (line: Line) => Promise<void>,
): Promise<void> {
  const { chat: words } = wordsFor(ctx.locale);
  const { note, iccid } = card;
  const reply = await usageService.peek(iccid, note.messageKey);
  if (!reply || note.inDirectMessage) return say(words.cardTooOld(chat.commandIn(ctx.locale)));
  // A note of its own with this one eSIM: the buttons of the public card must not lead to the others of the question.
  const { leftOut: _others, ...home } = note;
  const handle = await rememberCard(usageService, { ...home, iccids: [iccid] });
  const shared = drawPublic(
    chat.pen,
    reply,
    { ...readerOf(ctx), handle },
    clock.now(),
    words.sharedBy(ctx.userId),
  );
  const result = await chat.postInChannel(homeOf(card, ctx), shared, ctx.questionId, late);
  if (result.kind === 'ok') return;
  log.warn({ requestId: ctx.questionId, error: result.error }, 'A card could not be shared');
  // What the person can mend is told apart from what will pass.
  const why = {
    'not-a-member': words.inviteFirst,
    'may-not-post': words.mayNotPost,
    other: words.notShared,
  };
  await say(why[chat.channelRefusal(result)]);
}
