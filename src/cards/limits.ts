/**
 * How long anything in a card can get, in UTF-16 units, whatever upstream sends. Far below what Slack and Discord
 * refuse, so that escaping (`&` to `&amp;`) and dates in markup still fit. An instant or a mention counts as
 * `drawnSpan`.
 */
export const CARD_LIMITS = {
  title: 130,
  lines: 9,
  line: 420,
  meters: 3,
  meterLabel: 20,
  meterText: 100,
  facts: 3,
  factLabel: 30,
  factValue: 120,
  freshnessLines: 4,
  /** One row; the rest is in the menu, whose options Slack limits. */
  actions: 3,
  menuOptions: 5,
  actionLabel: 30,
  /** Counted for a span whose drawn length no card knows: an instant, a mention. */
  drawnSpan: 40,
} as const;

/** Text from outside, by where it comes from; characters, cut with an ellipsis. */
export const FOREIGN_LIMITS = {
  status: 40,
  detail: 200,
  given: 60,
  id: 40,
  package: 80,
  name: 80,
  step: 240,
  copied: 300,
} as const;

/**
 * A card that answers another question than how much is left: it is a list or a set of steps, and stands alone in its
 * message or is made compact. `text` is all lines together; a link counts with its address.
 */
export const DETAIL_LIMITS = { lines: 26, text: 2_200, facts: 10, freshnessLines: 4 } as const;

/** Packages, offers, devices and the like on one card. */
export const MAX_LISTED = 8;

/** Plans of a country or a region: a line each, below what a detail card holds. */
export const MAX_PLANS = 16;

/** Channels or groups named in one refusal. */
export const MAX_NAMED = 4;

/** Watches on the card that lists them: two rows of buttons in Discord. */
export const MAX_LISTED_WATCHES = 10;

/** eSIMs to choose from on the card that offers them: likewise. */
export const MAX_FOUND = 10;

/** Text of the compact cards of one message, all parts together: under the 6000 characters of a Discord message. */
export const COMPACT_TEXT = 5_000;
