import type { Action, Card, Fact, Line } from './card.ts';
import { COMPACT_TEXT } from './limits.ts';
import { rowLines, rowMark } from './plain-text.ts';
import { lineLength } from './spans.ts';

/** Two cards get no more room than one of five: a message is read on a phone. */
const FEWEST = 5;

/**
 * The same card in little room, for a message with `count` of them: its share of `COMPACT_TEXT` characters and two
 * buttons. Nothing is cut in the middle; what does not fit is left out, the least important first.
 */
export function compactCard(card: Card, count: number): Card {
  const room = createRoom(Math.floor(COMPACT_TEXT / Math.max(count, FEWEST)) - card.title.length);
  // In order of importance, which is not the order on the card.
  const meters = card.meters.filter((meter) =>
    room.take((meter.label ?? '').length + meter.bar.length + (meter.text ?? '').length),
  );
  // Of several tables a message may hold one at the most: in little room it is lines.
  const rows = card.table
    ? rowLines(card.table).map((line, row): Line => [rowMark(card.table?.rows[row]), ...line])
    : [];
  const [firstLine, ...furtherLines] = [...rows, ...card.lines];
  const lines = firstLine ? takeLines([firstLine], room) : [];
  const [firstFact, ...furtherFacts] = card.facts;
  const facts = firstFact ? takeFacts([firstFact], room) : [];
  const freshness = takeLines(card.freshness.slice(0, 2), room);
  const { menu, table: _table, ...rest } = card;
  return {
    ...rest,
    // A question is asked by its menu alone; what hides behind "more" can be had singly.
    ...(menu?.kind === 'choice' ? { menu } : {}),
    lines: [...lines, ...takeLines(furtherLines, room)],
    meters,
    facts: [...facts, ...takeFacts(furtherFacts, room)],
    freshness,
    actions: compactActions(card.actions),
  };
}

/** The characters that are left for what comes next; taken in the order of importance. */
interface Room {
  /** True, and that much less room, when it fits. */
  take(length: number): boolean;
}

function createRoom(size: number): Room {
  let left = size;
  return {
    take(length) {
      if (length > left) return false;
      left -= length;
      return true;
    },
  };
}

// A later, shorter part may still fit where a longer one did not.
const takeLines = (lines: readonly Line[], room: Room): Line[] =>
  lines.filter((line) => room.take(lineLength(line)));

const takeFacts = (facts: readonly Fact[], room: Room): Fact[] =>
  facts.filter((fact) => room.take(fact.label.length + lineLength(fact.value)));

/** The button that leads to something now, and sharing. */
function compactActions(actions: readonly Action[]): Action[] {
  const main = actions.find((action) => action.style === 'primary') ?? actions[0];
  return actions.filter((action) => action === main || action.kind === 'share');
}
