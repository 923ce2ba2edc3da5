import type { Consumer, Store } from './storage/ports.ts';
import type { DetailReader } from './usage/detail-reader.ts';
import { createDigestSource, type DigestSource, type DigestSourceParts } from './usage/digest-source.ts';
import { type DigestWorkerParts, startDigestWorker } from './usage/digest-worker.ts';
import { createDigests, type Digests } from './usage/digests.ts';

/** Digests: setting them, what they are made of, and the worker that brings them. */
interface OpenedDigests {
  readonly digests: Digests;
  readonly digestSource: DigestSource;
  start(parts: Omit<DigestWorkerParts, 'source' | 'outbox'>): Consumer;
}

/** Not covered against outages: a digest that seems unset would be set twice. */
export function openDigests(
  parts: Omit<DigestSourceParts, 'history' | 'newestIccids'> & {
    readonly store: Pick<Store, 'outbox' | 'registry' | 'gate' | 'history'>;
    readonly details: Pick<DetailReader, 'orders'>;
  },
): OpenedDigests {
  const { store, details, clock } = parts;
  const digestSource = createDigestSource({
    ...parts,
    history: store.history,
    async newestIccids() {
      const orders = await details.orders({ by: 'newest' });
      return orders.kind === 'found' ? orders.value.items.flatMap(({ iccids }) => iccids) : [];
    },
  });
  return {
    digests: createDigests({ ...store, clock }),
    digestSource,
    start: (worker) => startDigestWorker({ ...worker, outbox: store.outbox, source: digestSource }),
  };
}
