/**
 * What a supervisor or a person at the keyboard sends to end the bot. Docker and systemd send the
 * first, Ctrl-C the second.
 */
const ENDING = ['SIGTERM', 'SIGINT'] as const;
type Ending = (typeof ENDING)[number];

/** The first ending signal since `hearSignals`, and what the second does. */
export interface Signals {
  /** Resolves with the first; at once where it has come already. */
  readonly first: Promise<Ending>;
  /** From the second on the process ends with this code, whatever hangs. */
  readonly exitCode: number;
}

/** One for the process: a second listener would count signals of its own. */
let heard: Signals | undefined;

/**
 * From here on an ending signal does not end the process by its default, so that it is heard while the bot is still being
 * loaded. Called again it gives the same.
 * `exitCode` counts only where it is called first.
 */
export function hearSignals(exitCode = 0): Signals {
  heard ??= {
    exitCode,
    first: new Promise((resolve) => {
      let isFirst = true;
      for (const signal of ENDING)
        process.on(signal, () => {
          if (!isFirst) process.exit(exitCode);
          isFirst = false;
          resolve(signal);
        });
    }),
  };
  return heard;
}
