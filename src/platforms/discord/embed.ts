import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIEmbed,
  APIStringSelectComponent,
  RESTAPIMessageReference,
} from 'discord.js';
import type { Action, Card, Line, Picture, Table } from '../../cards/card.ts';
import { compactCard } from '../../cards/compact-card.ts';
import { rowLines, rowMark } from '../../cards/plain-text.ts';
import { SIGNS } from '../../cards/signs.ts';
import { unbrokenEnds } from '../../cards/spans.ts';
import { onButton, pressName } from '../chat/card-press.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { markdownLine } from './markdown.ts';

/** Buttons, or one menu. */
type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIStringSelectComponent>;

/** A message as REST takes it. */
export interface DiscordMessage {
  /** Above the embeds, or alone. An edit that leaves it out leaves the old one there. */
  readonly content?: string;
  readonly embeds: APIEmbed[];
  readonly components: Row[];
  /** Always given: by default Discord makes every mention in a message alert (Discord's docs, Allowed Mentions). */
  readonly allowed_mentions: {
    readonly parse: never[];
    readonly users?: string[];
    readonly replied_user?: boolean;
  };
  /** Present where it answers a person's message. */
  readonly message_reference?: RESTAPIMessageReference;
  /** Describes the `files`, by their place among them. */
  readonly attachments?: { readonly id: number; readonly filename: string; readonly description: string }[];
}

/** A message with what is uploaded beside it: no part of the body. */
export interface DiscordMessageWithFiles extends DiscordMessage {
  readonly files?: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  }[];
}

/** A card with what its buttons say back; without `handle` it has none. */
export interface HandledCard {
  readonly card: Card;
  /** The note's id and, for a promise, its job: `<note>:<index>:<job>`. */
  readonly handle?: string;
  /** Told on the buttons when several cards share a message. */
  readonly name?: string;
}

/** Of the stripe at the embed's side, as 0xRRGGBB. */
const COLOUR: Readonly<Record<Card['tone'], number>> = {
  good: 0x2a9d8f,
  low: 0xf4a261,
  attention: 0xe9c46a,
  bad: 0xc1121f,
  neutral: 0x8d99ae,
  waiting: 0x457b9d,
};
/** Discord's docs, Button Styles. */
const STYLE: Readonly<Record<Action['style'], 1 | 2 | 4>> = { primary: 1, normal: 2, danger: 4 };

/** Version of the custom ids: they live as long as the message, so an older form must stay readable. */
export const CUSTOM_ID = 'esim1';

/** Many ask about one eSIM in the same moment, and share its card. */
const embeds = new WeakMap<Card, APIEmbed>();

/** One message of one or several cards, within every limit. Pure. */
export function discordMessage(cards: readonly HandledCard[], notice?: Line): DiscordMessageWithFiles {
  const several = cards.length > 1;
  // Six thousand characters over all embeds of a message: with several cards each gives up its details.
  const fitting = cards
    .slice(0, DISCORD_LIMITS.embeds)
    .map((one) => (several ? { ...one, card: compactCard(one.card, cards.length) } : one));
  return {
    // An empty content, not none: an edit keeps what it does not name, such as "checking…".
    content: notice ? cut(markdownLine(notice), DISCORD_LIMITS.content) : '',
    embeds: fitting.map(({ card }, index) => embedOf(card, index)),
    components: componentRows(fitting, several),
    allowed_mentions: { parse: [] },
    ...uploadsOf(fitting.map(({ card }) => card)),
  };
}

/** Lines without a card: a placeholder, a refusal of the whole question. */
export function discordNotice(lines: readonly Line[]): DiscordMessage {
  const content = cut(lines.map(markdownLine).join('\n'), DISCORD_LIMITS.content);
  return { content, embeds: [], components: [], allowed_mentions: { parse: [] } };
}

/** The pictures of the cards as files, with their descriptions for those who do not see them. */
function uploadsOf(cards: readonly Card[]): Pick<DiscordMessageWithFiles, 'files' | 'attachments'> {
  const pictures = cards.flatMap(({ picture }, index) =>
    picture ? [{ ...picture, name: fileName(picture, index) }] : [],
  );
  if (pictures.length === 0) return {};
  return {
    files: pictures.map(({ name, png }) => ({ name, type: 'image/png', bytes: new Uint8Array(png) })),
    attachments: pictures.map(({ name, alt }, id) => ({
      id,
      filename: name,
      description: cut(alt, DISCORD_LIMITS.attachmentDescription),
    })),
  };
}

/** Unique within the message: the embed names its picture by it. */
function fileName({ name }: Picture, index: number): string {
  return `${index + 1}-${name}`;
}

/**
 * The order in which it is read: bar, lines, rows, facts, small print. Fields would stand in columns, which break
 * words on a phone.
 */
function embedOf(card: Card, index: number): APIEmbed {
  // A picture is named by its place in the message.
  if (card.picture) return drawnEmbed(card, index);
  const embed = embeds.get(card) ?? drawnEmbed(card, index);
  embeds.set(card, embed);
  return embed;
}

function drawnEmbed(card: Card, index: number): APIEmbed {
  const meters = card.meters.map(({ label, bar, text }) =>
    [
      ...(label === undefined ? [] : [`**${label}**`]),
      `\`${bar}\``,
      ...(text === undefined ? [] : [text]),
    ].join('  '),
  );
  const lines = card.lines.map(markdownLine);
  const rows = card.table ? tableLines(card.table) : [];
  const facts = card.facts.map(({ label, value }) => `**${label}:** ${markdownLine(value)}`);
  // `-#` is Discord's small print.
  const freshness = card.freshness.map((line) => `-# ${markdownLine(line)}`);
  const description = [...meters, ...lines, ...rows, ...facts, ...freshness].join('\n');
  return {
    title: cut(unbrokenEnds(`${SIGNS[card.tone]} ${card.title}`), DISCORD_LIMITS.embedTitle),
    color: COLOUR[card.tone],
    ...(description === '' ? {} : { description: cut(description, DISCORD_LIMITS.embedDescription) }),
    ...(card.picture ? { image: { url: `attachment://${fileName(card.picture, index)}` } } : {}),
  };
}

/** Discord has no table: a line each. */
function tableLines(table: Table): string[] {
  return rowLines(table).map((line, row) => `${rowMark(table.rows[row])}${markdownLine(line)}`);
}

/** Custom ids must be unique in a message and have at most a hundred characters (Discord's docs, Button). */
function buttonsOf({ card, handle, name }: HandledCard, several: boolean): APIButtonComponentWithCustomId[] {
  if (handle === undefined) return [];
  return card.actions.map((action) => ({
    type: 2,
    style: STYLE[action.style],
    label: cut(
      several && name !== undefined ? `${action.label} ${name}` : action.label,
      DISCORD_LIMITS.buttonLabel,
    ),
    custom_id: customIdOf(action, handle),
  }));
}

function customIdOf(action: Action, handle: string): string {
  return cut(`${CUSTOM_ID}:${pressName(action)}:${handleFor(action, handle)}`, DISCORD_LIMITS.customId);
}

/** `<note>:<index>:<job>`; a question has its further words in place of the job, and says which eSIM it is about. */
function handleFor(action: Action, handle: string): string {
  if (action.kind !== 'ask') return handle;
  const [note = '', index = ''] = handle.split(':');
  return `${note}:${action.about ?? index}:${onButton(action.words ?? '')}`;
}

/** Five rows in all: a menu takes one, the buttons have the rest. */
function componentRows(cards: readonly HandledCard[], several: boolean): Row[] {
  const menus = cards.flatMap((one, place) => menusOf(one, place)).slice(0, DISCORD_LIMITS.rows);
  const room = DISCORD_LIMITS.rows - menus.length;
  return [
    ...rowsOf(
      cards.flatMap((one) => buttonsOf(one, several)),
      room,
    ),
    ...menus,
  ];
}

/**
 * Its values are the custom ids of the buttons they stand for: at most a hundred characters, each once (Discord's
 * docs, String Select).
 */
function menusOf(
  { card: { menu }, handle }: HandledCard,
  place: number,
): APIActionRowComponent<APIStringSelectComponent>[] {
  if (handle === undefined || menu === undefined || menu.options.length === 0) return [];
  const options = menu.options.slice(0, DISCORD_LIMITS.selectOptions).map((action) => ({
    label: cut(action.label, DISCORD_LIMITS.optionText),
    value: customIdOf(action, handle),
  }));
  const placeholder = cut(menu.label, DISCORD_LIMITS.placeholder);
  return [
    {
      type: 1,
      components: [
        {
          type: 3,
          // Once in a message: cards of one note have the same handle.
          custom_id: cut(`${CUSTOM_ID}:menu:${place}:${handle}`, DISCORD_LIMITS.customId),
          placeholder,
          options,
        },
      ],
    },
  ];
}

/** Rows of at most five. What is beyond them is left out: the first cards' buttons come first. */
function rowsOf(
  buttons: readonly APIButtonComponentWithCustomId[],
  room: number,
): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const count = Math.min(room, Math.ceil(buttons.length / DISCORD_LIMITS.buttonsInRow));
  // Rows of about the same length look better than a full one and a rest.
  const buttonsInRow = Math.min(DISCORD_LIMITS.buttonsInRow, Math.ceil(buttons.length / count));
  return Array.from({ length: count }, (_, row) => ({
    type: 1,
    components: buttons.slice(row * buttonsInRow, (row + 1) * buttonsInRow),
  }));
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
