import type { Line, PrivateViewer } from '../../cards/card.ts';
import { type LeftOut, leftOutLine } from '../../cards/left-out.ts';
import { type ListedReply, listCard } from '../../cards/list-card.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { wordsFor } from '../../cards/words.ts';
import { type Iccid, maskIccid } from '../../domain/iccid.ts';
import type { Reply } from '../../usage/reply.ts';
import { privateUsageCard } from './kept-cards.ts';
import { type HandledCard, type Pen, type RequestContext, readerOf } from './seam.ts';

/** What drawing needs to know of a message. */
export interface Drawn extends Pick<RequestContext, 'locale' | 'timeZone'> {
  /** Every eSIM of the question, in the order of the note: a button says which one by its place here. */
  readonly iccids: readonly Iccid[];
  /** Those of them that this message shows; absent: all. */
  readonly only?: readonly Iccid[];
  /** Of the note that the buttons carry. */
  readonly handle: string;
  /** Of the same question, and not answered with them. */
  readonly leftOut?: LeftOut | undefined;
  /** What the team calls them, as far as it is known. */
  readonly names?: ReadonlyMap<Iccid, string>;
  /** There are others to share it with. */
  readonly sharable: boolean;
}

/**
 * The private message about all eSIMs of a question, from what is given alone; one without a reply is still being
 * checked.
 */
export function drawReplies<M>(
  pen: Pen<M>,
  drawn: Drawn,
  replies: ReadonlyMap<Iccid, Reply>,
  now: number,
  notice?: Line,
): M {
  const reader = readerOf(drawn);
  const wanted = drawn.only ?? drawn.iccids;
  const missing = wanted.filter((iccid) => !replies.has(iccid));
  const listed = drawn.iccids.flatMap((iccid, index): ListedReply[] => {
    const reply = wanted.includes(iccid) ? replies.get(iccid) : undefined;
    return reply ? [{ iccid, index, reply }] : [];
  });
  const cards =
    wanted.length > 1 && listed.length > 0
      ? [tableOf(listed, drawn, now, pen.takesFiles === true)]
      : listed.map((one) => privateCard(one, drawn, now));
  const words = wordsFor(drawn.locale);
  // While something is missing, that is what the person wants to know first.
  const first = missing.length > 0 ? words.chat.checking(missing, 'private') : notice;
  const rest = drawn.leftOut && leftOutLine(words, drawn.leftOut, drawn.iccids.length);
  if (cards.length === 0)
    return pen.notice(
      [first, rest].flatMap((line) => (line ? [line] : [])),
      reader,
    );
  const above = first && rest ? [...first, ' ', ...rest] : (first ?? rest);
  return pen.message(cards, reader, above);
}

/** One reply for everybody in a channel: the number masked, and no button that belongs to one person. */
export function drawPublic<M>(
  pen: Pen<M>,
  reply: Reply,
  { handle, ...reader }: Pick<Drawn, 'locale' | 'timeZone' | 'handle'>,
  now: number,
  notice: Line,
): M {
  const card = usageCard(reply, { audience: 'public', locale: reader.locale, now });
  return pen.message([{ card, handle: { note: handle, index: 0, jobId: '' } }], readerOf(reader), notice);
}

/** Everybody sees it, so it says nothing but that there is an answer; the button gives it privately. */
export function drawAnswerReady<M>(pen: Pen<M>, ctx: RequestContext, handle: string): M {
  const { actions, chat } = wordsFor(ctx.locale);
  return pen.offer(chat.answerReady(ctx.userId), actions.show, handle, readerOf(ctx));
}

/** Several are one table, each of which can be opened. */
function tableOf(
  listed: readonly ListedReply[],
  drawn: Drawn,
  now: number,
  takesFiles: boolean,
): HandledCard {
  const card = listCard(listed, viewerOf(drawn, now));
  return {
    card: takesFiles ? card : { ...card, actions: card.actions.filter(({ kind }) => kind !== 'csv') },
    handle: { note: drawn.handle, index: 0, jobId: '' },
  };
}

function viewerOf({ locale, names }: Drawn, now: number): PrivateViewer {
  return { audience: 'private', locale, now, ...(names ? { names } : {}) };
}

function privateCard({ reply, iccid, index }: ListedReply, drawn: Drawn, now: number): HandledCard {
  const jobId = reply.kind === 'deferred' && reply.promise.kind === 'queued' ? reply.promise.jobId : '';
  return {
    card: privateUsageCard(reply, viewerOf(drawn, now), drawn.sharable),
    handle: { note: drawn.handle, index, jobId },
    name: maskIccid(iccid),
  };
}
