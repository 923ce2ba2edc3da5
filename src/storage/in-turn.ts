import type { Clock } from '../clock.ts';
import type { CallGate } from './ports.ts';

const TURN_MS = 5_000;
const POLL_MS = 50;

/** Runs `work` while nobody else, in any process, runs work under the same key. */
export async function inTurn<T>(
  { gate, clock }: { readonly gate: CallGate; readonly clock: Clock },
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  const lease = await acquire(gate, clock, key);
  try {
    return await work();
  } finally {
    // What was done is done: a lease that cannot be given back runs out by itself.
    if (lease !== undefined) await gate.release(key, lease).catch(() => undefined);
  }
}

/** Undefined when somebody has held it for a whole lease: they are dead, and it is better to go on than to hang. */
async function acquire(gate: CallGate, clock: Clock, key: string): Promise<string | undefined> {
  const giveUpAt = clock.now() + TURN_MS;
  while (clock.now() < giveUpAt) {
    const decision = await gate.tryAcquire(key, TURN_MS);
    if (decision.state === 'leader') return decision.token;
    await clock.sleep(POLL_MS);
  }
  return undefined;
}
