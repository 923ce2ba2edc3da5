import { UPSTREAM_CACHE_MS } from '../domain/freshness.ts';
import { hasFigures, type UsageReading } from '../domain/usage.ts';
import type { CachedReply, DeferredReply, FreshReply, Reply } from '../usage/reply.ts';
import type { Card, Line, Span, Viewer } from './card.ts';
import { forecastParts } from './forecast-parts.ts';
import { lastKnown } from './headline.ts';
import { identityLine, readingParts } from './reading-parts.ts';
import { refusalCard } from './refusal-card.ts';
import { dotted, instantFrom } from './spans.ts';
import {
  answeredControls,
  type Controls,
  deferredControls,
  isFinal,
  publicControls,
} from './usage-actions.ts';
import { watchedCard } from './watch-card.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * What a person sees for a reply. Pure; the same for every platform. The door into this folder: a platform that has a
 * `Reply` needs no other card for it.
 */
export function usageCard(reply: Reply, viewer: Viewer): Card {
  const words = wordsFor(viewer.locale);
  switch (reply.kind) {
    case 'fresh':
    case 'cached':
      return answeredCard(reply, viewer, words);
    case 'deferred':
      return deferredCard(reply, viewer, words);
    case 'watched':
      return watchedCard(reply, viewer);
    case 'refused':
      return refusalCard(reply, viewer, words);
    default:
      return reply satisfies never;
  }
}

function answeredCard(reply: FreshReply | CachedReply, viewer: Viewer, words: Words): Card {
  const { reading, iccid, asOf, refreshableAt, forecast } = reply;
  const failed = reply.kind === 'cached' && reply.because === 'airalo-unavailable';
  const parts = readingParts(reading, iccid, viewer, words.card);
  const ahead = forecastParts(forecast, reading.expiresAt, viewer, words);
  const next = comingOrNow(refreshableAt, viewer.now);
  const due = failed ? words.card.nextTry(next) : words.card.nextCheck(next);
  return {
    ...(failed ? lastKnown(parts, words.card) : { title: parts.title, tone: parts.tone }),
    meters: parts.meters,
    lines: [...parts.lines, ...ahead.lines, ...(failed ? [words.card.lastReading] : [])],
    facts: [],
    freshness: [smallPrint(reading, asOf, isFinal(reading) ? [] : [due], viewer, words), ...ahead.footnotes],
    ...controlsFor(viewer, words, answeredControls(reply, viewer.now, words)),
  };
}

/** With an older reading that one is the answer; without, what will happen by itself. */
function deferredCard(reply: DeferredReply, viewer: Viewer, words: Words): Card {
  const { iccid, previous, promise } = reply;
  if (previous === undefined) return unknownCard(reply, viewer, words);
  const parts = readingParts(previous.reading, iccid, viewer, words.card);
  const ahead = forecastParts(reply.forecast, previous.reading.expiresAt, viewer, words);
  // A wait that takes care of itself is small print; one that the person must mind stands above.
  const isQueued = promise.kind === 'queued';
  const soon = isQueued
    ? [words.card.willUpdate(reply.because, comingOrNow(promise.answerAt, viewer.now))]
    : [];
  const failed = reply.because === 'airalo-unavailable';
  return {
    ...(failed ? lastKnown(parts, words.card) : { title: parts.title, tone: parts.tone }),
    meters: parts.meters,
    lines: [...parts.lines, ...ahead.lines, ...(isQueued ? [] : [outlookOf(reply, viewer.now, words)])],
    facts: [],
    freshness: [smallPrint(previous.reading, previous.asOf, soon, viewer, words), ...ahead.footnotes],
    ...controlsFor(viewer, words, deferredControls(reply, viewer.now, words)),
  };
}

/** Nothing is known yet: what will happen by itself is the answer. */
function unknownCard(reply: DeferredReply, viewer: Viewer, words: Words): Card {
  const { headline } = words.card;
  return {
    title: reply.promise.kind === 'queued' ? headline.promised : headline.askLater,
    tone: 'waiting',
    meters: [],
    lines: [outlookOf(reply, viewer.now, words), identityLine(reply.iccid, viewer)],
    facts: [],
    freshness: [],
    ...controlsFor(viewer, words, deferredControls(reply, viewer.now, words)),
  };
}

/** What will happen by itself, or what the person has to do. */
function outlookOf(reply: DeferredReply, now: number, { card }: Words): Line {
  const { promise, because } = reply;
  if (promise.kind === 'queued') return card.willAnswer(because, comingOrNow(promise.answerAt, now));
  const at = comingOrNow(reply.refreshableAt, now);
  switch (promise.why) {
    case 'not-asked-for':
      return card.askLater(because, at);
    case 'not-durable':
      return card.notNoted(at);
    default:
      return promise.why satisfies never;
  }
}

/** `Checked 8:00 · next check 8:16 · Airalo's data can lag up to 20 min`. */
function smallPrint(
  reading: UsageReading,
  asOf: number,
  next: readonly Line[],
  { now }: Viewer,
  { card }: Words,
): Line {
  return dotted([
    card.asOf(instantFrom(now, asOf, 'relative')),
    ...next,
    ...(hasFigures(reading) ? [card.upstreamLag(UPSTREAM_CACHE_MS / 60_000)] : []),
  ]);
}

function comingOrNow(at: number, now: number): Span | 'now' {
  return at <= now ? 'now' : instantFrom(now, at, 'time');
}

/** In public nobody's own controls: whoever presses `show` gets an answer of their own. */
function controlsFor(viewer: Viewer, words: Words, own: Controls): Controls {
  return viewer.audience === 'public' ? publicControls(words) : own;
}
