import type { Card, Line } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { leftOutLine } from '../../cards/left-out.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { type Words, wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import { findIccids, type Iccid, parseIccid, takeFirst } from '../../domain/iccid.ts';
import type { AskedInChannel, Asking, InquiryDesk } from '../../inquiries/inquiry-desk.ts';
import { guessedQuestion, type Inquiry, readQuestion } from '../../inquiries/question.ts';
import type { Log } from '../../ops/log.ts';
import type { LookupRequest, ReplyAddress, UsageDesk } from '../../usage/platform.ts';
import type { Reply } from '../../usage/reply.ts';
import { type CardNote, rememberCard } from '../card-note.ts';
import type { Patience } from '../question-runs.ts';
import {
  addressOf,
  askerOf,
  channelAddressOf,
  messageKeyOf,
  type Place,
  privateAddressOf,
} from './address.ts';
import type { AccessDesk } from './asker.ts';
import { type SlackMessage, slackMessage, slackNotice } from './block-kit.ts';
import { content } from './delivery.ts';
import { type Drawn, drawReplies, writing } from './drawing.ts';
import { MOST_ICCIDS } from './limits.ts';
import { createPictureSender } from './pictures.ts';
import { ephemeralSurface, type Surface } from './surface.ts';
import { callSlack, type SlackClient, type SlackResult } from './web.ts';

/** What answering needs. */
export interface AnsweringParts {
  readonly client: SlackClient;
  readonly desk: UsageDesk;
  readonly inquiries: InquiryDesk;
  readonly access: AccessDesk;
  readonly patiently: Patience;
  readonly clock: Clock;
  readonly log: Log;
}

/** An answer that takes longer is announced, so that nobody wonders. */
const PATIENCE_MS = 800;
/** Then what has come is shown, while the rest is still being checked. */
const FILL_AFTER_MS = 2_500;
const COMMAND = '/esim-usage';
/** As in the app's manifest: Slack shows it to everybody in one language. */
export const SHORTCUT = 'Check eSIM usage';

/** How a question is put to the desk: an ordinary lookup, or a promise of the next reading. */
export type Ask = (request: LookupRequest & { readonly address: ReplyAddress }) => Promise<Reply>;

/** From an acknowledged question to a shown answer: access, lookups side by side, one message that fills. */
export function createAnswering({ client, desk, inquiries, access, patiently, clock, log }: AnsweringParts) {
  const sendPictures = createPictureSender({ client, clock, log });

  /** Answers a text: one card for each ICCID in it, the help where there is none. Checks who asks first. */
  async function answerText(place: Place, text: string, surface: Surface): Promise<void> {
    const refusal = await refusalFor(place);
    if (refusal) return finish(place, surface, refusal);
    const question = readQuestion(text);
    const inquiry = question.kind === 'inquiry' ? question.inquiry : undefined;
    const asked = question.kind === 'none' ? guessedQuestion(text) : inquiry;
    if (asked) return answerInquiry(place, asked, surface);
    await answerLookups(place, question.kind === 'lookup' ? question.iccids : [], text, surface);
  }

  /** Answers a message of somebody else's: only the numbers in it count. Checks who asks first. */
  async function answerMessage(place: Place, text: string, surface: Surface): Promise<void> {
    const refusal = await refusalFor(place);
    if (refusal) return finish(place, surface, refusal);
    await answerLookups(place, findIccids(text), text, surface);
  }

  async function answerLookups(
    place: Place,
    iccids: readonly Iccid[],
    text: string,
    surface: Surface,
  ): Promise<void> {
    const words = wordsFor(place.locale);
    const { asked, leftOut } = takeFirst(iccids, MOST_ICCIDS);
    const aside = leftOutLine(words, leftOut, MOST_ICCIDS, text);
    if (asked.length === 0) return finish(place, surface, withoutIccid(place, text, words));
    const messageKey = messageKeyOf(place.questionId);
    await answerIccids(place, asked, messageKey, surface, (request) => desk.lookup(request), aside);
  }

  /** Any other question; the caller has checked who asks. */
  async function answerInquiry(place: Place, inquiry: Inquiry, surface: Surface): Promise<void> {
    const messageKey = messageKeyOf(place.questionId);
    const answer = await inquiries.answer(inquiry, askingOf(place, inquiry.iccids));
    if (answer.kind === 'lookup') return answerLookups(place, answer.iccids, inquiry.words, surface);
    const handle = await rememberCard(desk, noteOf(place, answer.about, messageKey));
    const messageOf = (cards: readonly Card[]) =>
      slackMessage(
        cards.map((card) => ({ card, handle: `${handle}|0|` })),
        writing(place),
      );
    const sending = sendPictures(place, answer.cards);
    if (!(await endsWithin(clock, sending, FILL_AFTER_MS)) && surface.changesLeft() > 0)
      await surface.show(messageOf(answer.cards));
    await finish(place, surface, messageOf(await sending));
  }

  /** Looks all of them up at once and fills the message as the answers come. */
  async function answerIccids(
    place: Place,
    iccids: readonly Iccid[],
    messageKey: string,
    surface: Surface,
    ask: Ask,
    aside?: Line,
  ): Promise<Map<Iccid, Reply>> {
    const note: CardNote = noteOf(place, iccids, messageKey);
    const handle = await rememberCard(desk, note);
    const address = addressOf(place, iccids, messageKey, handle, clock.now());
    const drawn: Drawn = { ...place, iccids: [...iccids], handle };
    const replies = new Map<Iccid, Reply>();
    const all = Promise.all(
      iccids.map(async (iccid) => {
        const request = { iccid, address, requestId: place.questionId, place: placeName(place) };
        replies.set(iccid, await ask(request));
      }),
    );
    for (const waitMs of [PATIENCE_MS, FILL_AFTER_MS]) {
      if (await endsWithin(clock, all, waitMs)) break;
      if (surface.changesLeft() > 0) await surface.show(drawReplies(drawn, replies, clock.now()));
    }
    await all;
    await finish(place, surface, drawReplies(drawn, replies, clock.now(), aside));
    return replies;
  }

  function askingOf(place: Place, about: readonly Iccid[]): Asking {
    return {
      asker: askerOf(place),
      place: placeName(place),
      requestId: place.questionId,
      locale: place.locale,
      address: privateAddressOf(place, about, clock.now()),
      ...(place.inDirectMessage ? {} : { channel: channelOf(place, about) }),
      mayReadMoney: () => access.mayReadMoney(place.userId),
    };
  }

  function channelOf(place: Place, about: readonly Iccid[]): AskedInChannel {
    const { channelId, userId, threadTs } = place;
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    return {
      id: channelId,
      personId: userId,
      address: channelAddressOf(place, about, clock.now()),
      async say(line) {
        const message = content(notice(place, line));
        const result = await callSlack(clock, () =>
          client.chat.postMessage({ channel: channelId, ...thread, ...message }),
        );
        if (result.kind === 'ok') return 'said';
        log.warn({ requestId: place.questionId, error: result.error }, 'A channel could not be written to');
        return result.kind === 'closed' ? 'closed' : 'failed';
      },
    };
  }

  /** The person's watches as a card, after `words` were said to them; undefined while the store is away. */
  async function watchesOf(place: Place, words: string): Promise<Card | undefined> {
    const answer = await inquiries
      .answer({ topic: 'watches', iccids: [], words }, askingOf(place, []))
      .catch(() => undefined);
    return answer?.kind === 'cards' ? answer.cards[0] : undefined;
  }

  /** The private refusal for somebody who may not ask; undefined for those who may. */
  async function refusalFor(place: Place): Promise<SlackMessage | undefined> {
    const decision = await access.decide(place);
    if (decision.kind === 'allowed') return undefined;
    log.info(
      { requestId: place.questionId, asker: place.userId, need: decision.need.kind },
      'Refused: not allowed',
    );
    const refusal = { reason: 'not-allowed', need: decision.need } as const;
    return cardMessage(place, { kind: 'refused', refusal });
  }

  function cardMessage(place: Place, reply: Reply): SlackMessage {
    const card = usageCard(reply, { audience: 'private', locale: place.locale, now: clock.now() });
    return slackMessage([{ card }], writing(place));
  }

  /** An attempt at a number gets what is wrong with it; anything else the help. */
  function withoutIccid(place: Place, text: string, words: Words): SlackMessage {
    const parsed = parseIccid(text);
    const attempted = parsed.kind === 'malformed' && !['empty', 'not-digits'].includes(parsed.problem.kind);
    if (parsed.kind === 'malformed' && attempted) {
      const { given, problem } = parsed;
      return cardMessage(place, { kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } });
    }
    const asked = /^\s*(help)?\s*$/i.test(text);
    const card = helpCard({ audience: 'private', locale: place.locale, now: clock.now() }, COMMAND, SHORTCUT);
    return slackMessage([{ card }], writing(place), asked ? undefined : words.chat.notUnderstood);
  }

  function notice(place: Place, ...lines: Line[]): SlackMessage {
    return slackNotice(lines, writing(place));
  }

  /** The last form of an answer. Where its surface is gone, the person gets it as a message only they see. */
  async function finish(place: Place, surface: Surface, message: SlackMessage): Promise<void> {
    const result = await patiently(() => showSomewhere(place, surface, message));
    if (result.kind !== 'ok')
      log.error({ requestId: place.questionId, error: result.error }, 'An answer could not be shown at all');
  }

  async function showSomewhere(
    place: Place,
    surface: Surface,
    message: SlackMessage,
  ): Promise<SlackResult<unknown>> {
    const first = await surface.show(message);
    if (first.kind === 'ok' || place.inDirectMessage) return first;
    log.warn(
      { requestId: place.questionId, error: first.error },
      'An answer could not be shown where it belongs',
    );
    return ephemeralSurface(clock, client, place).show(message);
  }

  return { watchesOf, answerText, answerMessage, answerInquiry, answerIccids, refusalFor, notice };
}

/** See `createAnswering`. */
export type Answering = ReturnType<typeof createAnswering>;

function noteOf(place: Place, iccids: readonly Iccid[], messageKey: string): CardNote {
  const { teamId, userId, channelId, inDirectMessage, threadTs } = place;
  const thread = threadTs === undefined ? {} : { threadTs };
  return { iccids: [...iccids], messageKey, spaceId: teamId, userId, channelId, inDirectMessage, ...thread };
}

/** For the audit: where, never what. */
function placeName({ channelId, inDirectMessage }: Place): string {
  return inDirectMessage ? 'dm' : channelId;
}
