import { alertCard } from '../../src/cards/alert-card.ts';
import { balanceCard } from '../../src/cards/balance-card.ts';
import { bulkCard } from '../../src/cards/bulk-card.ts';
import type { Card } from '../../src/cards/card.ts';
import { customerReplyCard } from '../../src/cards/customer-reply-card.ts';
import { devicesCard } from '../../src/cards/devices-card.ts';
import { didYouMeanCard } from '../../src/cards/did-you-mean-card.ts';
import {
  digestCard,
  digestListCard,
  digestOutcomeCard,
  digestPreviewCard,
} from '../../src/cards/digest-card.ts';
import { esimCard } from '../../src/cards/esim-card.ts';
import { foundCard, namesCard, namingCard, notFoundCard } from '../../src/cards/find-card.ts';
import { helpCard } from '../../src/cards/help-card.ts';
import { installCard } from '../../src/cards/install-card.ts';
import { listCard } from '../../src/cards/list-card.ts';
import { ordersCard } from '../../src/cards/orders-card.ts';
import { packagesCard } from '../../src/cards/packages-card.ts';
import { labelOf } from '../../src/cards/plain-text.ts';
import { plansCard } from '../../src/cards/plans-card.ts';
import { emptyOrderCard, noRecordsCard, searchTroubleCard } from '../../src/cards/search-card.ts';
import { statusCard } from '../../src/cards/status-card.ts';
import { topUpsCard } from '../../src/cards/topups-card.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import { watchChoiceCard, watchListCard, watchOutcomeCard } from '../../src/cards/watch-card.ts';
import type { UsageReading } from '../../src/domain/usage.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import type { Refusal, WatchedReply } from '../../src/usage/reply.ts';
import { ALERT_FACES } from './alert-faces.ts';
import { toIccid } from './arbitraries.ts';
import { BULK_FACES } from './bulk-faces.ts';
import {
  EMPTY_ORDER,
  found,
  SAMPLE_BALANCE,
  SAMPLE_DEVICES,
  SAMPLE_ESIM,
  SAMPLE_GUIDE,
  SAMPLE_ORDERS,
  SAMPLE_PACKAGES,
  SAMPLE_PLANS,
  SAMPLE_TOP_UPS,
} from './details.ts';
import { DIGEST, WEEKDAYS } from './digest-samples.ts';
import { PICTURED, PICTURED_LANGUAGES, pictureFile } from './pictured.ts';
import {
  cachedReply,
  DAY_MS,
  deferredReply,
  freshReply,
  ICCID,
  MINUTE_MS,
  NOW,
  RUNS_OUT,
  readingOf,
  refusedReply,
} from './replies.ts';
import { LISTED, STATES } from './states.ts';

const OTHER = toIccid('8910000000001000035');
const WATCHED: WatchedReply = {
  kind: 'watched',
  iccid: ICCID,
  condition: '25',
  event: 'met',
  last: { reading: readingOf({ expiresAt: NOW + 9 * DAY_MS }), asOf: NOW - MINUTE_MS },
};

const ENGLISH = { audience: 'private', locale: 'en', now: NOW } as const;

/** Every kind of card in one language, by what it shows, made by the real renderers from samples. */
export function cardsIn(locale: string): Readonly<Record<string, Card>> {
  const viewer = { audience: 'private', locale, now: NOW } as const;
  const shown = (reading: UsageReading) => usageCard(freshReply({ reading }), viewer);
  const refused = (refusal: Refusal) => usageCard(refusedReply(refusal), viewer);
  return {
    'A reading just taken': usageCard(freshReply(), viewer),
    'The last reading, with a forecast': usageCard(cachedReply({ forecast: RUNS_OUT }), viewer),
    'The last reading, for everybody in the channel': usageCard(cachedReply(), {
      ...viewer,
      audience: 'public',
    }),
    'An eSIM with a name': usageCard(cachedReply(), { ...viewer, names: new Map([[ICCID, 'anna-trip']]) }),
    ...Object.fromEntries(Object.entries(STATES).map(([name, reading]) => [name, shown(reading)])),
    'Several eSIMs': listCard(LISTED, { ...viewer, names: new Map([[ICCID, 'anna-trip']]) }),
    'A reply for the customer': customerReplyCard(ICCID, { reading: readingOf(), asOf: NOW }, viewer, {
      language: locale,
      about: 0,
    }),
    'The last reading, while Airalo is away': usageCard(
      cachedReply({ because: 'airalo-unavailable', asOf: NOW - 40 * MINUTE_MS }),
      viewer,
    ),
    'The last reading, a newer one on its way': usageCard(
      deferredReply({ previous: { reading: readingOf(), asOf: NOW - 40 * MINUTE_MS } }),
      viewer,
    ),
    'An answer promised': usageCard(deferredReply(), viewer),
    'No answer promised': usageCard(
      deferredReply({ promise: { kind: 'none', why: 'not-asked-for' } }),
      viewer,
    ),
    'An eSIM that Airalo does not know': refused({
      reason: 'unknown-esim',
      checkDigitOff: true,
      refreshableAt: NOW + 15 * MINUTE_MS,
    }),
    'The credentials refused': refused({ reason: 'operator-needed', cause: 'credentials-refused' }),
    'The credentials refused after a reading': usageCard(
      {
        ...refusedReply({ reason: 'operator-needed', cause: 'credentials-refused' }),
        previous: { reading: readingOf(), asOf: NOW - 40 * MINUTE_MS },
      },
      viewer,
    ),
    'An eSIM that Airalo does not find any more': usageCard(
      {
        ...refusedReply({
          reason: 'unknown-esim',
          checkDigitOff: false,
          refreshableAt: NOW + 15 * MINUTE_MS,
        }),
        previous: { reading: readingOf(), asOf: NOW - 40 * MINUTE_MS },
      },
      viewer,
    ),
    'A figure that cannot be read': usageCard(
      freshReply({ reading: readingOf({ data: { kind: 'unknown', total: 5120 }, unread: ['voice'] }) }),
      viewer,
    ),
    'Somebody who may not ask': refused({ reason: 'not-allowed', need: { kind: 'full-member' } }),
    'Too many questions': refused({ reason: 'too-many', until: NOW + 8 * MINUTE_MS }),
    'Packages of an eSIM': packagesCard(ICCID, found(SAMPLE_PACKAGES), viewer),
    'Details of an eSIM': esimCard(ICCID, found(SAMPLE_ESIM), viewer),
    'Top-ups that could be bought': topUpsCard(ICCID, found(SAMPLE_TOP_UPS), { viewer, withPrices: false }),
    'How to install it': installCard(ICCID, found(SAMPLE_GUIDE), {
      viewer,
      system: undefined,
      language: locale,
      about: 0,
    }),
    'The balance': balanceCard(found(SAMPLE_BALANCE), viewer),
    'Devices of a name': devicesCard('iphone 12', found(SAMPLE_DEVICES), viewer),
    'What a watch may wait for': watchChoiceCard(ICCID, viewer, true),
    'The watches of a person': watchListCard(
      [
        { id: 'watch-1', iccid: ICCID, condition: '10', nextLookAt: NOW + 45 * MINUTE_MS },
        { id: 'watch-2', iccid: OTHER, condition: 'ends', channelId: 'C1', nextLookAt: NOW + 90 * MINUTE_MS },
      ],
      viewer,
    ),
    'A watch was set': watchOutcomeCard(
      ICCID,
      { kind: 'set', id: 'watch-1', condition: '10', endsAt: NOW + 11 * DAY_MS },
      viewer,
    ),
    'What a watch tells': usageCard(WATCHED, viewer),
    'What a watch tells a channel': usageCard(WATCHED, { ...viewer, audience: 'public' }),
    ...Object.fromEntries(
      Object.entries(BULK_FACES).map(([name, face]) => [`A list: ${name}`, bulkCard(face, viewer)]),
    ),
    ...Object.fromEntries(
      Object.entries(ALERT_FACES).map(([name, face]) => [
        `An alert in the channel: ${name}`,
        alertCard(face, { platform: 'slack', locale }),
      ]),
    ),
    'Several eSIMs fit': foundCard(
      'trip',
      [
        { iccid: ICCID, name: 'anna-trip', askedAt: NOW - 5 * MINUTE_MS },
        { iccid: OTHER, name: 'ben-trip' },
      ],
      viewer,
    ),
    'Orders that fit a part of a code': foundCard(
      '20261115',
      [
        { iccid: ICCID, label: '20261115-070019' },
        { iccid: OTHER, label: '20261115-070035' },
      ],
      viewer,
      3,
    ),
    'The newest orders': ordersCard(found(SAMPLE_ORDERS), viewer).card,
    'An order without an eSIM': emptyOrderCard(EMPTY_ORDER, viewer),
    'Plans of a country': plansCard({ kind: 'country', code: 'JP' }, found(SAMPLE_PLANS), {
      viewer,
      withPrices: true,
    }),
    'A search that could not look everywhere': searchTroubleCard(
      '#1042',
      {
        records: { kind: 'unavailable' },
        account: { kind: 'wait', because: 'rate-limited', until: NOW + 8 * MINUTE_MS },
      },
      viewer,
    ),
    'An e-mail, and no records of the shop': noRecordsCard('CUSTOMER_LOOKUP_URL', viewer),
    'No eSIM fits': notFoundCard('0042', viewer),
    "The team's names": namesCard(
      '',
      [
        { name: 'anna-trip', iccid: ICCID, by: 'slack:T0000:U0000' },
        { name: 'ben-trip', iccid: OTHER, by: 'discord:300' },
      ],
      'slack:T0000:U0000',
      viewer,
    ),
    'An eSIM that was named': namingCard(ICCID, { kind: 'named', name: 'anna-trip' }, viewer),
    'A name that another eSIM has': namingCard(
      ICCID,
      { kind: 'taken', name: 'anna-trip', by: OTHER },
      viewer,
    ),
    'A digest in a channel': digestCard(DIGEST, { locale, now: NOW, toChannel: true }),
    'What a digest would say now': digestPreviewCard(DIGEST, {
      ...viewer,
      names: new Map([[ICCID, 'anna-trip']]),
    }),
    'The digests of a person': digestListCard(
      [
        { schedule: WEEKDAYS, channelId: 'C1', nextAt: NOW + DAY_MS },
        { schedule: { ...WEEKDAYS, days: [1] }, nextAt: NOW + 7 * DAY_MS },
      ],
      0,
      viewer,
    ),
    'Digests that are paused': digestListCard(
      [
        { schedule: WEEKDAYS, channelId: 'C1', nextAt: NOW + DAY_MS, pausedAt: NOW - DAY_MS },
        { schedule: { ...WEEKDAYS, days: [1] }, nextAt: NOW + 7 * DAY_MS, pausedAt: NOW - DAY_MS },
      ],
      0,
      viewer,
    ),
    'A digest was set': digestOutcomeCard({ kind: 'set', schedule: WEEKDAYS, nextAt: NOW + DAY_MS }, viewer),
    'A command nearly typed': didYouMeanCard('pakages', 'packages', [ICCID], viewer),
    'The state of the bot': statusCard(
      { pending: [{ iccid: OTHER, answerAt: NOW + 12 * MINUTE_MS }], version: '1.0.0' },
      viewer,
    ),
    Help: helpCard(viewer, '/esim-usage'),
  };
}

/** In English. */
export const CARDS = cardsIn(ENGLISH.locale);

/** Some of them as pictures; the other languages are a link away. */
function picturePage(): string {
  const [shown, ...others] = PICTURED_LANGUAGES;
  return Object.entries(PICTURED)
    .map(([subject, names]) => {
      const img = (look: keyof typeof names) =>
        `<img src="pictures/${pictureFile(subject, look, shown)}" width="390" alt="${subject} in ${look === 'slack' ? 'Slack' : 'Discord'}: ${names[look]}">`;
      const links = others.flatMap((locale) =>
        (['slack', 'discord'] as const).map(
          (look) => `[${look} ${locale}](pictures/${pictureFile(subject, look, locale)})`,
        ),
      );
      return `**${subject}** (${links.join(', ')})\n\n${img('slack')} ${img('discord')}\n`;
    })
    .join('\n');
}

/** `docs/cards.md`: each card as the terminal draws it, with its buttons below. */
export function cardGallery(): string {
  const inOthers = (
    [
      ['The same in German', 'de'],
      ['The same in Japanese', 'ja'],
    ] as const
  ).map(([name, locale]) => ({ name, card: usageCard(freshReply(), { ...ENGLISH, locale }), locale }));
  const pictures = [
    ...Object.entries(CARDS).map(([name, card]) => ({ name, card, locale: 'en' })),
    ...inOthers,
  ].map(({ name, card, locale }) => {
    const options = { locale, timeZone: 'UTC' };
    const drawn = renderText(card, { ...options, colour: false, width: 78 });
    const menu = card.menu
      ? [`[ ${card.menu.label} ▾ ${card.menu.options.map(({ label }) => label).join(' | ')} ]`]
      : [];
    const buttons = [...card.actions.map((action) => `[ ${labelOf(action, options)} ]`), ...menu].join(' ');
    return `## ${name}\n\n\`\`\`\n${drawn}${buttons === '' ? '' : `\n  ${buttons}`}\n\`\`\`\n`;
  });
  const head = [
    '# Every card',
    '',
    'First some of them as Slack and Discord draw them on a phone (`npm run pictures`, by the page of the demo), then all of them by the real renderers',
    'from samples, as a terminal shows them, with the buttons below. Made by `npm run cards`; a test fails when this page is older than the renderers.',
    'What the first line tells alone is in [reading a card](reading-a-card.md), how it was before in [before and after](before-and-after.md).',
  ].join('\n');
  return `${head}\n\n${picturePage()}\n${pictures.join('\n')}`;
}
