/**
 * Discord's documented limits for a message (Discord's docs, Message, Embed, Component Reference); characters, where
 * it is text. One above them is refused whole, with code 50035.
 */
export const DISCORD_LIMITS = {
  content: 2_000,
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4_096,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  selectOptions: 25,
  optionText: 100,
  placeholder: 150,
  /** Our version, the kind, the note, its index and the job have to find room in it. */
  customId: 100,
  nonce: 25,
  attachmentDescription: 1_024,
} as const;

/** eSIMs in one message: as many as there may be embeds. */
export const MAX_ICCIDS = 10;
/** Of the three seconds for which an interaction can be acknowledged; the rest is for the acknowledgement's own way. */
export const DURABLE_WITHIN_MS = 1_500;
