import type { Line } from '../../cards/card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Iccid } from '../../domain/iccid.ts';
import type { UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import type { SlackRoutes } from './address.ts';
import { type HandledCard, type SlackMessage, slackMessage, slackNotice } from './block-kit.ts';

/** What drawing needs to know of a message. */
export type Drawn = Pick<SlackRoutes, 'iccids' | 'locale' | 'timeZone' | 'handle' | 'inDirectMessage'>;

/** How texts are written for this person. */
export function writing({ locale, timeZone }: Pick<Drawn, 'locale' | 'timeZone'>) {
  return timeZone === undefined ? { locale } : { locale, timeZone };
}

/** The private message about all eSIMs of a question: `replies` as far as they are there, the rest from the cache. */
export async function draw(
  desk: UsageDesk,
  drawn: Drawn,
  messageKey: string,
  now: number,
  reply: Reply,
  notice?: Line,
): Promise<SlackMessage> {
  const known = new Map(reply.iccid ? [[reply.iccid, reply]] : []);
  // Looked up in the cache, never at Airalo: drawing must cost nobody a call.
  const others = drawn.iccids.filter((iccid) => !known.has(iccid));
  for (const iccid of others) {
    const reply = await desk.peek(iccid, messageKey);
    if (reply) known.set(iccid, reply);
  }
  return drawReplies(drawn, known, now, notice);
}

/** As `draw`, from what is given alone; an eSIM without a reply is still being checked. */
export function drawReplies(
  drawn: Drawn,
  replies: ReadonlyMap<Iccid, Reply>,
  now: number,
  notice?: Line,
): SlackMessage {
  const options = writing(drawn);
  const words = wordsFor(drawn.locale);
  const missing = drawn.iccids.filter((iccid) => !replies.has(iccid));
  const cards = drawn.iccids.flatMap((iccid, index): HandledCard[] => {
    const reply = replies.get(iccid);
    return reply ? [privateCard(reply, drawn, now, index)] : [];
  });
  // While something is missing, that is what the person wants to know first.
  const above = missing.length > 0 ? words.chat.checking(missing, 'private') : notice;
  if (cards.length === 0) return slackNotice(above ? [above] : [], options);
  return slackMessage(cards, options, above);
}

/** One reply for everybody in a channel: the number masked, and no button that belongs to one person. */
export function drawPublic(
  reply: Reply,
  drawn: Pick<Drawn, 'locale' | 'timeZone' | 'handle'>,
  now: number,
  notice: Line,
): SlackMessage {
  const card = usageCard(reply, { audience: 'public', locale: drawn.locale, now });
  return slackMessage([{ card, handle: `${drawn.handle}|0|` }], writing(drawn), notice);
}

function privateCard(reply: Reply, drawn: Drawn, now: number, index: number): HandledCard {
  const card = usageCard(reply, { audience: 'private', locale: drawn.locale, now });
  // In a direct message there is nobody to share with.
  const actions = drawn.inDirectMessage
    ? card.actions.filter((action) => action.kind !== 'share')
    : card.actions;
  const promised = reply.kind === 'deferred' && reply.promise.kind === 'queued' ? reply.promise.jobId : '';
  return { card: { ...card, actions }, handle: `${drawn.handle}|${index}|${promised}` };
}
