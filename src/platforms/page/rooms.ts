/** Where one can write on the page. Digits, since both services' marks for a channel and a person hold such ids. */
export const ROOMS = {
  /** A channel: an answer to a command is seen by its asker alone. */
  support: '1001',
  /** The direct message with the bot. */
  bot: '1002',
  /** Where alerts go. */
  alerts: '1003',
} as const;
/** The one person at the page. */
export const YOU = '2001';
/** Says what a customer has written. */
export const COLLEAGUE = '2002';
