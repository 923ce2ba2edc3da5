import type { ActionsBlock, Button, ContextBlock, HeaderBlock, SectionBlock } from '@slack/types';
import type { Action, Card, Line } from '../../cards/card.ts';
import { compactCard } from '../../cards/compact-card.ts';
import { type PlainTextOptions, plainLine, plainText } from '../../cards/plain-text.ts';
import { onButton, pressName } from '../chat/card-press.ts';
import { SLACK_LIMITS } from './limits.ts';
import { escapeMrkdwn, mrkdwnLine } from './mrkdwn.ts';

type MessageBlock = HeaderBlock | SectionBlock | ContextBlock | ActionsBlock;

/** Blocks for eyes, text for notifications and screen readers; both say the same. */
export interface SlackMessage {
  /** For notifications and screen readers: the whole card in words. */
  readonly text: string;
  readonly blocks: MessageBlock[];
}

/** A card with what its buttons say back; a card without `handle` has no buttons. */
export interface HandledCard {
  readonly card: Card;
  /** At most 2000 characters, never an ICCID. */
  readonly handle?: string;
}

/** Colour is no part of Block Kit, so the tone is a sign before the words, which say it as well. */
const SIGN: Readonly<Record<Card['tone'], string>> = {
  good: '🟢',
  attention: '🟡',
  bad: '🔴',
  neutral: '⚪',
  waiting: '🕒',
};

/** The prefix of every button of ours; the action's kind and the card's number follow. */
export const ACTION_PREFIX = 'esim';

/** One message of one or several cards, within every limit. `notice` stands above them. Pure. */
export function slackMessage(
  cards: readonly HandledCard[],
  options: PlainTextOptions,
  notice?: Line,
): SlackMessage {
  const several = cards.length > 1;
  // Several cards share the blocks of one message: each gives up what can be asked for singly.
  const fitting = cards.map((one) => (several ? { ...one, card: compactCard(one.card) } : one));
  const blocks: MessageBlock[] = [
    ...(notice ? [context([mrkdwnLine(notice, options)])] : []),
    ...fitting.flatMap((one, index) => cardBlocks(one, index, options, several)),
  ];
  const words = fitting.map(({ card }) => plainText(card, options));
  const text = [...(notice ? [plainLine(notice, options)] : []), ...words].join('\n\n');
  return {
    text: escapeMrkdwn(text).slice(0, SLACK_LIMITS.messageText),
    // Slack refuses a message with one block too many whole: a card without its last line is better than none.
    blocks: blocks.slice(0, SLACK_LIMITS.messageBlocks),
  };
}

/** Lines without a card: help, a placeholder, a refusal of the whole question. */
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
    text: { type: 'plain_text', text: cut(text, SLACK_LIMITS.headerText), emoji: true },
  };
}

function context(texts: readonly string[]): ContextBlock {
  const elements = texts
    .slice(0, SLACK_LIMITS.contextElements)
    .map((text) => ({ type: 'mrkdwn' as const, text: cut(text, SLACK_LIMITS.fieldText) }));
  return { type: 'context', elements };
}

/** `value` comes back with the press; it holds a handle, never an ICCID. */
export function button(actionId: string, label: string, value: string, style: Action['style']): Button {
  // Slack knows "primary" and "danger"; the ordinary look is the absence of a style.
  const look = style === 'normal' ? {} : { style };
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: cut(label, SLACK_LIMITS.buttonText), emoji: true },
    value,
    ...look,
  };
}

function cardBlocks(
  { card, handle }: HandledCard,
  index: number,
  options: PlainTextOptions,
  several: boolean,
): MessageBlock[] {
  const title = `${SIGN[card.tone]} ${card.title}`;
  const lines = card.lines.map((line) => mrkdwnLine(line, options));
  const meters = card.meters.map(({ label, bar, text }) =>
    [`*${escapeMrkdwn(label)}*`, ...(bar === undefined ? [] : [`\`${bar}\``]), escapeMrkdwn(text)].join('  '),
  );
  // In a message of several, the title is a line of the section: five blocks a card would be one too many.
  const body = [...(several ? [`*${escapeMrkdwn(title)}*`] : []), ...meters, ...lines].join('\n');
  const freshness = card.freshness.map((line) => mrkdwnLine(line, options));
  return [
    ...(several ? [] : [header(title)]),
    ...(body === '' ? [] : [section(body)]),
    ...(card.facts.length === 0 ? [] : [factsBlock(card, options)]),
    ...(freshness.length === 0 ? [] : [context(freshness)]),
    ...(handle === undefined || card.actions.length === 0 ? [] : [buttons(card.actions, handle, index)]),
  ];
}

/** Fields stand two in a row, on a phone one below the other. */
function factsBlock(card: Card, options: PlainTextOptions): SectionBlock {
  const fields = card.facts.slice(0, SLACK_LIMITS.sectionFields).map(({ label, value }) => ({
    type: 'mrkdwn' as const,
    text: cut(`*${escapeMrkdwn(label)}*\n${mrkdwnLine(value, options)}`, SLACK_LIMITS.fieldText),
  }));
  return { type: 'section', fields };
}

/** One row below each card. An action id must be unique within its block (Slack's docs, actions block), so the place counts too. */
function buttons(actions: readonly Action[], handle: string, index: number): ActionsBlock {
  const elements = actions
    .slice(0, SLACK_LIMITS.actionElements)
    .map((action, place) =>
      button(
        `${ACTION_PREFIX}:${pressName(action)}:${index}${action.kind === 'ask' ? `-${place}` : ''}`,
        action.label,
        handleFor(action, handle),
        action.style,
      ),
    );
  return { type: 'actions', block_id: `${ACTION_PREFIX}-card-${index}`, elements };
}

/** `note|index|job`; a question has its further words in place of the job, and says which eSIM it is about. */
function handleFor(action: Action, handle: string): string {
  if (action.kind !== 'ask') return handle;
  const [note = '', index = ''] = handle.split('|');
  return `${note}|${action.about ?? index}|${onButton(action.words ?? '')}`;
}

/** Cards keep far below these limits; what is cut here is a card that grew, and a test says so first. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
