import { z } from 'zod';
import type { Registry } from '../storage/ports.ts';
import type { WaitReason } from './reply.ts';

/** Why a gate is closed where it is not Airalo's or the bot's own window: the gate itself knows only until when. */
export interface GateNote {
  readonly because: Exclude<WaitReason, 'rate-limited'> | 'credentials-refused';
  /** The instant to which the gate was closed for it, epoch ms. */
  readonly until: number;
}

const KIND = 'gate-note';
/** A place in the line that nobody has taken by then is given up. */
const PLACE_KEPT_MS = 60_000;
/** An engine may keep the instant by another clock. */
const SAME_INSTANT_MS = 1_000;

const stored: z.ZodType<GateNote> = z.object({
  because: z.enum(['airalo-unavailable', 'busy', 'credentials-refused']),
  until: z.number(),
});

/** Kept as long as the gate is closed for it, and a place in the line a little longer. */
export function putGateNote(registry: Registry, gateKey: string, note: GateNote, now: number): Promise<void> {
  return registry.put(KIND, gateKey, note, Math.max(1, note.until - now) + PLACE_KEPT_MS);
}

/** Why the gate is closed until `openAt`. */
export async function closedBecause(
  registry: Registry,
  gateKey: string,
  openAt: number,
): Promise<GateNote['because'] | 'rate-limited'> {
  const note = stored.safeParse(await registry.get(KIND, gateKey)).data;
  return note && Math.abs(note.until - openAt) <= SAME_INSTANT_MS ? note.because : 'rate-limited';
}

/** What a person is told of it: whose credentials are refused is none of their business. */
export async function reasonOfWait(registry: Registry, gateKey: string, openAt: number): Promise<WaitReason> {
  const because = await closedBecause(registry, gateKey, openAt);
  return because === 'credentials-refused' ? 'airalo-unavailable' : because;
}

/** Whether the question has waited for a place in the line that has come now, and was not used yet. */
export async function holdsPlace(registry: Registry, gateKey: string, now: number): Promise<boolean> {
  const note = stored.safeParse(await registry.get(KIND, gateKey)).data;
  if (note?.because !== 'busy') return false;
  const agoMs = now - note.until;
  return agoMs >= -SAME_INSTANT_MS && agoMs < PLACE_KEPT_MS;
}

/** The place is used. */
export async function leavePlace(registry: Registry, gateKey: string): Promise<void> {
  await registry.delete(KIND, gateKey);
}
