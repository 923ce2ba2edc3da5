import {
  ChannelType,
  type Client,
  Events,
  type Interaction,
  type Message,
  MessageFlags,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { wordsFor } from '../../cards/words.ts';
import type { Clock } from '../../clock.ts';
import { findIccids } from '../../domain/iccid.ts';
import { askedWith, readQuestion } from '../../inquiries/question.ts';
import type { Log } from '../../ops/log.ts';
import type { UsageDesk } from '../../usage/platform.ts';
import { rememberCard } from '../card-note.ts';
import { pressedDeed, pressedTopic } from '../card-press.ts';
import { type createActions, readCustomId } from './actions.ts';
import { messageKeyOf, type Place } from './address.ts';
import type { Answering } from './answering.ts';
import { createConversations } from './conversations.ts';
import { CUSTOM_ID, discordNotice } from './embed.ts';
import type { ListDoor } from './lists.ts';
import { carriedText, partsOf, wholeText } from './message-text.ts';
import { placeOf, placeOfMessage } from './place.ts';
import { createReaderLocales } from './reader-locales.ts';
import type { DiscordRest } from './rest.ts';
import { attachedFile, filesOf } from './shared-files.ts';
import type { Suggest } from './suggestions.ts';
import { asideSurface, EPHEMERAL, messageSurface, originalSurface, type Surface } from './surface.ts';

/** What stands behind the doors. */
export interface DoorParts {
  readonly rest: DiscordRest;
  readonly desk: UsageDesk;
  readonly answering: Answering;
  readonly lists: ListDoor;
  readonly press: ReturnType<typeof createActions>;
  readonly suggest: Suggest;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each acknowledgement of an interaction, `tookMs` after its event had come in. */
  readonly onAcknowledged: (outcome: 'sent' | 'lost', tookMs: number) => void;
  /** Runs the work of one question to its end, whatever becomes of it; `stop` waits for it. */
  readonly run: (requestId: string, work: () => Promise<void>) => void;
}

/** The names in `manifests/discord-commands.json`. */
const USAGE = 'esim-usage';
const HELP = 'esim-help';
const BALANCE = 'esim-balance';
const DEVICES = 'esim-devices';
const CHECK = 'Check eSIM usage';
const CLAIM_MS = 60 * 60 * 1000;
/** Discord's docs, Interaction Callback Type: "thinking" in a new message, and nothing at all for a button. */
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
/** Our own first try had landed and its answer was lost, or another process was faster: nobody's business but the log's. */
const ALREADY_ACKNOWLEDGED = 40_060;

/** The callback's answer with `with_response`: the message that a later edit can find without the token. */
const acknowledged = z.object({
  resource: z.object({ message: z.object({ id: z.string(), channel_id: z.string() }).optional() }).optional(),
});
const posted = z.object({ id: z.string(), channel_id: z.string() });

/** Every way a question comes in. Claimed, acknowledged, then worked on. */
export function openDoors(client: Client, parts: DoorParts): void {
  const { rest, desk, answering, lists, run, clock, log } = parts;
  const locales = createReaderLocales();
  const { answerListFrom } = createConversations(parts);

  client.on(Events.InteractionCreate, (interaction) => {
    const receivedAt = clock.now();
    run(interaction.id, () => answerInteraction(interaction, receivedAt));
  });
  client.on(Events.MessageCreate, (message) => {
    // The bot's own ephemeral answers come back as messages (measured): to answer them would be a loop.
    if (message.author.bot || message.flags.has(MessageFlags.Ephemeral)) return;
    if (message.channel.type === ChannelType.DM) run(message.id, () => answerDirectMessage(message));
    else if (message.inGuild() && client.user && message.mentions.users.has(client.user.id))
      run(message.id, () => answerMention(message));
  });

  async function answerInteraction(interaction: Interaction, receivedAt: number): Promise<void> {
    if (interaction.isAutocomplete()) return parts.suggest(interaction);
    if (
      !interaction.isChatInputCommand() &&
      !interaction.isMessageContextMenuCommand() &&
      !interaction.isButton()
    )
      return;
    // Every session with this token gets the event; the first to claim it is the one that answers.
    if (!(await desk.claim(`discord:${interaction.id}`, CLAIM_MS))) return;
    const place = placeOf(interaction);
    locales.note(place.userId, place.locale);
    if (interaction.isButton()) return answerPress(interaction.customId, place, interaction.id, receivedAt);
    // Privacy is fixed here: Discord lets no later edit make an answer private or public.
    const at = await acknowledge(interaction.id, place, receivedAt, {
      type: DEFERRED_MESSAGE,
      data: { flags: privacyOf(place) },
    });
    if (at.kind === 'lost') return;
    // In the direct message the first answer is an ordinary message: it can be edited when the token has died.
    const there = place.guildId === undefined && place.reachable && at.message ? { message: at.message } : {};
    const surface = originalSurface(rest, place);
    const here: Place = { ...place, ...there };
    if (interaction.isMessageContextMenuCommand() && interaction.commandName === CHECK)
      return answerTarget(here, interaction.targetMessage, surface);
    if (!interaction.isChatInputCommand()) return;
    if (interaction.commandName === HELP) return answering.finish(here, surface, answering.help(here));
    const given = (option: string) => interaction.options.getString(option) ?? '';
    const list = interaction.commandName === USAGE ? interaction.options.getAttachment('list') : null;
    if (list) return answerListFrom(here, [attachedFile(list)], surface);
    if (interaction.commandName === USAGE)
      return answering.answerText(here, `${given('show')} ${given('iccid')}`.trim(), surface);
    if (interaction.commandName === BALANCE) return answering.answerText(here, 'balance', surface);
    if (interaction.commandName === DEVICES)
      return answering.answerText(here, `devices ${given('model')}`, surface);
    // Registered by another version of the bot: see `npm run register`.
    log.warn({ command: interaction.commandName }, 'A command of an unknown name was used');
  }

  /** On a message of somebody else's; the numbers in it count, and a list on it. */
  function answerTarget(place: Place, target: Message, surface: Surface): Promise<void> {
    const text = wholeText(partsOf(target));
    const files = filesOf(target);
    const asList = lists.concerns(files, findIccids(text).length > 0);
    return asList ? answerListFrom(place, files, surface) : answering.answerMessage(place, text, surface);
  }

  async function answerPress(
    customId: string,
    place: Place,
    interactionId: string,
    receivedAt: number,
  ): Promise<void> {
    const pressed = readCustomId(customId);
    const name = pressed?.kind ?? '';
    const answering = name === 'show' || pressedDeed(name) === 'show' || pressedTopic(name) !== undefined;
    const kind = answering
      ? { type: DEFERRED_MESSAGE, data: { flags: privacyOf(place) } }
      : { type: DEFERRED_UPDATE };
    const at = await acknowledge(interactionId, place, receivedAt, kind);
    if (at.kind === 'lost') return;
    const own = originalSurface(rest, place);
    const aside = answering ? own : asideSurface(rest, place);
    const there = place.guildId === undefined && place.reachable && at.message ? { message: at.message } : {};
    const unknown = { kind: 'unknown', handle: '', index: 0, jobId: '' };
    await parts.press(pressed ?? unknown, { ...place, ...there }, own, aside);
  }

  /** Within the three seconds, by REST; `lost` when the interaction is not ours any more. */
  async function acknowledge(
    interactionId: string,
    place: Place,
    receivedAt: number,
    body: unknown,
  ): Promise<{ kind: 'lost' } | { kind: 'ok'; message?: { channelId: string; id: string } }> {
    const result = await rest.answer(async (by) =>
      acknowledged.safeParse(
        // Without the bot's token: the interaction's own is the credential, and a 401 here must not cost us ours.
        await by.post(Routes.interactionCallback(interactionId, place.token?.value ?? ''), {
          body,
          auth: false,
          query: new URLSearchParams({ with_response: 'true' }),
        }),
      ),
    );
    parts.onAcknowledged(result.kind === 'ok' ? 'sent' : 'lost', clock.now() - receivedAt);
    if (result.kind === 'ok') {
      const message = result.value.data?.resource?.message;
      return {
        kind: 'ok',
        ...(message ? { message: { channelId: message.channel_id, id: message.id } } : {}),
      };
    }
    if (result.kind === 'closed' && result.code === ALREADY_ACKNOWLEDGED) return { kind: 'ok' };
    log.warn({ requestId: interactionId, error: result.error }, 'An interaction could not be acknowledged');
    return { kind: 'lost' };
  }

  /** The placeholder comes first: it is the message that every later answer edits. */
  async function answerDirectMessage(message: Message): Promise<void> {
    if (!(await desk.claim(`discord:${message.id}`, CLAIM_MS))) return;
    const place = placeOfMessage(message, locales.of(message.author.id));
    const words = wordsFor(place.locale);
    const asked = askedWith({ typed: message.content, carried: carriedText(partsOf(message)) });
    const files = filesOf(message);
    const asList = lists.concerns(files, readQuestion(asked.text).kind !== 'none');
    const at = await post(
      message,
      discordNotice([asList ? words.bulk.taking : words.chat.checking([], 'private')]),
    );
    if (!at) return;
    const here = { ...place, message: at };
    const surface = messageSurface(rest, at);
    if (asList) return lists.answer(here, files, surface);
    await (asked.kind === 'typed'
      ? answering.answerText(here, asked.text, surface)
      : answering.answerMessage(here, asked.text, surface));
  }

  /** A channel message cannot be private: its answer is behind a button, and who presses is checked. */
  async function answerMention(message: Message): Promise<void> {
    if (!(await desk.claim(`discord:${message.id}`, CLAIM_MS))) return;
    const place = placeOfMessage(message, locales.of(message.author.id));
    const words = wordsFor(place.locale);
    const iccids = findIccids(wholeText(partsOf(message)));
    if (lists.concerns(filesOf(message), iccids.length > 0))
      return void (await post(message, lists.wordForChannel(place)));
    if (iccids.length === 0) return void (await post(message, discordNotice([words.chat.nothingReadable])));
    const handle = await rememberCard(desk, {
      // As many as one answer can show.
      iccids: iccids.slice(0, 10),
      messageKey: messageKeyOf(message.id),
      spaceId: place.guildId ?? '',
      userId: place.userId,
      channelId: place.channelId,
      inDirectMessage: false,
    });
    const button = {
      type: 2,
      style: 1,
      label: words.actions.show,
      custom_id: `${CUSTOM_ID}:show:${handle}:0:`,
    };
    await post(message, {
      ...discordNotice([words.chat.privately]),
      components: [{ type: 1, components: [button] }],
    });
  }

  /** An answer to a message; the message's id is the idempotency key. */
  async function post(message: Message, body: object): Promise<NonNullable<Place['message']> | undefined> {
    const result = await rest.call(async (by) =>
      posted.parse(
        await by.post(Routes.channelMessages(message.channelId), {
          body: {
            ...body,
            // Discord's docs, Create Message: with `enforce_nonce` a repetition within some minutes gives back the first message.
            nonce: message.id,
            enforce_nonce: true,
            allowed_mentions: { parse: [], replied_user: false },
            // A question that was deleted meanwhile is still answered.
            message_reference: { message_id: message.id, fail_if_not_exists: false },
          },
        }),
      ),
    );
    if (result.kind === 'ok') return { channelId: result.value.channel_id, id: result.value.id };
    log.warn({ requestId: message.id, error: result.error }, 'A message could not be answered in Discord');
    return undefined;
  }
}

/** Private in a server; in the bot's own direct message there is nobody else. */
function privacyOf({ guildId, reachable }: Place): number {
  return guildId === undefined && reachable ? 0 : EPHEMERAL;
}
