/** Below it two clocks count as one, so that an instant comes back as it was given: what the way to the server takes is no skew. */
const NEGLIGIBLE_MS = 1_000;

/**
 * What an instant of the server's clock is by ours. Several machines share the server and never have quite one clock: instants are kept by
 * the server's, and each process is told of them by its own.
 * All three in epoch ms; `serverNow` comes with the same answer as `instant`.
 */
export function byOurClock(instant: number, serverNow: number, ourNow: number): number {
  const skewMs = serverNow - ourNow;
  return Math.abs(skewMs) < NEGLIGIBLE_MS ? instant : instant - skewMs;
}

/** The same the other way round, as Lua: sets `instant`, given by the clock that shows `ours`, to the server's, which shows `now`. */
export const BY_SERVERS_CLOCK = `
  local skew = now - ours
  if math.abs(skew) >= ${NEGLIGIBLE_MS} then instant = instant + skew end`;
