import type { Card } from '../../src/cards/card.ts';
import { pendingCard } from '../../src/cards/pending-card.ts';
import { recentCard } from '../../src/cards/recent-card.ts';
import { trendCard } from '../../src/cards/trend-card.ts';
import { watchListCard } from '../../src/cards/watch-card.ts';
import { askForm, helpModal, homeBlocks } from '../../src/platforms/slack/home-view.ts';
import { content, slackPen } from '../../src/platforms/slack/pen.ts';
import { toIccid } from './arbitraries.ts';
import { CARDS } from './card-gallery.ts';
import { cachedReply, DAY_MS, freshReply, ICCID, MINUTE_MS, NOW, RUNS_OUT, readingOf } from './replies.ts';
import { STATES } from './states.ts';

/** The buttons of a sample say nothing that anybody could press. */
const handle = { note: 'sample-note1', index: 0, jobId: '' };
const reader = { locale: 'en', timeZone: 'UTC' };
const home = { ...reader, teamId: 'T0000', userId: 'U0000' };
const OTHER = toIccid('8910000000001000035');

/** What somebody works with who works with the bot. */
function deskOf(locale: string) {
  const viewer = { audience: 'private', locale, now: NOW, names: new Map([[ICCID, 'anna-trip']]) } as const;
  const recent = [
    { iccid: ICCID, name: 'anna-trip', reply: cachedReply() },
    { iccid: OTHER, reply: freshReply({ reading: STATES['Running low'], asOf: NOW - 20 * MINUTE_MS }) },
  ];
  const address = {
    platform: 'slack',
    asker: 'slack:T0000:U0000',
    messageKey: 'slack:sample',
    routes: {},
  } as const;
  const pending = [{ jobId: 'reply-1', iccid: OTHER, answerAt: NOW + 12 * MINUTE_MS, address }];
  const watches = watchListCard(
    [
      { id: 'watch-1', iccid: ICCID, condition: '10', nextLookAt: NOW + 45 * MINUTE_MS },
      { id: 'watch-2', iccid: OTHER, condition: 'ends', channelId: 'C1', nextLookAt: NOW + 90 * MINUTE_MS },
    ],
    viewer,
  );
  return { viewer, recent, pending, watches };
}

/** Their App Home, on a day when all is well. */
export function homeIn(locale: string, healthy = true) {
  const { recent, pending, watches } = deskOf(locale);
  return homeBlocks({ pending, recent, watches, note: 'sample-note1', healthy }, { ...home, locale }, NOW);
}

/** The same as a private message, as `recent` is answered. */
export function deskIn(locale: string): Card[] {
  const { viewer, recent, pending, watches } = deskOf(locale);
  return [recentCard(recent, viewer), pendingCard(pending, viewer), watches];
}

/** Nine days of an eSIM; of its picture only that there is one. */
export function trendIn(locale: string): Card {
  const reading = readingOf();
  const points = Array.from({ length: 10 }, (_, day) => ({
    at: NOW - (9 - day) * DAY_MS,
    remainingMb: 1_331 + (9 - day) * 300,
    totalMb: 5_120,
    status: 'active' as const,
  }));
  const trend = { points, forecast: RUNS_OUT, expiresAt: NOW + 11 * DAY_MS };
  return trendCard(
    { iccid: ICCID, reading, asOf: NOW, trend, png: new Uint8Array() },
    { audience: 'private', locale, now: NOW },
  );
}

/** Everything that Slack is sent, each in all its forms, as arguments of `blocks.validate`. */
export function slackGallery() {
  const cards = Object.entries(CARDS).map(([card, drawn]) => {
    const message = slackPen.message([{ card: drawn, handle }], reader);
    return { card, forms: [message, ...(message.plainer ?? [])].map((form) => ({ message: content(form) })) };
  });
  const trend = slackPen.message([{ card: trendIn('en'), handle }], reader);
  const forms = [trend, ...(trend.plainer ?? [])].map((form) => ({ message: content(form) }));
  return [
    ...cards,
    { card: 'The trend of an eSIM', forms },
    { card: 'App Home', forms: [{ view: { type: 'home', blocks: homeIn('en') } }] },
    { card: 'The form that checks an eSIM', forms: [{ view: askForm('en', '') }] },
    { card: 'The help of App Home', forms: [{ view: helpModal(home, NOW) }] },
  ];
}
