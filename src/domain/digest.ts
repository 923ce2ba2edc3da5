import { forecastUsage } from './forecast.ts';
import { expiryOf, isLow, type UsageReading } from './usage.ts';
import type { UsagePoint } from './usage-point.ts';

/** Why an eSIM stands in a digest, the worst first. */
export const DIGEST_CONCERNS = ['used-up', 'ended', 'low', 'ending', 'silent'] as const;
/** See `DIGEST_CONCERNS`. `silent`: an active plan of which nothing has been used for a day or more. */
export type DigestConcern = (typeof DIGEST_CONCERNS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;
/** What ended longer ago is known to everybody by now. */
const NEWS_FOR_MS = 7 * DAY_MS;

/**
 * What is the matter with an eSIM, if anything. `history`: what was read of it before, in any order; `asOf` and `now`
 * epoch ms.
 */
export function digestConcernOf(
  reading: UsageReading,
  {
    asOf,
    now,
    history,
  }: { readonly asOf: number; readonly now: number; readonly history: readonly UsagePoint[] },
): DigestConcern | undefined {
  const { data, status, expiresAt } = reading;
  if (expiresAt !== undefined && expiresAt <= now - NEWS_FOR_MS) return undefined;
  const name = status.kind === 'known' ? status.name : undefined;
  // Without an end nobody knows how old this news is.
  if (name === 'EXPIRED') return expiresAt === undefined ? undefined : 'ended';
  if (name === 'FINISHED') return 'used-up';
  if (name !== 'ACTIVE' && name !== undefined) return undefined;
  const expiry = expiryOf(reading, now);
  if (expiry === 'past') return 'ended';
  if (data.kind === 'megabytes' && data.total > 0 && data.remaining <= 0) return 'used-up';
  if (data.kind === 'megabytes' && isLow(data)) return 'low';
  if (expiry === 'soon') return 'ending';
  const outlook = forecastUsage(reading, asOf, history);
  return outlook.kind === 'none' && outlook.because === 'no-use' ? 'silent' : undefined;
}
