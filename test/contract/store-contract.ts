import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Retention } from '../../src/storage/ports.ts';
import { describeAlerts } from './alerts-contract.ts';
import { describeGate } from './gate-contract.ts';
import { describeOutboxCare } from './outbox-care-contract.ts';
import { describeOutbox } from './outbox-contract.ts';
import { describeOutboxHold } from './outbox-hold-contract.ts';
import { describeReadingHistory } from './reading-history-contract.ts';
import { describeSmallPorts } from './small-ports-contract.ts';
import type { OpenUnderTest, StoreUnderTest } from './store-under-test.ts';

const LONG_MS = 60 * 60 * 1000;
/** For all but the tests of pruning. */
const LONG_RETENTION: Retention = {
  snapshotMs: LONG_MS,
  doneJobMs: LONG_MS,
  deadJobMs: LONG_MS,
  auditMs: LONG_MS,
  historyMs: LONG_MS,
};

/**
 * What the bot relies on, whatever the engine. Nothing here waits for more than about two seconds of the engine's
 * clock, and nothing assumes whose clock that is; instants are compared, never measured.
 */
export function describeStore(name: string, open: OpenUnderTest): void {
  const openLong = () => open(LONG_RETENTION);

  describeGate(name, async () => {
    const under = await openLong();
    const other = await under.another();
    return { ...under, gate: under.store.gate, other: other.gate };
  });
  describeSmallPorts(name, open, LONG_RETENTION);
  describeReadingHistory(name, open, LONG_RETENTION);
  describeOutbox(name, openLong);
  describeOutboxCare(name, open, LONG_RETENTION);
  describeOutboxHold(name, openLong);
  describeAlerts(name, open, LONG_RETENTION);

  describe(`${name}: upkeep`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await openLong();
    });
    afterEach(() => under.cleanUp());

    test('is healthy when it can be written', async () => {
      expect(await under.store.health()).toMatchObject({ ok: true });
    });

    test('can be closed twice', async () => {
      await under.store.close();
      await under.store.close();
      const reopened = await under.reopen();
      expect(await reopened.health()).toMatchObject({ ok: true });
    });

    test('prunes nothing that is within its age', async () => {
      const { store, clock } = under;
      const iccid = '8910000000001000019';
      await store.snapshots.put(iccid, { kind: 'unknown-esim', asOf: clock.now() });
      await store.registry.put('alias', 'work', iccid, LONG_MS);
      await store.audit.append({
        at: clock.now(),
        asker: 'U1',
        place: 'C1',
        iccidMasked: '…0019',
        outcome: 'fresh',
      });
      await store.prune();
      expect(await store.snapshots.get(iccid)).toBeDefined();
      expect(await store.registry.get('alias', 'work')).toBe(iccid);
      expect(await store.audit.recent({ limit: 10 })).toHaveLength(1);
    });
  });
}
