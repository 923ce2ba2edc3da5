import { isRefreshable, UPSTREAM_CACHE_MS } from '../domain/freshness.ts';
import { maskIccid } from '../domain/iccid.ts';
import { hasFigures, type UsageReading } from '../domain/usage.ts';
import type { CachedReply, DeferredReply, FreshReply, Reply } from '../usage/reply.ts';
import type { Action, Card, Line, Span, Viewer } from './card.ts';
import { forecastParts } from './forecast-parts.ts';
import { iccidFact, readingParts } from './reading-parts.ts';
import { refusalCard } from './refusal-card.ts';
import { instantFrom } from './spans.ts';
import { watchedCard } from './watch-card.ts';
import { type Words, wordsFor } from './words.ts';

/** What a person sees for a reply. Pure; the same for every platform. */
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
  const failed = reply.kind === 'cached' && reply.because === 'airalo-unavailable';
  const parts = readingParts(reply.reading, viewer, words.card);
  const ahead = forecastParts(reply.forecast, reply.reading.expiresAt, viewer, words);
  const asOf = instantFrom(viewer.now, reply.asOf, 'relative');
  const refreshable = comingOrNow(reply.refreshableAt, viewer.now);
  return {
    title: words.card.esim(maskIccid(reply.iccid)),
    tone: failed && parts.tone === 'good' ? 'attention' : parts.tone,
    lines: [...parts.lines, ...(failed ? [words.card.lastReading] : []), ...ahead.lines],
    meters: parts.meters,
    facts: [...iccidFact(reply.iccid, viewer), ...parts.facts],
    freshness: [
      failed ? words.card.asOfRetry(asOf, refreshable) : words.card.asOf(asOf, refreshable),
      ...lag(reply.reading, words),
      ...ahead.footnotes,
    ],
    actions: forAudience(viewer, words, [...answeredActions(reply, viewer.now, words), ...ahead.actions]),
  };
}

/** The primary button is the one that leads to something now. */
function answeredActions(reply: FreshReply | CachedReply, now: number, words: Words): Action[] {
  const { actions, watch } = words;
  const open = isRefreshable(reply, now);
  return [
    { kind: 'refresh', label: actions.refresh, style: open ? 'primary' : 'normal' },
    ...(open || isFinal(reply.reading)
      ? []
      : [{ kind: 'tell-when-fresh', label: actions['tell-when-fresh'], style: 'primary' } as const]),
    { kind: 'share', label: actions.share, style: 'normal' },
    ...(isFinal(reply.reading)
      ? []
      : [{ kind: 'ask', topic: 'watch', label: watch.watch, style: 'normal' } as const]),
    ...topicActions(reply.reading, words),
  ];
}

/** What else can be asked about an eSIM that Airalo knows. One that was withdrawn takes neither a top-up nor an installation. */
function topicActions(reading: UsageReading, { topics }: Words): Action[] {
  const asked = isFinal(reading)
    ? (['packages', 'esim'] as const)
    : (['packages', 'esim', 'topups', 'install'] as const);
  return asked.map((topic) => ({ kind: 'ask', topic, label: topics.buttons[topic], style: 'normal' }));
}

/** A recycled eSIM stays one: there is nothing to wait for. */
function isFinal({ status }: UsageReading): boolean {
  return status.kind === 'known' && status.name === 'RECYCLED';
}

function deferredCard(reply: DeferredReply, viewer: Viewer, words: Words): Card {
  const { iccid, previous, promise } = reply;
  const parts = previous && readingParts(previous.reading, viewer, words.card);
  const ahead = forecastParts(reply.forecast, previous?.reading.expiresAt, viewer, words);
  const outlook = outlookOf(reply, viewer.now, words);
  // A wait that takes care of itself stands small below the figures; one that the person must mind stands above.
  const quiet = previous !== undefined && promise.kind === 'queued';
  const asOf = previous && words.card.asOf(instantFrom(viewer.now, previous.asOf, 'relative'));
  return {
    title: words.card.esim(maskIccid(iccid)),
    tone: parts?.tone ?? 'waiting',
    lines: [...(parts?.lines ?? []), ...(quiet ? [] : [outlook]), ...ahead.lines],
    meters: parts?.meters ?? [],
    facts: [...iccidFact(iccid, viewer), ...(parts?.facts ?? [])],
    freshness: [
      ...(asOf ? [asOf] : []),
      ...(quiet ? [outlook] : []),
      ...(previous ? lag(previous.reading, words) : []),
      ...ahead.footnotes,
    ],
    actions: forAudience(viewer, words, [
      waitingAction(promise, words),
      ...ahead.actions,
      ...(previous ? topicActions(previous.reading, words) : []),
    ]),
  };
}

function waitingAction(promise: DeferredReply['promise'], { actions }: Words): Action {
  return promise.kind === 'queued'
    ? { kind: 'cancel', label: actions.cancel, style: 'normal' }
    : { kind: 'tell-when-fresh', label: actions['tell-when-fresh'], style: 'primary' };
}

/** What will happen by itself, or what the person has to do. */
function outlookOf(reply: DeferredReply, now: number, { card }: Words): Line {
  const { promise, because } = reply;
  if (promise.kind === 'queued') {
    const at = comingOrNow(promise.answerAt, now);
    return reply.previous ? card.willUpdate(because, at) : card.willAnswer(because, at);
  }
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

function comingOrNow(at: number, now: number): Span | 'now' {
  return at <= now ? 'now' : instantFrom(now, at, 'time');
}

function lag(reading: UsageReading, words: Words): Line[] {
  return hasFigures(reading) ? [words.card.upstreamLag(UPSTREAM_CACHE_MS / 60_000)] : [];
}

/** In public nobody's own buttons: whoever presses `show` gets an answer of their own. */
function forAudience(viewer: Viewer, words: Words, own: readonly Action[]): readonly Action[] {
  return viewer.audience === 'public' ? [{ kind: 'show', label: words.actions.show, style: 'normal' }] : own;
}
