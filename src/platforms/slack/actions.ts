import { z } from 'zod';
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
import { addressOf, askerOf, messageKeyOf, type Place } from './address.ts';
import type { createAlertPress } from './alerts.ts';
import type { Answering } from './answering.ts';
import { ACTION_PREFIX } from './block-kit.ts';
import { content } from './delivery.ts';
import { type Drawn, drawPublic, drawReplies } from './drawing.ts';
import type { ListDoor } from './lists.ts';
import { messageSurface, type Surface, urlSurface } from './surface.ts';
import { callSlack, type SlackClient } from './web.ts';

/** What the buttons need. */
export interface ActionParts {
  readonly client: SlackClient;
  readonly desk: UsageDesk;
  readonly answering: Answering;
  readonly pressAlert: ReturnType<typeof createAlertPress>;
  readonly lists: ListDoor;
  readonly clock: Clock;
  readonly log: Log;
}

/** As people type it, for the words that say what to type. */
const COMMAND = '/esim-usage';
/** Slack's words for "the bot is not in there". */
const NOT_A_MEMBER = ['not_in_channel', 'channel_not_found'];

/** The part of a `block_actions` payload that the bot reads. */
export const pressed = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  container: z.object({
    type: z.string(),
    channel_id: z.string().optional(),
    message_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
});
/** See `pressed`. */
export type Pressed = z.infer<typeof pressed>;

/** A pressed button on a card, of whatever age. Who presses is checked anew each time. */
export function createActions({ client, desk, answering, pressAlert, lists, clock, log }: ActionParts) {
  async function press(kind: string, value: string, place: Place, body: Pressed): Promise<void> {
    const words = wordsFor(place.locale);
    const card = await cardOf(value);
    const own = surfaceOf(place, body);
    // A refusal never stands in place of the card: that would take it from its owner.
    const aside = asideOf(place);
    const refusal = await answering.refusalFor(place);
    if (refusal) return void (await aside.show(refusal));
    if (kind === 'cancel-list') return lists.cancel(value, place, own);
    const deed = pressedDeed(kind);
    if (deed !== undefined) return pressAlert(deed, value, place, aside);
    if (!card) return void (await aside.show(answering.notice(place, words.chat.cardTooOld(COMMAND))));
    const topic = pressedTopic(kind);
    if (topic !== undefined)
      return answering.answerInquiry(
        place,
        { topic, iccids: [card.iccid], words: fromButton(card.jobId) },
        aside,
      );
    if (kind === 'show') return showPrivately(card, place, aside);
    if (card.note.userId !== place.userId)
      return void (await aside.show(answering.notice(place, words.chat.notYours)));
    switch (kind) {
      case 'refresh':
        return refresh(card, place, own);
      case 'tell-when-fresh':
        return promise(card, place, own);
      case 'cancel':
        return cancel(card, place, own);
      case 'share':
        return share(card, place, aside);
      // From a later version of the bot, while an older one still runs beside it.
      default:
        log.warn({ kind }, 'A button of an unknown kind was pressed');
    }
  }

  /** The card, which of its eSIMs, and the promise the button is about. */
  async function cardOf(value: string): Promise<PressedCard | undefined> {
    // The button's value comes back from Slack as it was sent: `note|index|job`, no ICCID in it.
    const [handle = '', index = '', jobId = ''] = value.split('|');
    const note = await recallCard(desk, handle);
    const iccid = note?.iccids[Number(index)];
    return note && iccid !== undefined ? { handle, note, iccid, jobId } : undefined;
  }

  /** Somebody else's card in public: an answer of one's own, privately. */
  async function showPrivately(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    // A question of the presser's own: with a message, an address and a promise of its own.
    const key = messageKeyOf(place.questionId);
    await answering.answerIccids(place, [card.iccid], key, surface, (request) => desk.lookup(request));
  }

  async function refresh(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    const after = await pressRefresh(desk, card, requestOf(card, place), askerOf(place), chat);
    await redraw(card, place, surface, after);
  }

  async function promise(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    await redraw(card, place, surface, { reply: await desk.promise(requestOf(card, place)) });
  }

  async function cancel(card: PressedCard, place: Place, surface: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    await redraw(card, place, surface, await pressCancel(desk, card, askerOf(place), chat));
  }

  /** A new message for everybody, with the number masked and no button that belongs to one person. */
  async function share(card: PressedCard, place: Place, aside: Surface): Promise<void> {
    const { chat } = wordsFor(place.locale);
    const reply = await desk.peek(card.iccid, card.note.messageKey);
    if (!reply || card.note.inDirectMessage)
      return void (await aside.show(answering.notice(place, chat.cardTooOld(COMMAND))));
    // A note of its own with this one eSIM: the buttons of the public card must not lead to the others of the question.
    const handle = await rememberCard(desk, { ...card.note, iccids: [card.iccid] });
    const message = drawPublic(reply, { ...place, handle }, clock.now(), chat.sharedBy(place.userId));
    const thread = card.note.threadTs === undefined ? {} : { thread_ts: card.note.threadTs };
    const result = await callSlack(clock, () =>
      client.chat.postMessage({
        channel: card.note.channelId,
        ...thread,
        ...content(message),
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    if (result.kind === 'ok') return;
    log.warn({ requestId: place.questionId, error: result.error }, 'A card could not be shared');
    const why = NOT_A_MEMBER.includes(result.error) ? chat.inviteFirst : chat.notShared;
    await aside.show(answering.notice(place, why));
  }

  /** The card in its new form, among the others of its message. */
  async function redraw(
    card: PressedCard,
    place: Place,
    surface: Surface,
    { reply, notice }: AfterPress,
  ): Promise<void> {
    const { note, handle, iccid } = card;
    const drawn: Drawn = { ...place, inDirectMessage: note.inDirectMessage, iccids: note.iccids, handle };
    const replies = new Map([[iccid, reply]]);
    // The message is drawn whole: an edit replaces all of it, the other cards too.
    for (const other of note.iccids.filter((one) => one !== iccid)) {
      const known = await desk.peek(other, note.messageKey);
      if (known) replies.set(other, known);
    }
    const shown = { ...drawn, iccids: note.iccids.filter((one) => replies.has(one)) };
    const result = await surface.show(drawReplies(shown, replies, clock.now(), notice));
    if (result.kind !== 'ok')
      log.warn({ requestId: place.questionId, error: result.error }, 'A card could not be changed');
  }

  function requestOf({ note, handle, iccid }: PressedCard, place: Place) {
    // The place of the card, reached by the newest response URL.
    const home: Place = { ...place, channelId: note.channelId, inDirectMessage: note.inDirectMessage };
    const address = addressOf(home, note.iccids, note.messageKey, handle, clock.now());
    const where = note.inDirectMessage ? 'dm' : note.channelId;
    return { iccid, address, requestId: place.questionId, place: where };
  }

  /** The pressed message itself: edited for ever in a direct message, by its URL elsewhere. */
  function surfaceOf(place: Place, { container }: Pressed): Surface {
    // Slack's docs: an ephemeral message cannot be changed by `chat.update`, only through a response URL.
    if (place.message && container.is_ephemeral !== true) return messageSurface(clock, client, place.message);
    return urlSurface(clock, place.responseUrl ?? '', 'replace');
  }

  /** A word beside the card, for the presser only. */
  function asideOf(place: Place): Surface {
    return urlSurface(clock, place.responseUrl ?? '', 'new');
  }

  return press;
}

/** `esim:refresh:0` is the refresh of the first card. */
export function kindOfAction(actionId: string): string {
  return actionId.startsWith(`${ACTION_PREFIX}:`) ? (actionId.split(':')[1] ?? '') : '';
}
