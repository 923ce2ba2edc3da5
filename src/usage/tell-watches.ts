import type { AlertEvent } from '../domain/alert.ts';
import { findIccids } from '../domain/iccid.ts';
import type { Log } from '../log.ts';
import type { Watches } from './watches.ts';

/** What Airalo says of an eSIM is news for its watchers too. Their own looks are the net below this. */
export async function tellWatches(watches: Watches, event: AlertEvent, log: Log): Promise<void> {
  if (event.kind !== 'low-data') return;
  const { level, remainingPercent } = event;
  const percentLeft = remainingPercent ?? (level.kind === 'used' ? 100 - level.percent : undefined);
  const evidence = {
    ...(percentLeft === undefined ? {} : { percentLeft }),
    ...(level.kind === 'ending' ? { daysLeft: level.days } : {}),
  };
  const [iccid] = findIccids(event.iccid);
  if (iccid === undefined) return;
  await watches
    .heard(iccid, evidence)
    .catch((error: unknown) => log.warn({ err: error }, 'The watchers of an eSIM could not be told at once'));
}
