/** Block Kit's limits (Slack, Block Kit reference). A message above one of them is refused whole. */
export const SLACK_LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** Characters, here and in every other limit that is named after a text. */
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  headerText: 150,
  contextElements: 10,
  actionElements: 25,
  /** About thirty of them are surely drawn (Slack's docs, Button element). */
  buttonText: 75,
  /** An overflow menu with more is drawn as a select menu instead. */
  overflowOptions: 5,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  /** With the heading row, in both kinds of table (Slack's docs, Table block and Data table block). */
  tableRows: 100,
  /** Here to `chartLabel`: Slack's docs, Data visualization block. A label names a point or a series. */
  chartsInMessage: 2,
  chartPoints: 20,
  chartTitle: 50,
  chartLabel: 20,
  buttonValue: 2_000,
  id: 255,
  /** Slack cuts the top-level text at 40 000 and advises this. */
  messageText: 4_000,
  fileAltText: 1_000,
} as const;

/** eSIMs in one message: five blocks each stay under the limit of a message. */
export const MAX_ICCIDS = 10;
/** Of the three seconds after which a person sees Slack's own error; the rest is for what comes before and after. */
export const DURABLE_WITHIN_MS = 1_500;

/**
 * Cards keep far below these limits; what is cut here is a card that grew, and a test says so first. The ellipsis
 * counts into `limit`.
 */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
