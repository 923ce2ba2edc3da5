import { Routes } from 'discord.js';
import type { Line } from '../../cards/card.ts';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../ops/log.ts';
import type { UsageDesk } from '../../usage/platform.ts';
import { recallCard, rememberCard } from '../card-note.ts';
import {
  type AfterPress,
  fromButton,
  type PressedCard,
  pressCancel,
  pressedDeed,
  pressedTopic,
  pressRefresh,
} from '../card-press.ts';
import { addressOf, askerOf, type Place } from './address.ts';
import type { createAlertPress } from './alert-press.ts';
import { type Answering, commandIn, placeName } from './answering.ts';
import { draw, drawPublic } from './drawing.ts';
import { CUSTOM_ID, discordNotice } from './embed.ts';
import type { ListDoor } from './lists.ts';
import type { DiscordRest } from './rest.ts';
import type { Surface } from './surface.ts';

/** What the buttons need. */
export interface ActionParts {
  readonly rest: DiscordRest;
  readonly desk: UsageDesk;
  readonly answering: Answering;
  readonly pressAlert: ReturnType<typeof createAlertPress>;
  readonly lists: ListDoor;
  readonly clock: Clock;
  readonly log: Log;
}

/** A button's own words: `esim1:refresh:<note>:<index>:<job>`. */
export interface Pressed {
  readonly kind: string;
  readonly handle: string;
  readonly index: number;
  readonly jobId: string;
}

/** Undefined for a button that is not ours, or of an older form. */
export function readCustomId(customId: string): Pressed | undefined {
  const [version, kind = '', handle = '', index = '0', jobId = ''] = customId.split(':');
  return version === CUSTOM_ID ? { kind, handle, index: Number(index), jobId } : undefined;
}

/** Discord's docs, JSON error codes: the bot does not see the channel, or may not write there. */
const MISSING_ACCESS = 50_001;
const MISSING_PERMISSIONS = 50_013;

/** A pressed button, after its acknowledgement. Who presses is checked anew each time. */
export function createActions({ rest, desk, answering, pressAlert, lists, clock, log }: ActionParts) {
  async function press(pressed: Pressed, place: Place, own: Surface, aside: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    const say = (line: Line) => answering.finish(place, aside, discordNotice([line]));
    // Before anything is looked up: a refusal must not tell whether the card is still known.
    const refusal = await answering.refusalFor(place);
    if (refusal) return answering.finish(place, aside, refusal);
    if (pressed.kind === 'cancel-list') return lists.cancel(pressed.handle, place, own);
    const deed = pressedDeed(pressed.kind);
    if (deed !== undefined) return pressAlert(deed, pressed.handle, place, aside);
    const note = await recallCard(desk, pressed.handle);
    const iccid = note?.iccids[pressed.index];
    if (!note || iccid === undefined) return say(chat.cardTooOld(commandIn(place.locale)));
    const topic = pressedTopic(pressed.kind);
    if (topic !== undefined)
      return answering.answerInquiry(
        place,
        { topic, iccids: [iccid], words: fromButton(pressed.jobId) },
        aside,
      );
    if (pressed.kind === 'show') return answering.answerIccids(place, note.iccids, aside);
    if (note.userId !== place.userId) return say(chat.notYours);
    const card = { ...pressed, note, iccid };
    switch (pressed.kind) {
      case 'refresh':
        return refresh(card, place, own);
      case 'tell-when-fresh':
        return redraw(card, place, own, { reply: await desk.promise(requestOf(card, place)) });
      case 'cancel':
        return cancel(card, place, own);
      case 'share':
        return share(card, place, say);
      default:
        log.warn({ kind: pressed.kind }, 'A button of an unknown kind was pressed');
    }
  }

  async function refresh(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    const asker = askerOf(place.userId);
    await redraw(card, place, surface, await pressRefresh(desk, card, requestOf(card, place), asker, chat));
  }

  async function cancel(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    await redraw(card, place, surface, await pressCancel(desk, card, askerOf(place.userId), chat));
  }

  /** A new message for everybody, with the number masked and a button that answers each presser privately. */
  async function share(card: PressedCard, place: Place, say: (line: Line) => Promise<void>): Promise<void> {
    const { chat } = wordsFor(place.locale);
    const reply = await desk.peek(card.iccid, card.note.messageKey);
    if (!reply || card.note.inDirectMessage) return say(chat.cardTooOld(commandIn(place.locale)));
    const handle = await rememberCard(desk, { ...card.note, iccids: [card.iccid] });
    const shown = { locale: place.locale, handle };
    const body = drawPublic(reply, shown, clock.now(), chat.sharedBy(place.userId));
    const result = await rest.call((by) =>
      // The press is the idempotency key: repeated, it gives the same message.
      by.post(Routes.channelMessages(card.note.channelId), {
        body: { ...body, nonce: place.questionId, enforce_nonce: true },
      }),
    );
    if (result.kind === 'ok') return;
    log.warn({ requestId: place.questionId, error: result.error }, 'A card could not be shared');
    const denied = result.kind === 'closed' && [MISSING_ACCESS, MISSING_PERMISSIONS].includes(result.code);
    // What the operator can mend by a permission is told apart from what will pass.
    await say(denied ? chat.mayNotPost : chat.notShared);
  }

  /** The card in its new form, among the others of its message: an edit replaces all embeds. */
  async function redraw(
    card: PressedCard,
    place: Place,
    surface: Surface,
    { reply, notice }: AfterPress,
  ): Promise<void> {
    const { note, handle, iccid } = card;
    const drawn = { ...place, handle, iccids: note.iccids };
    const message = await draw(desk, drawn, note.messageKey, clock.now(), new Map([[iccid, reply]]), notice);
    await answering.finish(place, surface, message);
  }

  function requestOf({ note, handle, iccid }: PressedCard, place: Place) {
    const address = addressOf(place, note.iccids, note.messageKey, handle);
    return { iccid, address, requestId: place.questionId, place: placeName(place) };
  }

  return press;
}
