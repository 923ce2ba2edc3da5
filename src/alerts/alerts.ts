import type { Clock } from '../clock.ts';
import type { AlertEvent } from '../domain/alert.ts';
import type { Log } from '../log.ts';
import type { Consumer, SnapshotCache, Store } from '../storage/ports.ts';
import type { AlertBoard, AlertService } from '../usage/alert-board.ts';
import { receiveAlert } from './alert-jobs.ts';
import { createAlertRecords } from './alert-records.ts';
import { createAlertService } from './alert-service.ts';
import { startAlertWorker } from './alert-worker.ts';

/** What the alerts are made from. Not covered against outages: Airalo repeats what cannot be stored. */
interface AlertParts {
  readonly store: Pick<Store, 'outbox' | 'registry' | 'gate'>;
  readonly snapshots: Pick<SnapshotCache, 'get'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A platform that may have an alert channel. */
interface AlertChannel {
  readonly name: string;
  readonly alertBoard?: AlertBoard;
}

/** Airalo's warnings on their way to the alert channels. */
interface Alerts {
  readonly service: AlertService;
  /** Resolves once the event is durable; `unheard` where there is no channel to show it in. Throws `StoreError`. */
  receive(event: AlertEvent, channels: readonly AlertChannel[]): Promise<'added' | 'duplicate' | 'unheard'>;
  /** None without a channel: another process may have one, and must not find the work done. */
  start(channels: readonly AlertChannel[]): Consumer[];
}

/** Puts the parts together on one store. */
export function createAlerts({ store, snapshots, clock, log }: AlertParts): Alerts {
  const { outbox, registry, gate } = store;
  const records = createAlertRecords(registry, gate, clock);
  const boardsOf = (channels: readonly AlertChannel[]) =>
    channels.flatMap(({ name, alertBoard: board }) => (board ? { name, board } : []));
  return {
    service: createAlertService({ records, outbox, snapshots, clock }),
    async receive(event, channels) {
      if (boardsOf(channels).length > 0) return receiveAlert({ registry, outbox, clock }, event);
      log.warn({ event: event.kind }, 'An alert of Airalo came in, and no alert channel is set');
      return 'unheard';
    },
    start(channels) {
      const boards = boardsOf(channels);
      return boards.length > 0 ? [startAlertWorker({ outbox, gate, records, boards, clock, log })] : [];
    },
  };
}
