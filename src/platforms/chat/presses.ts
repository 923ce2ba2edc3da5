import { alertPressLine } from '../../cards/alert-card.ts';
import type { Line } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { AlertDeed } from '../../domain/alert.ts';
import type { Log } from '../../log.ts';
import type { AlertService } from '../../usage/alert-board.ts';
import type { BulkService } from '../../usage/bulk-board.ts';
import type { UsageService } from '../../usage/platform.ts';
import type { Answering } from './answering.ts';
import type { Press as PressedButton } from './ask.ts';
import { recallCard } from './card-note.ts';
import {
  type AfterPress,
  fromButton,
  homeOf,
  type PressedCard,
  pressCancel,
  pressedDeed,
  pressedTopic,
  pressNotify,
  pressRefresh,
} from './card-press.ts';
import { csvFileOf } from './csv-file.ts';
import { drawReplies } from './drawing.ts';
import type { ListIntake } from './lists.ts';
import type { Screen } from './screen.ts';
import { type Chat, type NamesOf, placeName, type RequestContext, readerOf } from './seam.ts';
import { shareCard } from './share.ts';
import type { ShortAnswers } from './short-answers.ts';
import type { ShownReplies } from './shown-replies.ts';

/** What the buttons need. */
export interface PressParts<P extends RequestContext, M> {
  readonly chat: Chat<P, M>;
  readonly usageService: UsageService;
  readonly alerts: AlertService;
  readonly short: ShortAnswers<P, M>;
  readonly answering: Answering<P, M>;
  readonly lists: ListIntake<P, M>;
  readonly bulk: Pick<BulkService, 'csvOf'>;
  readonly shown: ShownReplies;
  readonly namesOf?: NamesOf | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** The pressed message, and a word beside it. */
export interface PressScreens<M> {
  readonly own: Screen<M>;
  readonly aside: Screen<M>;
  /** Pressed before: what it does may have been done by a process that died. */
  readonly late: boolean;
}

/** True for a button whose answer is a message of its own. */
export function answersApart(kind: string): boolean {
  return (
    kind === 'show' || kind === 'csv' || pressedDeed(kind) === 'show' || pressedTopic(kind) !== undefined
  );
}

/**
 * A pressed button on a card, of whatever age. Who presses is checked anew each time: everybody who sees a card can
 * press it.
 */
export function createPresses<P extends RequestContext, M>(parts: PressParts<P, M>) {
  const { chat, usageService, alerts, short, answering, lists, shown, namesOf, clock, log } = parts;

  return async function press(
    pressed: PressedButton,
    ctx: P,
    { own, aside, late }: PressScreens<M>,
  ): Promise<void> {
    const { chat: words } = wordsFor(ctx.locale);
    const say = (line: Line) => aside.finish(short.notice(ctx, line));
    // Before anything is looked up: a refusal must not tell whether the card is still known, and never stands in its
    // place.
    const refusal = await short.refusalFor(ctx);
    if (refusal !== undefined) return aside.finish(refusal);
    if (pressed.kind === 'cancel-list') return lists.cancel(pressed.handle, ctx, own);
    const deed = pressedDeed(pressed.kind);
    if (deed !== undefined) return pressAlert(deed, pressed.handle, ctx, aside);
    const note = await recallCard(usageService, pressed.handle);
    const iccid = note?.iccids[pressed.index];
    if (!note || iccid === undefined) return say(words.cardTooOld(chat.commandIn(ctx.locale)));
    const topic = pressedTopic(pressed.kind);
    if (topic !== undefined) {
      const inquiry = { topic, iccids: [iccid], words: fromButton(pressed.jobId) };
      return answering.answerInquiry(ctx, inquiry, aside);
    }
    // A question of the presser's own, with a message, an address and a promise of its own.
    if (pressed.kind === 'show') {
      const { leftOut } = note;
      return void (await answering.answerIccids(ctx, note.iccids, aside, { leftOut }));
    }
    if (note.userId !== ctx.userId) return say(words.notYours);
    const card: PressedCard = { handle: pressed.handle, jobId: pressed.jobId, note, iccid };
    const { asker } = chat.whereabouts(ctx);
    switch (pressed.kind) {
      case 'refresh':
        return redraw(
          card,
          ctx,
          own,
          await pressRefresh(usageService, card, requestOf(card, ctx), asker, words),
        );
      case 'tell-when-fresh':
        return redraw(
          card,
          ctx,
          own,
          await pressNotify(usageService, card, requestOf(card, ctx), asker, words, clock.now()),
        );
      case 'cancel':
        return redraw(card, ctx, own, await pressCancel(usageService, card, asker, words));
      case 'share':
        return shareCard(parts, card, ctx, late, say);
      case 'csv':
        return asCsv(card, ctx, aside);
      // From a later version of the bot, while an older one still runs beside it.
      default:
        log.warn({ kind: pressed.kind }, 'A button of an unknown kind was pressed');
    }
  };

  async function pressAlert(deed: AlertDeed, handle: string, ctx: P, aside: Screen<M>): Promise<void> {
    const words = wordsFor(ctx.locale).alerts;
    if (deed !== 'show') {
      const by = { platform: chat.name, personId: ctx.userId };
      const outcome = await alerts.press(handle, deed, by, ctx.questionId);
      const line = alertPressLine(outcome, { platform: chat.name, locale: ctx.locale });
      if (line) await aside.finish(short.notice(ctx, line));
      return;
    }
    const found = await alerts.esimOf(handle);
    if (found.kind === 'esim') return void (await answering.answerIccids(ctx, [found.iccid], aside));
    await aside.finish(short.notice(ctx, found.kind === 'gone' ? words.gone : words.noIccid));
  }

  /** The table as a file. */
  async function asCsv(card: PressedCard, ctx: P, aside: Screen<M>): Promise<void> {
    const { chat: words } = wordsFor(ctx.locale);
    const sent = await chat.sendFile?.(ctx, await csvFileOf(parts, card, ctx.locale));
    switch (sent?.kind) {
      case 'with':
        return aside.finish(sent.message);
      case 'sent':
        return sent.elsewhere ? aside.finish(short.notice(ctx, words.fileElsewhere)) : undefined;
      case 'failed':
      case undefined:
        log.warn({ requestId: ctx.questionId, error: sent?.error }, 'A file could not be sent');
        return aside.finish(short.notice(ctx, words.fileNotSent));
      default:
        return sent satisfies never;
    }
  }

  /** The card in its new form, among the others of its message: an edit replaces all of it. */
  async function redraw(
    { note, handle, iccid }: PressedCard,
    ctx: P,
    own: Screen<M>,
    { reply, notice }: AfterPress,
  ): Promise<void> {
    const about = { iccids: note.iccids, messageKey: note.messageKey, handle };
    const given = new Map([[iccid, reply]]);
    await shown.note(about, given);
    const replies = await shown.of(about, given);
    const sharable = chat.whereabouts(ctx).inChannel && !note.inDirectMessage;
    const names = await namesOf?.(note.iccids);
    const { iccids, leftOut } = note;
    const drawn = { ...readerOf(ctx), iccids, leftOut, handle, sharable, ...(names ? { names } : {}) };
    await own.finish(drawReplies(chat.pen, drawn, replies, clock.now(), notice), handle);
  }

  function requestOf(card: PressedCard, ctx: P) {
    const { note, handle, iccid } = card;
    const home = homeOf(card, ctx);
    const address = chat.addressOf(home, { iccids: note.iccids, messageKey: note.messageKey, handle });
    return { iccid, address, requestId: ctx.questionId, place: placeName(chat.whereabouts(home), home) };
  }
}

/** See `createPresses`. */
export type Press<P extends RequestContext, M> = ReturnType<typeof createPresses<P, M>>;
