import {
  ChannelType,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type Message,
  MessageFlags,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { QuestionHold } from '../../usage/platform.ts';
import { createAcknowledgementsFirst } from '../chat/acknowledgements-first.ts';
import type { Ask } from '../chat/ask.ts';
import type { Conversation } from '../chat/conversation.ts';
import { answersApart } from '../chat/presses.ts';
import type { Place } from './address.ts';
import type { DiscordMessageWithFiles } from './embed.ts';
import { carriedText, partsOf, wholeText } from './message-text.ts';
import { readCustomId } from './pen.ts';
import { placeOf, placeOfMessage } from './place.ts';
import { createReaderLocales } from './reader-locales.ts';
import type { DiscordRest } from './rest.ts';
import { attachedFile, filesOf } from './shared-files.ts';
import type { Suggest } from './suggestions.ts';
import { EPHEMERAL } from './surface.ts';

/** What stands behind the listeners. */
export interface ListenerParts {
  /** All that is sent goes by it: no method of an interaction object is called. */
  readonly rest: DiscordRest;
  readonly conversation: Conversation<Place, DiscordMessageWithFiles>;
  /** For a person who is typing a command's option. */
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
/** Discord's docs, Interaction Callback Type: an answer, "thinking" in a new message, and nothing at all for a button. */
const ANSWER = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
/**
 * Our own first try had landed and its answer was lost, or another process was faster: nobody's business but the
 * log's.
 */
const ALREADY_ACKNOWLEDGED = 40_060;

/** Asks for the message in the callback's answer, which is empty otherwise: the whole message once more, to be read. */
const WITH_RESPONSE = new URLSearchParams({ with_response: 'true' });
/** Of it, what a later edit needs to find the message without the token. */
const acknowledged = z.object({
  resource: z.object({ message: z.object({ id: z.string(), channel_id: z.string() }).optional() }).optional(),
});

/**
 * What became of an acknowledgement. `refused`: Discord itself tells the person; `unknown`: it may have come through.
 */
type Acknowledged =
  /** `byAnother`: it had been acknowledged before our only try, by another process. */
  | { readonly kind: 'ok'; readonly message?: NonNullable<Place['message']>; readonly byAnother?: true }
  | { readonly kind: 'refused' | 'unknown' };

/** Every way a question comes in. Answered with its acknowledgement, or made durable, acknowledged, then worked on. */
export function openListeners(client: Client, parts: ListenerParts): void {
  const { rest, conversation, run, clock, log } = parts;
  const locales = createReaderLocales();
  const first = createAcknowledgementsFirst(clock);

  client.on(Events.InteractionCreate, (interaction) => {
    const receivedAt = clock.now();
    run(interaction.id, () => answerInteraction(interaction, receivedAt));
  });
  client.on(Events.MessageCreate, (message) => {
    // The bot's own ephemeral answers come back as messages (measured): to answer them would be a loop.
    if (message.author.bot || message.flags.has(MessageFlags.Ephemeral)) return;
    if (message.channel.type === ChannelType.DM) run(message.id, () => answerMessage(message, undefined));
    else if (message.inGuild() && client.user && message.mentions.users.has(client.user.id))
      run(message.id, () => answerMessage(message, 'mention'));
  });

  async function answerInteraction(interaction: Interaction, receivedAt: number): Promise<void> {
    if (interaction.isAutocomplete()) return parts.suggest(interaction);
    const ask = askOf(interaction);
    if (!ask) return;
    const place = placeOf(interaction);
    locales.note(place.userId, place.locale);
    const acknowledged = first.begin();
    const taken = await takeInteraction(interaction, place, ask, receivedAt).finally(acknowledged);
    if (!taken) return;
    await first.quiet();
    const { hold, at } = taken;
    if (at.kind === 'ok')
      return conversation.answer(at.message ? { ...place, message: at.message } : place, ask, hold);
    await leave(hold, at.kind);
  }

  /** Undefined where nothing is left to be done: it was answered with its acknowledgement, or belongs to another process. */
  async function takeInteraction(
    interaction: Interaction,
    place: Place,
    ask: Ask,
    receivedAt: number,
  ): Promise<{ readonly hold: QuestionHold; readonly at: Acknowledged } | undefined> {
    const said = interaction.isChatInputCommand() ? await answerAtOnce(place, ask, receivedAt) : undefined;
    if (said?.kind === 'ok') return undefined;
    // Every session with this token gets the event; the first to take it is the one that answers.
    const hold = await conversation.accept(place, ask);
    if (!hold) return undefined;
    // What may have come through is not sent again before somebody has looked.
    const at = said?.kind === 'unknown' ? said : await defer(place, ask, receivedAt);
    return { hold, at };
  }

  /** Undefined where that cannot be. Where several processes do it, Discord takes the first. */
  async function answerAtOnce(place: Place, ask: Ask, receivedAt: number): Promise<Acknowledged | undefined> {
    const ready = await conversation.ready(place, ask);
    if (!ready || ready.message.files) return undefined;
    const body = { type: ANSWER, data: { ...ready.message, flags: privacyOf(place) } };
    const at = await acknowledge(place, body, receivedAt);
    if (at.kind === 'ok' && !at.byAnother) ready.given();
    return at;
  }

  /** In its own direct message the first answer is an ordinary message: it can be edited when the token has died. */
  function defer(place: Place, ask: Ask, receivedAt: number): Promise<Acknowledged> {
    return acknowledge(place, deferralOf(place, ask), receivedAt, isOwnDirectMessage(place));
  }

  /** Where Discord refuses an acknowledgement it has told the person already that nothing came. */
  async function leave(hold: QuestionHold, why: 'refused' | 'unknown'): Promise<void> {
    if (why === 'unknown' && (await hold.handOver())) return;
    await hold.done();
  }

  function askOf(interaction: Interaction): Ask | undefined {
    if (interaction.isButton()) return pressOf(interaction.customId);
    // A choice says what its button would.
    if (interaction.isStringSelectMenu()) return pressOf(interaction.values[0] ?? '');
    if (interaction.isMessageContextMenuCommand())
      return interaction.commandName === CHECK
        ? conversation.askAbout(
            wholeText(partsOf(interaction.targetMessage)),
            filesOf(interaction.targetMessage),
          )
        : unknownCommand(interaction.commandName);
    return interaction.isChatInputCommand() ? askOfCommand(interaction) : undefined;
  }

  /** An unknown custom id is of a card too old to be remembered, and is answered as one. */
  function pressOf(customId: string): Ask {
    const unknown = { kind: 'unknown', handle: '', index: 0, jobId: '' };
    return { kind: 'press', press: readCustomId(customId) ?? unknown };
  }

  function askOfCommand({ commandName, options }: ChatInputCommandInteraction): Ask {
    const given = (option: string) => options.getString(option) ?? '';
    switch (commandName) {
      case USAGE: {
        const list = options.getAttachment('list');
        if (list) return { kind: 'list-from-channel', files: [attachedFile(list)] };
        return { kind: 'text', text: `${given('show')} ${given('iccid')}`.trim() };
      }
      case BALANCE:
        return { kind: 'text', text: 'balance' };
      case DEVICES:
        return { kind: 'text', text: `devices ${given('model')}` };
      case HELP:
        return { kind: 'help' };
      default:
        return unknownCommand(commandName);
    }
  }

  /** Registered by another version of the bot: see `npm run register`. What can be asked is the answer. */
  function unknownCommand(command: string): Ask {
    log.warn({ command }, 'A command of an unknown name was used');
    return { kind: 'help' };
  }

  /**
   * Within the three seconds, by REST. Privacy is fixed here: Discord lets no later edit make an answer private or
   * public. `naming`: the result names the message that stands there now.
   */
  async function acknowledge(
    place: Place,
    body: object,
    receivedAt: number,
    naming = false,
  ): Promise<Acknowledged> {
    let tries = 0;
    const result = await rest.answer(async (by) => {
      tries++;
      // Without the bot's token: the interaction's own is the credential, and a 401 here must not cost us ours.
      const answer = await by.post(Routes.interactionCallback(place.questionId, place.token?.value ?? ''), {
        body,
        auth: false,
        ...(naming ? { query: WITH_RESPONSE } : {}),
      });
      return naming ? acknowledged.safeParse(answer).data?.resource?.message : undefined;
    });
    parts.onAcknowledged(result.kind === 'ok' ? 'sent' : 'lost', clock.now() - receivedAt);
    if (result.kind === 'ok') {
      const message = result.value;
      return {
        kind: 'ok',
        ...(message ? { message: { channelId: message.channel_id, id: message.id } } : {}),
      };
    }
    if (result.kind === 'closed' && result.code === ALREADY_ACKNOWLEDGED)
      return tries === 1 ? { kind: 'ok', byAnother: true } : { kind: 'ok' };
    log.warn(
      { requestId: place.questionId, error: result.error },
      'An interaction could not be acknowledged',
    );
    return { kind: result.kind === 'closed' ? 'refused' : 'unknown' };
  }

  async function answerMessage(message: Message, inChannel: 'mention' | undefined): Promise<void> {
    const place = placeOfMessage(message, locales.of(message.author.id));
    // The mention is part of the text; its digits and words are no question.
    const typed = inChannel ? message.content.replace(/<@!?\d+>/g, ' ').trim() : message.content;
    const said = { typed, carried: carriedText(partsOf(message)) };
    const ask = conversation.askOf(said, filesOf(message), inChannel);
    const hold = await conversation.accept(place, ask);
    if (hold) await conversation.answer(place, ask, hold);
  }
}

/** A first word that an answer takes the place of. */
function deferralOf(place: Place, ask: Ask): object {
  const inPlace = ask.kind === 'press' && !answersApart(ask.press.kind);
  return inPlace ? { type: DEFERRED_UPDATE } : { type: DEFERRED_MESSAGE, data: { flags: privacyOf(place) } };
}

/** The bot's with the person: not one between people in which the person uses the bot. */
function isOwnDirectMessage({ guildId, reachable }: Place): boolean {
  return guildId === undefined && reachable;
}

/** Private in a server; in the bot's own direct message there is nobody else. */
function privacyOf(place: Place): number {
  return isOwnDirectMessage(place) ? 0 : EPHEMERAL;
}
