import type { ActionsBlock, Button, Overflow, PlainTextOption, StaticSelect } from '@slack/types';
import type { Action, Card, Menu } from '../../cards/card.ts';
import { labelOf, type PlainTextOptions } from '../../cards/plain-text.ts';
import { onButton, pressName } from '../chat/card-press.ts';
import { cut, SLACK_LIMITS } from './limits.ts';

/** The prefix of every button of ours; the action's kind and the card's number follow. */
export const ACTION_PREFIX = 'esim';
/** In place of the kind on a menu, whose options say it. */
const MENU = 'menu';

/**
 * One row below each card: the buttons, then the menu. At most 25 elements (Slack's docs, Actions block), of which
 * the menu keeps its place; no row at all without any. `index` is the card's place in its message.
 */
export function controlsBlocks(
  card: Card,
  handle: string,
  index: number,
  options: PlainTextOptions,
): ActionsBlock[] {
  // An action id must be unique within its block (Slack's docs, actions block), so the place counts too.
  const buttons = card.actions.map((action, place) =>
    button(
      `${ACTION_PREFIX}:${pressName(action)}:${index}${action.kind === 'ask' ? `-${place}` : ''}`,
      labelOf(action, options),
      handleFor(action, handle),
      action.style,
    ),
  );
  const menu = card.menu && card.menu.options.length > 0 ? [menuOf(card.menu, handle, index)] : [];
  const elements = [...buttons.slice(0, SLACK_LIMITS.actionElements - menu.length), ...menu];
  return elements.length === 0
    ? []
    : [{ type: 'actions', block_id: `${ACTION_PREFIX}-card-${index}`, elements }];
}

/**
 * `value` comes back with the press; it holds a handle, never an ICCID: anyone who can see the message could read it.
 * Slack refuses an action id above 255 characters and a label above 75.
 */
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

/**
 * An overflow menu forgets what was chosen, so the same can be chosen again; it takes five, and has no words of its
 * own.
 */
function menuOf(menu: Menu, handle: string, index: number): Overflow | StaticSelect {
  const options = menu.options.slice(0, SLACK_LIMITS.selectOptions).map(
    (action): PlainTextOption => ({
      text: { type: 'plain_text', text: cut(action.label, SLACK_LIMITS.optionText), emoji: true },
      value: cut(`${pressName(action)}|${handleFor(action, handle)}`, SLACK_LIMITS.optionValue),
    }),
  );
  const actionId = `${ACTION_PREFIX}:${MENU}:${index}`;
  if (menu.kind === 'more' && options.length <= SLACK_LIMITS.overflowOptions)
    return { type: 'overflow', action_id: actionId, options };
  const placeholder = cut(menu.label, SLACK_LIMITS.placeholder);
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: { type: 'plain_text', text: placeholder, emoji: true },
    options,
  };
}

/** What was chosen from a menu, as the button that it stands for would say it: the action id and the value. */
export function chosen(
  actionId: string,
  value: string,
): { readonly actionId: string; readonly value: string } {
  if (!actionId.startsWith(`${ACTION_PREFIX}:${MENU}:`)) return { actionId, value };
  const [name = '', ...handle] = value.split('|');
  const index = actionId.slice(`${ACTION_PREFIX}:${MENU}:`.length);
  return { actionId: `${ACTION_PREFIX}:${name}:${index}`, value: handle.join('|') };
}

/**
 * `note|index|job`; a question has its further words in place of the job, and says which eSIM it is about. Read back
 * by `readPress`.
 */
function handleFor(action: Action, handle: string): string {
  if (action.kind !== 'ask') return handle;
  const [note = '', index = ''] = handle.split('|');
  return `${note}|${action.about ?? index}|${onButton(action.words ?? '')}`;
}
