/**
 * How long anything in a card can get, in UTF-16 units, whatever upstream sends. Far below what Slack and Discord refuse, so
 * that escaping (`&` to `&amp;`) and dates in markup still fit. An instant or a mention counts as `drawnSpan`.
 */
export const CARD_LIMITS = {
  title: 80,
  lines: 5,
  line: 420,
  meters: 3,
  meterLabel: 20,
  meterText: 100,
  facts: 3,
  factLabel: 30,
  factValue: 120,
  freshnessLines: 4,
  actions: 4,
  actionLabel: 30,
  drawnSpan: 40,
} as const;

/** Text from outside, by where it comes from. */
export const FOREIGN_LIMITS = { status: 40, detail: 200, given: 60, id: 40, package: 80 } as const;

/** Channels or groups named in one refusal. */
export const MOST_NAMED = 4;

/** Text of a compact card, all parts together. */
export const COMPACT_TEXT = 500;
