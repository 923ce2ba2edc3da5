import type { Line } from '../../cards/card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import { type Iccid, maskIccid } from '../../domain/iccid.ts';
import type { UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import type { DiscordRoutes } from './address.ts';
import { type DiscordMessage, discordMessage, discordNotice, type HandledCard } from './embed.ts';

/** What drawing needs to know of a message. */
export type Drawn = Pick<DiscordRoutes, 'iccids' | 'locale' | 'handle' | 'guildId' | 'reachable'>;

/** The private message about all eSIMs of a question: `replies` as far as they are given, the rest from the cache. */
export async function draw(
  desk: UsageDesk,
  drawn: Drawn,
  messageKey: string,
  now: number,
  given: ReadonlyMap<Iccid, Reply>,
  notice?: Line,
): Promise<DiscordMessage> {
  // Looked up in the cache, never at Airalo: drawing must cost nobody a call.
  const replies = new Map(given);
  for (const iccid of drawn.iccids.filter((one) => !given.has(one))) {
    const known = await desk.peek(iccid, messageKey);
    if (known) replies.set(iccid, known);
  }
  return drawReplies(drawn, replies, now, notice);
}

/** From what is given alone; an eSIM without a reply is still being checked. */
export function drawReplies(
  drawn: Drawn,
  replies: ReadonlyMap<Iccid, Reply>,
  now: number,
  notice?: Line,
): DiscordMessage {
  const missing = drawn.iccids.filter((iccid) => !replies.has(iccid));
  const cards = drawn.iccids.flatMap((iccid, index): HandledCard[] => {
    const reply = replies.get(iccid);
    return reply ? [privateCard(reply, iccid, drawn, now, index)] : [];
  });
  // While something is missing, that is what the person wants to know first.
  const above = missing.length > 0 ? wordsFor(drawn.locale).chat.checking(missing, 'private') : notice;
  return cards.length === 0 ? discordNotice(above ? [above] : []) : discordMessage(cards, above);
}

/** One reply for everybody in a channel: the number masked, and no button that belongs to one person. */
export function drawPublic(
  reply: Reply,
  { locale, handle }: Pick<Drawn, 'locale' | 'handle'>,
  now: number,
  notice: Line,
): DiscordMessage {
  const card = usageCard(reply, { audience: 'public', locale, now });
  return discordMessage([{ card, handle: `${handle}:0:` }], notice);
}

function privateCard(reply: Reply, iccid: Iccid, drawn: Drawn, now: number, index: number): HandledCard {
  const card = usageCard(reply, { audience: 'private', locale: drawn.locale, now });
  // There must be a channel to share with, and the bot must be in it.
  const sharable = drawn.guildId !== undefined && drawn.reachable;
  const actions = sharable ? card.actions : card.actions.filter((action) => action.kind !== 'share');
  const job = reply.kind === 'deferred' && reply.promise.kind === 'queued' ? reply.promise.jobId : '';
  return { card: { ...card, actions }, handle: `${drawn.handle}:${index}:${job}`, name: maskIccid(iccid) };
}
