/** Block Kit's limits (Slack, Block Kit reference). A message above one of them is refused whole. */
export const SLACK_LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  headerText: 150,
  contextElements: 10,
  actionElements: 25,
  buttonText: 75,
  overflowOptions: 5,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  tableRows: 100,
  buttonValue: 2_000,
  id: 255,
  /** Slack cuts the top-level text at 40 000 and advises this. */
  messageText: 4_000,
  fileAltText: 1_000,
} as const;

/** eSIMs in one message: five blocks each stay under the limit of a message. */
export const MAX_ICCIDS = 10;

/** Cards keep far below these limits; what is cut here is a card that grew, and a test says so first. */
export function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
