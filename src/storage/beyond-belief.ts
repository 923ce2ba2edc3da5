/**
 * A slot is booked at most the caller's longest wait ahead. One that lies further ahead than that and this much was booked before the
 * clock was set back, and is not believed: nobody could ask for that long.
 */
export const BEYOND_BELIEF_MS = 30_000;

/** A clock that is corrected by less costs nobody anything. */
export const CLOCK_NOISE_MS = 1_000;
