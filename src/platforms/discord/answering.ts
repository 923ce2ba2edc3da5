import { Routes } from 'discord.js';
import type { Line } from '../../cards/card.ts';
import { helpCard } from '../../cards/help-card.ts';
import { leftOutLine } from '../../cards/left-out.ts';
import { usageCard } from '../../cards/usage-card.ts';
import { type Words, wordsFor } from '../../cards/words.ts';
import { type Clock, endsWithin } from '../../clock.ts';
import { findIccids, type Iccid, parseIccid, takeFirst } from '../../domain/iccid.ts';
import type { AskedInChannel, InquiryDesk } from '../../inquiries/inquiry-desk.ts';
import { guessedQuestion, type Inquiry, readQuestion } from '../../inquiries/question.ts';
import type { Log } from '../../ops/log.ts';
import type { LookupRequest, UsageDesk } from '../../usage/platform.ts';
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
import { drawReplies } from './drawing.ts';
import { type DiscordMessage, type DiscordMessageWithFiles, discordMessage, discordNotice } from './embed.ts';
import { MOST_ICCIDS } from './limits.ts';
import type { DiscordRest } from './rest.ts';
import type { Surface } from './surface.ts';

/** What answering needs. */
export interface AnsweringParts {
  readonly rest: DiscordRest;
  readonly desk: UsageDesk;
  readonly inquiries: InquiryDesk;
  readonly access: AccessDesk;
  readonly patiently: Patience;
  readonly clock: Clock;
  readonly log: Log;
}

/** Then what has come is shown, while the rest is still being checked. */
const FILL_AFTER_MS = [1_500, 3_000];
/** As Discord shows it to the reader, who types it so. */
export const commandIn = (locale: string): string => `/${wordsFor(locale).commands.usageName}`;

/** From an acknowledged question to a shown answer: access, lookups side by side, one message. */
export function createAnswering({ rest, desk, inquiries, access, patiently, clock, log }: AnsweringParts) {
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

  /** Any other question; the caller has checked who asks. */
  async function answerInquiry(place: Place, inquiry: Inquiry, surface: Surface): Promise<void> {
    const channel = channelOf(place, inquiry.iccids);
    const answer = await inquiries.answer(inquiry, {
      asker: askerOf(place.userId),
      place: placeName(place),
      requestId: place.questionId,
      locale: place.locale,
      address: privateAddressOf(place, inquiry.iccids),
      ...(channel ? { channel } : {}),
      mayReadMoney: () => access.mayReadMoney(place),
    });
    if (answer.kind === 'lookup') return answerLookups(place, answer.iccids, inquiry.words, surface);
    const handle = await rememberCard(desk, noteOf(place, answer.about));
    const cards = answer.cards.map((card) => ({ card, handle: `${handle}:0:` }));
    await finish(place, surface, discordMessage(cards));
  }

  /** Undefined in a direct message, and where only the person has installed the app: the bot is not there. */
  function channelOf(place: Place, about: readonly Iccid[]): AskedInChannel | undefined {
    if (place.guildId === undefined || !place.reachable) return undefined;
    return {
      id: place.channelId,
      personId: place.userId,
      address: channelAddressOf(place, about),
      async say(line) {
        // The question is the idempotency key: repeated, it gives the same message.
        const body = { ...discordNotice([line]), nonce: place.questionId, enforce_nonce: true };
        const result = await rest.call((by) => by.post(Routes.channelMessages(place.channelId), { body }));
        if (result.kind === 'ok') return 'said';
        log.warn({ requestId: place.questionId, error: result.error }, 'A channel could not be written to');
        return result.kind === 'closed' ? 'closed' : 'failed';
      },
    };
  }

  async function answerLookups(
    place: Place,
    iccids: readonly Iccid[],
    text: string,
    surface: Surface,
  ): Promise<void> {
    const words = wordsFor(place.locale);
    const { asked, leftOut } = takeFirst(iccids, MOST_ICCIDS);
    if (asked.length === 0) return finish(place, surface, withoutIccid(place, text, words));
    await answerIccids(place, asked, surface, leftOutLine(words, leftOut, MOST_ICCIDS, text));
  }

  /** Looks all of them up at once and fills the message as the answers come. */
  async function answerIccids(
    place: Place,
    iccids: readonly Iccid[],
    surface: Surface,
    aside?: Line,
  ): Promise<void> {
    const messageKey = messageKeyOf(place.questionId);
    const handle = await rememberCard(desk, noteOf(place, iccids));
    const address = addressOf(place, iccids, messageKey, handle);
    const drawn = { ...place, iccids: [...iccids], handle };
    const replies = new Map<Iccid, Reply>();
    const all = Promise.all(
      iccids.map(async (iccid) => {
        const request: LookupRequest = {
          iccid,
          address,
          requestId: place.questionId,
          place: placeName(place),
        };
        replies.set(iccid, await desk.lookup(request));
      }),
    );
    for (const waitMs of FILL_AFTER_MS) {
      if (await endsWithin(clock, all, waitMs)) break;
      await surface.show(drawReplies(drawn, replies, clock.now()));
    }
    await all;
    await finish(place, surface, drawReplies(drawn, replies, clock.now(), aside));
  }

  /** The refusal for somebody who may not ask; undefined for those who may. */
  async function refusalFor(place: Place): Promise<DiscordMessage | undefined> {
    const decision = await access.decide(place);
    if (decision.kind === 'allowed') return undefined;
    log.info({ requestId: place.questionId, need: decision.need.kind }, 'Refused: not allowed');
    return cardMessage(place, { kind: 'refused', refusal: { reason: 'not-allowed', need: decision.need } });
  }

  function help(place: Place, notice?: Line): DiscordMessage {
    const card = helpCard(
      { audience: 'private', locale: place.locale, now: clock.now() },
      commandIn(place.locale),
    );
    return discordMessage([{ card }], notice);
  }

  function cardMessage(place: Place, reply: Reply): DiscordMessage {
    return discordMessage([
      { card: usageCard(reply, { audience: 'private', locale: place.locale, now: clock.now() }) },
    ]);
  }

  /** An attempt at a number gets what is wrong with it; anything else the help. */
  function withoutIccid(place: Place, text: string, words: Words): DiscordMessage {
    const parsed = parseIccid(text);
    if (parsed.kind === 'malformed' && !['empty', 'not-digits'].includes(parsed.problem.kind)) {
      const { given, problem } = parsed;
      return cardMessage(place, { kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } });
    }
    return help(place, /^\s*(help)?\s*$/i.test(text) ? undefined : words.chat.notUnderstood);
  }

  async function finish(place: Place, surface: Surface, message: DiscordMessageWithFiles): Promise<void> {
    const result = await patiently(() => surface.show(message));
    if (result.kind !== 'ok')
      log.error(
        { requestId: place.questionId, error: result.error },
        'An answer could not be shown in Discord',
      );
  }

  return { answerText, answerMessage, answerInquiry, answerIccids, refusalFor, help, finish };
}

/** See `createAnswering`. */
export type Answering = ReturnType<typeof createAnswering>;

function noteOf({ questionId, userId, guildId, channelId }: Place, iccids: readonly Iccid[]): CardNote {
  return {
    iccids: [...iccids],
    messageKey: messageKeyOf(questionId),
    spaceId: guildId ?? '',
    userId,
    channelId,
    inDirectMessage: guildId === undefined,
  };
}

/** For the audit: where, never what. */
export function placeName({ guildId, channelId }: Pick<Place, 'guildId' | 'channelId'>): string {
  return guildId === undefined ? 'dm' : channelId;
}
