import { z } from 'zod';
import type { AlertEntry, AlertEvent, AlertFace, AlertLevel } from '../domain/alert.ts';
import { maskIccid } from '../domain/iccid.ts';

const level: z.ZodType<AlertLevel> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('used'), percent: z.number() }),
  z.object({ kind: z.literal('ending'), days: z.number() }),
]);

/** As stored in a job and in the state. */
export const alertEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('low-data'),
    iccid: z.string(),
    packageName: z.string(),
    level,
    remainingPercent: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('credit'), percent: z.number(), remaining: z.number().exactOptional() }),
]);

const person = { platform: z.string(), personId: z.string() };

/** What is known of the warnings about one subject. */
export const alertState = z.object({
  /** An ICCID, or `credit`. */
  subject: z.string(),
  packageName: z.string().exactOptional(),
  /** The worst warning of each kind, with its instant (epoch ms). */
  used: z.object({ percent: z.number(), at: z.number() }).exactOptional(),
  ending: z.object({ days: z.number(), at: z.number() }).exactOptional(),
  remainingPercent: z.number().exactOptional(),
  /** Of the partner's credit, in a currency that Airalo does not name; absent for an eSIM. */
  remaining: z.number().exactOptional(),
  latestAt: z.number(),
  /** Who has it in hand, since when. */
  claim: z.object({ ...person, at: z.number() }).exactOptional(),
  /** Who muted it, until when; past that instant it means nothing. */
  mute: z.object({ ...person, until: z.number() }).exactOptional(),
  /** The questions whose presses have changed it, the newest last: the same press again has done its part. */
  pressedBy: z.array(z.string()).exactOptional(),
  /** On the buttons; stays the same for as long as the subject is remembered. */
  handle: z.string(),
  /** The newest, oldest first; a `quiet` one is said nowhere. */
  entries: z.array(z.object({ id: z.string(), at: z.number(), event: alertEvent, quiet: z.boolean() })),
});
/** See `alertState`. */
export type AlertState = z.infer<typeof alertState>;

/** The subject of everything about the partner account. */
export const CREDIT = 'credit';
/** Beyond it the thread has the older ones. */
const MAX_ENTRIES = 20;
/** Airalo repeats for five hours: a milder warning within this time is an old one that comes late. */
const LATE_MS = 6 * 60 * 60 * 1000;

/** Which parent message the event belongs to. */
export function subjectOf(event: AlertEvent): string {
  return event.kind === 'credit' ? CREDIT : event.iccid;
}

/**
 * The state after one more event; the same when it is known already. Another package, or a milder warning after a while, begins
 * anew: a top-up was made, so nobody has it in hand any more and nothing is muted.
 */
export function withEvent(before: AlertState | undefined, entry: AlertEntry, handle: string): AlertState {
  const { id, at, event } = entry;
  if (before?.entries.some((known) => known.id === id)) return before;
  const order = before ? orderOf(before, event, at) : 'anew';
  const {
    claim: _claim,
    mute: _mute,
    used: _used,
    ending: _ending,
    remainingPercent: _remainingPercent,
    remaining: _remaining,
    ...bare
  } = before ?? blank(event, handle);
  const base: AlertState = order === 'anew' ? bare : (before ?? bare);
  const quiet = base.mute !== undefined && base.mute.until > at;
  const entries = [...base.entries, { id, at, event, quiet }].slice(-MAX_ENTRIES);
  if (order === 'late') return { ...base, entries };
  return { ...withoutOutdated(base, event), ...figuresOf(event, at), latestAt: at, entries };
}

/** What was left at an earlier level is not what is left at this one; a warning about the end leaves the data as they were. */
function withoutOutdated(state: AlertState, event: AlertEvent): AlertState {
  if (event.kind === 'low-data' && event.level.kind === 'ending') return state;
  const { remainingPercent: _remainingPercent, remaining: _remaining, ...rest } = state;
  return rest;
}

/** What everybody in the channel may see of it. */
export function faceOf(state: AlertState, now: number): AlertFace {
  const { subject, entries: _entries, handle: _handle, pressedBy: _pressedBy, mute, ...shown } = state;
  return {
    ...shown,
    about: subject === CREDIT ? { kind: 'credit' } : { kind: 'esim', masked: maskIccid(subject) },
    ...(mute && mute.until > now ? { mute } : {}),
  };
}

function blank(event: AlertEvent, handle: string): AlertState {
  return { subject: subjectOf(event), latestAt: 0, handle, entries: [] };
}

function figuresOf(event: AlertEvent, at: number): Partial<AlertState> {
  if (event.kind === 'credit') {
    const left = event.remaining === undefined ? {} : { remaining: event.remaining };
    return { used: { percent: event.percent, at }, ...left };
  }
  const { packageName, level, remainingPercent } = event;
  const left = remainingPercent === undefined ? {} : { remainingPercent };
  return level.kind === 'used'
    ? { packageName, used: { percent: level.percent, at }, ...left }
    : { packageName, ending: { days: level.days, at }, ...left };
}

/** Whether the event goes on with the warnings before it, comes too late to say anything new, or begins anew. */
function orderOf(state: AlertState, event: AlertEvent, at: number): 'next' | 'late' | 'anew' {
  if (event.kind === 'low-data' && event.packageName !== state.packageName) return 'anew';
  const known = severityKnown(state, event);
  if (known === undefined || severityOf(event) > known.severity) return 'next';
  return at - known.at < LATE_MS ? 'late' : 'anew';
}

/** Greater is worse, among warnings of the same kind. */
function severityOf(event: AlertEvent): number {
  if (event.kind === 'credit') return event.percent;
  return event.level.kind === 'used' ? event.level.percent : -event.level.days;
}

function severityKnown({ used, ending }: AlertState, event: AlertEvent) {
  if (event.kind === 'low-data' && event.level.kind === 'ending')
    return ending && { severity: -ending.days, at: ending.at };
  return used && { severity: used.percent, at: used.at };
}
