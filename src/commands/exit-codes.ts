/** What the exit codes of every command mean; the README shows the same table. */
export const EXIT = {
  /** Also a bot that was stopped by a signal. */
  done: 0,
  /** Only the operator can mend it: refused credentials, a store that cannot be used, a check that failed. */
  failed: 1,
  /** What was typed or set is wrong; nothing was done. */
  badInput: 2,
  /** Airalo wants to be asked later. */
  mustWait: 3,
  /** Airalo refuses or cannot be reached; there is no such dead letter; another process is in the way. */
  refused: 4,
  /** Stopped by a key, as shells count it: 128 and the signal's number. */
  interrupted: 130,
} as const;
