import { ICCID_EXAMPLE } from '../domain/iccid.ts';
import type { ReadingHistory } from '../storage/ports.ts';

const HOUR_MS = 60 * 60 * 1000;
/** The plan of the first eSIM: 15 days, of which the simulator leaves eleven. */
const DAYS = 4;
/** As the simulator says of the same eSIM, so that the trend ends where the card stands. */
const TOTAL_MB = 5_120;
const NOW_LEFT_MB = 1_331;
/** How much of a day's data is used by the end of each sixth of it: little at night, most in the evening. */
const BY_SIXTH_OF_DAY = [0.03, 0.08, 0.25, 0.45, 0.7, 1] as const;

/** Readings of the past days, as a bot that has run for so long would have kept: without them a trend is a single point. */
export async function seedHistory(history: Pick<ReadingHistory, 'append'>, now: number): Promise<void> {
  const perDayMb = (TOTAL_MB - NOW_LEFT_MB) / DAYS;
  const stepMs = (24 * HOUR_MS) / BY_SIXTH_OF_DAY.length;
  for (let day = 0; day < DAYS; day++)
    for (const [sixth, used] of BY_SIXTH_OF_DAY.entries()) {
      const at = now - DAYS * 24 * HOUR_MS + day * 24 * HOUR_MS + sixth * stepMs;
      const remainingMb = Math.round(TOTAL_MB - (day + used) * perDayMb);
      await history.append(ICCID_EXAMPLE, { at, remainingMb, totalMb: TOTAL_MB, status: 'ACTIVE' });
    }
}
