import { z } from 'zod';
import type { SharedToken, TokenShare } from '../airalo/token.ts';
import type { Clock } from '../clock.ts';
import type { CallGate, Registry } from '../storage/ports.ts';

const KIND = 'airalo-token';
const KEY = 'current';
const GATE_KEY = 'airalo-token';
/** Longer than a token request may take. */
const LEASE_MS = 12_000;
/** A token request takes some hundreds of milliseconds: waiting for another's is cheap. */
const POLL_MS = 50;

const stored: z.ZodType<SharedToken> = z.object({ accessToken: z.string(), expiresAt: z.number() });

/** Lets all processes on one store use one Airalo token, and only one of them fetch it. */
export function createTokenShare(registry: Registry, gate: CallGate, clock: Clock): TokenShare {
  return {
    read: async () => stored.safeParse(await registry.get(KIND, KEY)).data,
    // The store forgets it when it ends, so that no restart finds a dead one.
    write: (token) => registry.put(KIND, KEY, token, Math.max(1, token.expiresAt - clock.now())),
    // The gate serves as the lock: it has one winner on any engine, and a lease for the case that the winner dies.
    lock: async (work) => {
      const lease = await acquire(gate, clock);
      try {
        return await work();
      } finally {
        if (lease !== undefined) await gate.release(GATE_KEY, lease);
      }
    },
  };
}

/** Undefined when another process has held the lock for a whole lease: then it is better to go on than to hang. */
async function acquire(gate: CallGate, clock: Clock): Promise<string | undefined> {
  // Added up, not read from the clock, which may be put back meanwhile.
  for (let waitedMs = 0; waitedMs < LEASE_MS; waitedMs += POLL_MS) {
    const decision = await gate.tryAcquire(GATE_KEY, LEASE_MS);
    if (decision.state === 'leader') return decision.token;
    await clock.sleep(POLL_MS);
  }
  return undefined;
}
