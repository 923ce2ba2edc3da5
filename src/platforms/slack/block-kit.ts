import type { ActionsBlock, ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import type { Card, Line, Meter, Tone } from '../../cards/card.ts';
import { compactCard } from '../../cards/compact-card.ts';
import { type PlainTextOptions, plainLine, plainText } from '../../cards/plain-text.ts';
import { SIGNS } from '../../cards/signs.ts';
import { unbrokenEnds } from '../../cards/spans.ts';
import { chartBlock, type DataVisualizationBlock } from './chart.ts';
import { controlsBlocks } from './controls.ts';
import { cut, SLACK_LIMITS } from './limits.ts';
import { escapeMrkdwn, mrkdwnLine } from './mrkdwn.ts';
import { TABLE_FORMS, type TableBlocks, type TableForm, tableBlocks } from './table.ts';

export { ACTION_PREFIX, button } from './controls.ts';

/**
 * The blocks that the bot sends in messages. `alert` is not among them: Slack takes it in modals alone (Slack's docs,
 * Alert block).
 */
type MessageBlock =
  | HeaderBlock
  | SectionBlock
  | ContextBlock
  | ActionsBlock
  | TableBlocks
  | DataVisualizationBlock;

/** Blocks for eyes, text for notifications and screen readers; both say the same. */
export interface SlackMessage {
  /** For notifications and screen readers: the whole card in words. */
  readonly text: string;
  readonly blocks: MessageBlock[];
  /**
   * The same with older blocks, the next best first; for the sender to try on `invalid_blocks`, no part of the
   * message.
   */
  readonly plainer?: readonly SlackMessage[];
  /** Which newer blocks the forms differ by: a workspace may take one and refuse the other. */
  readonly newest?: string;
  /**
   * Draws this form anew with pictures in the place of charts: `show` sends the pictures of cards, and says on each
   * where its picture is.
   */
  readonly withPictures?: (show: ShowPictures) => Promise<SlackMessage>;
}

/** The cards as they are shown once their pictures are sent. */
export type ShowPictures = (cards: readonly Card[]) => Promise<readonly Card[]>;

/** A card with what its buttons say back; a card without `handle` has no buttons. */
export interface HandledCard {
  readonly card: Card;
  /** Comes back with each press, as the button's value: at most 2000 characters, never an ICCID. */
  readonly handle?: string;
}

/** Colour is no part of Block Kit, so a bar is drawn in coloured squares. */
const SQUARES: Readonly<Record<Tone, string>> = {
  good: '🟩',
  low: '🟧',
  attention: '🟨',
  bad: '🟥',
  neutral: '🟦',
  waiting: '🟦',
};

/** How cards are drawn in one message. */
interface Drawing {
  /** In whose language and time zone instants are written where Slack does not draw them itself. */
  readonly options: PlainTextOptions;
  /** More than one card in the message: each is drawn shorter. */
  readonly several: boolean;
  /** How a table in a card is drawn; the others are tried after a refusal. */
  readonly tables: TableForm;
  /** Whether Slack draws the charts. */
  readonly charts: boolean;
}

type Form = Pick<Drawing, 'tables' | 'charts'>;

/**
 * One message of one or several cards, within every limit. `notice` stands above them. With a table in it, `plainer`
 * says the same for workspaces that refuse the block. Pure.
 */
export function slackMessage(
  cards: readonly HandledCard[],
  options: PlainTextOptions,
  notice?: Line,
): SlackMessage {
  const table = cards.some(({ card }) => card.table);
  const charted = standInForPictures(cards.map(({ card }) => card));
  const tables = table ? TABLE_FORMS : (['lines'] as const);
  const draw = (form: Form) => messageOf(cards, options, form, notice);
  const pictured = (form: Form): SlackMessage => ({
    ...draw(form),
    withPictures: async (show) => {
      const shown = await show(cards.map(({ card }) => card));
      const drawn = cards.map((one, index) => ({ ...one, card: shown[index] ?? one.card }));
      return messageOf(drawn, options, form, notice);
    },
  });
  if (!table && !charted) return draw({ tables: 'lines', charts: false });
  const [best, ...others] = charted
    ? [
        draw({ tables: tables[0], charts: true }),
        ...tables.map((form) => pictured({ tables: form, charts: false })),
      ]
    : tables.map((form) => draw({ tables: form, charts: false }));
  const newest = [...(charted ? ['chart'] : []), ...(table ? ['table'] : [])].join('+');
  return { ...(best ?? draw({ tables: 'lines', charts: false })), plainer: others, newest };
}

/** Whether Slack draws the charts of these cards: of more than it takes in a message none, and all are pictures. */
export function standInForPictures(cards: readonly Card[]): boolean {
  const charts = cards.filter(({ chart }) => chart).length;
  return charts > 0 && charts <= SLACK_LIMITS.chartsInMessage;
}

function messageOf(
  cards: readonly HandledCard[],
  options: PlainTextOptions,
  { tables, charts }: Form,
  notice: Line | undefined,
): SlackMessage {
  const several = cards.length > 1;
  // Several cards share the blocks of one message: each gives up what can be asked for singly.
  const fitting = cards.map((one) => (several ? { ...one, card: compactCard(one.card, cards.length) } : one));
  const blocks: MessageBlock[] = [
    ...(notice ? [context([mrkdwnLine(notice, options)])] : []),
    ...fitting.flatMap((one, index) => cardBlocks(one, index, { options, several, tables, charts })),
  ];
  const words = fitting.map(({ card }) => textOf(card, charts, options));
  // Escaped like mrkdwn: the top-level text is read as markup too, and a foreign `<!channel>` would alert everybody.
  const text = [...(notice ? [plainLine(notice, options)] : []), ...words].join('\n\n');
  return {
    text: escapeMrkdwn(text).slice(0, SLACK_LIMITS.messageText),
    // Slack refuses a message with one block too many whole: a card without its last line is better than none.
    blocks: blocks.slice(0, SLACK_LIMITS.messageBlocks),
  };
}

/** A chart has no text of its own for whoever cannot see it, other than a file. */
function textOf(card: Card, charts: boolean, options: PlainTextOptions): string {
  const text = plainText(card, options);
  return charts && card.chart && card.picture ? `${text}\n${card.picture.alt}` : text;
}

/**
 * Lines without a card: help, a placeholder, a refusal of the whole question. One section, cut at its 3000
 * characters.
 */
export function slackNotice(lines: readonly Line[], options: PlainTextOptions): SlackMessage {
  const text = lines.map((line) => plainLine(line, options)).join('\n');
  return {
    text: escapeMrkdwn(text).slice(0, SLACK_LIMITS.messageText),
    blocks: [section(lines.map((line) => mrkdwnLine(line, options)).join('\n'))],
  };
}

/** Text in mrkdwn, cut at Slack's limit. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, SLACK_LIMITS.sectionText) } };
}

/** A plain-text heading, cut at Slack's limit. */
export function header(text: string): HeaderBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: cut(unbrokenEnds(text), SLACK_LIMITS.headerText), emoji: true },
  };
}

/**
 * Small grey print below a card. Slack takes ten elements (Block Kit reference, Context block); more are left out.
 */
function context(texts: readonly string[]): ContextBlock {
  const elements = texts
    .slice(0, SLACK_LIMITS.contextElements)
    .map((text) => ({ type: 'mrkdwn' as const, text: cut(text, SLACK_LIMITS.fieldText) }));
  return { type: 'context', elements };
}

/**
 * The blocks of one card, in this order: heading, body, table, chart, facts, small print, controls. What is empty has no
 * block: Slack refuses one without text.
 */
function cardBlocks(
  { card, handle }: HandledCard,
  index: number,
  { options, several, tables, charts }: Drawing,
): MessageBlock[] {
  const title = `${SIGNS[card.tone]} ${card.title}`;
  const meters = card.meters.map((meter) => meterText(meter, card.tone));
  const lines = card.lines.map((line) => mrkdwnLine(line, options));
  // In a message of several, the title is a line of the section: five blocks a card would be one too many.
  const body = [...(several ? [`*${unbrokenEnds(escapeMrkdwn(title))}*`] : []), ...meters, ...lines].join(
    '\n',
  );
  const freshness = card.freshness.map((line) => mrkdwnLine(line, options));
  return [
    ...(several ? [] : [header(title)]),
    ...(body === '' ? [] : [section(body)]),
    ...(card.table ? tableBlocks(card.table, tables, options) : []),
    ...(charts && card.chart ? [chartBlock(card.chart, options)] : []),
    ...(card.facts.length === 0 ? [] : [factsBlock(card, options)]),
    ...(freshness.length === 0 ? [] : [context(freshness)]),
    ...(handle === undefined ? [] : controlsBlocks(card, handle, index, options)),
  ];
}

/** Squares: inline code is crimson in Slack, on a healthy eSIM too. */
function meterText({ label, bar, text }: Meter, tone: Tone): string {
  const squares = bar.replaceAll('█', SQUARES[tone]).replaceAll('░', '⬜');
  const name = label === undefined ? [] : [`*${escapeMrkdwn(label)}*`];
  return [...name, squares, ...(text === undefined ? [] : [escapeMrkdwn(text)])].join('  ');
}

/** Fields stand two in a row, on a phone one below the other. */
function factsBlock(card: Card, options: PlainTextOptions): SectionBlock {
  const fields = card.facts.slice(0, SLACK_LIMITS.sectionFields).map(({ label, value }) => ({
    type: 'mrkdwn' as const,
    text: cut(`*${escapeMrkdwn(label)}*\n${mrkdwnLine(value, options)}`, SLACK_LIMITS.fieldText),
  }));
  return { type: 'section', fields };
}
