import type { TellingForecast } from '../domain/forecast.ts';
import type { Iccid } from '../domain/iccid.ts';
import type { UsageReading } from '../domain/usage.ts';
import type {
  CachedReply,
  FreshReply,
  LastReading,
  RefusedReply,
  Reply,
  ReplyPromise,
} from '../usage/reply.ts';
import type { UsageReply } from './schemas.ts';

type Refused = Extract<UsageReply, { kind: 'refused' }>;

/** A reply of the usage service in the API's form: the same kinds, with instants that people can read. */
export function usageReplyOf(reply: Reply): UsageReply {
  switch (reply.kind) {
    case 'fresh':
      return { kind: reply.kind, ...heldIn(reply) };
    case 'cached':
      return { kind: reply.kind, ...heldIn(reply), because: reply.because };
    case 'deferred': {
      const { kind, iccid, because, refreshableAt, previous, forecast } = reply;
      return {
        kind,
        iccid,
        because,
        refreshableAt: instant(refreshableAt),
        promise: promiseOf(reply.promise),
        ...previousOf(previous),
        ...forecastOf(forecast),
      };
    }
    case 'refused':
      return refusedReplyOf(reply);
    case 'watched':
      // Watches belong to chats: no key has one.
      return { kind: 'refused', iccid: reply.iccid, reason: 'not-allowed', ...previousOf(reply.last) };
    default:
      return reply satisfies never;
  }
}

/** A number that is none is answered like any other refusal; what was typed is not repeated. */
export function malformed(): Refused {
  return { kind: 'refused', reason: 'malformed-iccid' };
}

/** More different eSIMs than a key may ask for in a while. */
export function tooMany(iccid: Iccid | undefined, until: number): Refused {
  return {
    kind: 'refused',
    ...(iccid === undefined ? {} : { iccid }),
    reason: 'too-many',
    refreshableAt: instant(until),
  };
}

/** RFC 3339, from epoch ms. */
export function instant(at: number): string {
  return new Date(at).toISOString();
}

/** The same where it is not always known. */
export function instants<Name extends string>(
  from: Readonly<Partial<Record<Name, number | undefined>>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const known: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const at = from[name];
    if (at !== undefined) known[name] = instant(at);
  }
  return known;
}

/** What both kinds with a figure hold. */
function heldIn({ iccid, reading, asOf, refreshableAt, forecast }: FreshReply | CachedReply) {
  const times = { asOf: instant(asOf), refreshableAt: instant(refreshableAt) };
  return { iccid, reading: readingOf(reading), ...times, ...forecastOf(forecast) };
}

function refusedReplyOf({ iccid, refusal, previous }: RefusedReply): Refused {
  const until =
    'refreshableAt' in refusal ? refusal.refreshableAt : 'until' in refusal ? refusal.until : undefined;
  return {
    kind: 'refused',
    ...(iccid === undefined ? {} : { iccid }),
    reason: refusal.reason,
    ...(until === undefined ? {} : { refreshableAt: instant(until) }),
    ...previousOf(previous),
  };
}

function readingOf({ status, data, voiceMinutes, textMessages, expiresAt }: UsageReading) {
  return {
    status: status.name,
    data,
    ...(voiceMinutes ? { voiceMinutes } : {}),
    ...(textMessages ? { textMessages } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
  };
}

function previousOf(last: LastReading | undefined) {
  return last ? { previous: { reading: readingOf(last.reading), asOf: instant(last.asOf) } } : {};
}

function forecastOf(forecast: TellingForecast | undefined) {
  if (!forecast) return {};
  const { kind, perDayMb } = forecast;
  const times = {
    earliestAt: forecast.earliestAt,
    ...('at' in forecast ? forecast : { until: forecast.until }),
  };
  const perDay = { perDayMb: Math.round(perDayMb) };
  return { forecast: { kind, ...perDay, ...instants(times, ['at', 'earliestAt', 'latestAt', 'until']) } };
}

function promiseOf(promise: ReplyPromise) {
  return promise.kind === 'queued' ? { ...promise, answerAt: instant(promise.answerAt) } : promise;
}
