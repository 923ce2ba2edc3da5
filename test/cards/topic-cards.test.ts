import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceCard, balanceRefusalCard } from '../../src/cards/balance-card.ts';
import type { Card, PrivateViewer } from '../../src/cards/card.ts';
import { compactCard } from '../../src/cards/compact-card.ts';
import { devicesCard, whichDeviceCard } from '../../src/cards/devices-card.ts';
import { esimCard } from '../../src/cards/esim-card.ts';
import { installCard } from '../../src/cards/install-card.ts';
import { LANGUAGES } from '../../src/cards/languages.ts';
import { CARD_LIMITS, DETAIL_LIMITS, FOREIGN_LIMITS } from '../../src/cards/limits.ts';
import { packagesCard } from '../../src/cards/packages-card.ts';
import { plainText } from '../../src/cards/plain-text.ts';
import { lineLength, link } from '../../src/cards/spans.ts';
import { topUpsCard } from '../../src/cards/topups-card.ts';
import type { InstallGuide, PackageRecord, TopUpOffer } from '../../src/domain/details.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { DISCORD_LIMITS } from '../../src/platforms/discord/limits.ts';
import { markdownLine } from '../../src/platforms/discord/markdown.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { SLACK_LIMITS } from '../../src/platforms/slack/limits.ts';
import { mrkdwnLine } from '../../src/platforms/slack/mrkdwn.ts';
import { renderText } from '../../src/platforms/terminal/text.ts';
import type { DetailResult } from '../../src/usage/detail-result.ts';
import {
  found,
  SAMPLE_BALANCE,
  SAMPLE_DEVICES,
  SAMPLE_ESIM,
  SAMPLE_GUIDE,
  SAMPLE_PACKAGES,
  SAMPLE_TOP_UPS,
} from '../support/details.ts';
import { ICCID, NOW } from '../support/replies.ts';

const LONGEST_FOREIGN = Math.max(...Object.values(FOREIGN_LIMITS));
const viewer: PrivateViewer = { audience: 'private', locale: 'en-GB', now: NOW };
const said = (card: Card) => plainText(card, { locale: 'en-GB' });
const anyText = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.constantFrom('', '\n\n', '`<@U1>`|https://x', '**[a](b)**', '‮evil'),
);
const instantMs = fc.integer({ min: 0, max: 4e12 });
const anyStatus = fc.oneof(
  fc
    .constantFrom('ACTIVE', 'FINISHED', 'EXPIRED', 'NOT_ACTIVE')
    .map((name) => ({ kind: 'known' as const, name })),
  anyText.map((name) => ({ kind: 'unseen' as const, name })),
) as fc.Arbitrary<PackageRecord['status']>;
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
const anyPackage: fc.Arbitrary<PackageRecord> = fc.record(
  {
    type: fc.constantFrom('topup' as const, 'other' as const),
    status: anyStatus,
    title: anyText,
    data: fc.record({ kind: fc.constant('megabytes' as const), total: amount, remaining: amount }),
    activatedAt: instantMs,
    expiredAt: instantMs,
    finishedAt: instantMs,
  },
  { requiredKeys: ['type', 'status'] },
);
const anyOffer: fc.Arbitrary<TopUpOffer> = fc.record(
  { title: anyText, minutes: amount, messages: amount, netPrice: amount, price: amount },
  { requiredKeys: ['title'] },
);
const anyHref = fc.oneof(fc.webUrl(), anyText, fc.constant(`https://x.example/${'y'.repeat(900)}`));
const anyGuide: fc.Arbitrary<InstallGuide> = fc.record(
  {
    language: anyText,
    activationCode: anyText,
    qrCodeHref: anyHref,
    appleHref: anyHref,
    steps: fc.array(
      fc.record(
        {
          system: fc.constantFrom('ios' as const, 'android' as const),
          model: anyText,
          version: anyText,
          byQrCode: fc.array(anyText, { maxLength: 15 }),
          byHand: fc.array(anyText, { maxLength: 15 }),
          network: fc.array(anyText, { maxLength: 15 }),
        },
        { requiredKeys: ['system', 'byQrCode', 'byHand', 'network'] },
      ),
      { maxLength: 6 },
    ),
  },
  { requiredKeys: ['steps'] },
);
const result = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<DetailResult<T>> =>
  fc.oneof(
    { weight: 5, arbitrary: value.map((one) => found(one)) },
    fc.record({
      kind: fc.constant('wait' as const),
      because: fc.constantFrom('rate-limited' as const, 'airalo-unavailable' as const, 'busy' as const),
      until: instantMs,
    }),
    anyText.map((detail) => ({ kind: 'declined' as const, detail })),
  );
const system = fc.constantFrom('ios' as const, 'android' as const, undefined);
const anyCard: fc.Arbitrary<Card> = fc.constantFrom(...LANGUAGES).chain((locale) => {
  const of: PrivateViewer = { ...viewer, locale };
  return fc.oneof(
    result(fc.array(anyPackage, { maxLength: 30 })).map((one) => packagesCard(ICCID, one, of)),
    result(fc.array(anyOffer, { maxLength: 30 })).map((one) =>
      topUpsCard(ICCID, one, { viewer: of, withPrices: true }),
    ),
    fc
      .tuple(result(anyGuide), system)
      .map(([one, phone]) =>
        installCard(ICCID, one, { viewer: of, system: phone, language: 'de', about: 0 }),
      ),
    fc.tuple(anyText, anyHref).map(([text, href]) =>
      esimCard(
        ICCID,
        found({
          ...SAMPLE_ESIM,
          packageTitle: text,
          brand: text,
          orderCode: text,
          sharing: { href, accessCode: text },
        }),
        of,
      ),
    ),
    fc
      .tuple(anyText, anyText)
      .map(([name, currency]) =>
        balanceCard(
          found({ accounts: Array.from({ length: 12 }, () => ({ name, currency, amount: -1e9 })) }),
          of,
        ),
      ),
    anyText.map((name) =>
      devicesCard(name, found(Array.from({ length: 20 }, () => ({ system: 'ios', brand: name, name }))), of),
    ),
  );
});

describe('whatever Airalo sends', () => {
  it('a card of a topic keeps within its bounds, is for nobody to share, and is never blank', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(card.title.length).toBeLessThanOrEqual(CARD_LIMITS.title);
        expect(card.lines.length).toBeLessThanOrEqual(DETAIL_LIMITS.lines);
        expect(card.lines.reduce((sum, line) => sum + lineLength(line), 0)).toBeLessThanOrEqual(
          DETAIL_LIMITS.text,
        );
        expect(card.facts.length).toBeLessThanOrEqual(DETAIL_LIMITS.facts);
        expect(card.lines.length + card.facts.length).toBeGreaterThan(0);
        expect(card.actions.every(({ kind }) => kind === 'ask')).toBe(true);
        // Each `expect` costs as much as drawing a line: one for all of them.
        const foreign = [...card.lines, ...card.facts.map(({ value }) => value)]
          .flat()
          .flatMap((span) => (typeof span !== 'string' && span.kind === 'foreign' ? span.text : []));
        expect(foreign.filter((text) => text.trim() === '')).toEqual([]);
        expect(foreign.filter(({ length }) => length > LONGEST_FOREIGN)).toEqual([]);
        expect(foreign.filter((text) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('its message keeps to the limits of Slack and of Discord, alone and beside others', () => {
    fc.assert(
      fc.property(anyCard, fc.integer({ min: 1, max: 5 }), (card, count) => {
        const cards = Array.from({ length: count }, () => ({ card, handle: 'handle' }));
        const slack = slackMessage(cards, { locale: 'en' });
        expect(slack.blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.messageBlocks);
        const sections = slack.blocks.flatMap((block) => (block.type === 'section' ? [block] : []));
        const texts = sections.map(({ text }) => text?.text ?? '');
        expect(texts.filter(({ length }) => length > SLACK_LIMITS.sectionText)).toEqual([]);
        const fields = sections.flatMap((section) => section.fields ?? []);
        expect(fields.filter(({ text }) => text.length > SLACK_LIMITS.fieldText)).toEqual([]);
        const discord = discordMessage(cards);
        const total = JSON.stringify(
          discord.embeds
            .map(({ title, description, fields }) =>
              [title, description, fields?.map(({ name, value }) => name + value)].join(''),
            )
            .join(''),
        ).length;
        const descriptions = discord.embeds.map(({ description = '' }) => description);
        expect(descriptions.filter(({ length }) => length > DISCORD_LIMITS.embedDescription)).toEqual([]);
        expect(total).toBeLessThanOrEqual(6_000 * count);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a link', () => {
  it('is made of https alone', () => {
    expect(link('text', 'https://airalo.com/qr?id=1&s=2')).toEqual({
      kind: 'link',
      text: 'text',
      href: 'https://airalo.com/qr?id=1&s=2',
    });
    for (const href of [
      'http://a.example',
      'javascript:alert(1)',
      'data:text/html,x',
      'a b',
      '',
      'https://u:p@a.example',
      `https://a.example/${'x'.repeat(2_000)}`,
    ])
      expect(link('text', href)).toBe('text');
  });

  it('ends where it should, in both chats and in a terminal', () => {
    const span = link('Open *it*', "https://a.example/x)|>y](z)`'?a=1&b=<@U1>#)");
    expect(mrkdwnLine([span], { locale: 'en' })).toMatch(/^<https:\/\/a\.example\/[^|<>\s]+\|Open [^|>]+>$/);
    expect(markdownLine([span])).toMatch(/^\[Open [^\]]+\]\(https:\/\/a\.example\/[^()[\]<>\s]+\)$/);
    const card = { ...whichDeviceCard(viewer), lines: [[link('Open', 'https://a.example/qr')]] };
    expect(renderText(card, { locale: 'en', colour: false, width: 80 })).toContain(
      'Open: https://a.example/qr',
    );
  });
});

describe('the cards of the topics', () => {
  it('say first how many packages are active, and what is left in them where all say it', () => {
    const [active, over] = SAMPLE_PACKAGES;
    if (!active || !over) throw new Error('no sample');
    const { data: _data, ...silent } = active;
    const unlimited = { ...active, data: { kind: 'unlimited' } as const };
    const titled = (...packages: PackageRecord[]) => packagesCard(ICCID, found(packages), viewer).title;
    expect(titled(active, active, over)).toBe('2 of 3 packages active: 2.6\u00a0GB left');
    expect(titled(active, silent)).toBe('2 of 2 packages active');
    expect(titled(unlimited)).toBe('1 of 1 package active: Unlimited');
    expect(titled(over)).toBe('None of 1 package active');
  });

  it('tell the packages', () => {
    expect(said(packagesCard(ICCID, found(SAMPLE_PACKAGES), viewer))).toMatchInlineSnapshot(`
      "1 of 2 packages active: 1.3\u00a0GB left
      5\u00a0GB - 15 Days (top-up) · 1.3\u00a0GB of 5\u00a0GB · Active · started 19 Nov 2026 · ends 4 Dec 2026
      1\u00a0GB - 7 Days · Used up · started 3 Nov 2026 · used up 8 Nov 2026
      ICCID: 8910000000001000019
      Checked 13:57 UTC · next check 14:12 UTC"
    `);
  });

  it('tell the packages of several eSIMs in lines, since a message holds one table at the most', () => {
    const card = compactCard(packagesCard(ICCID, found(SAMPLE_PACKAGES), viewer), 10);
    expect(card.table).toBeUndefined();
    expect(said(card)).toContain('5\u00a0GB - 15 Days (top-up) · 1.3\u00a0GB of 5\u00a0GB · Active');
  });

  it('tell the eSIM and its order', () => {
    expect(said(esimCard(ICCID, found(SAMPLE_ESIM), viewer))).toMatchInlineSnapshot(`
      "Sakura Mobile-1\u00a0GB - 7 Days
      Open the eSIM page, access code 0000
      Anyone with the link and the code can see and install this eSIM. Give them only to the customer.
      ICCID: 8910000000001000019
      Order: 20261103-070321 · Completed
      Ordered: 3 Nov 2026
      Validity: 7 days
      Data: 1\u00a0GB
      Note on the order: TICKET-5512
      Brand: Harbour Travel
      Data roaming: Must be turned on
      Checked 13:57 UTC · next check 14:12 UTC"
    `);
  });

  it('tell the top-ups, with prices and without', () => {
    const of = (withPrices: boolean) => topUpsCard(ICCID, found(SAMPLE_TOP_UPS), { viewer, withPrices });
    expect(said(of(true))).toMatchInlineSnapshot(`
      "2 top-ups on offer
      1\u00a0GB - 7 Days; your price US$3.60; recommended US$4.50
      10\u00a0GB - 30 Days, 100\u00a0minutes, 50 texts; your price US$18.60; recommended US$21.00
      ICCID: 8910000000001000019
      Checked 13:57 UTC · next check 14:12 UTC
      I only show what is on offer. Order top-ups in your shop or on the Airalo Partner Platform."
    `);
    expect(said(of(false))).not.toMatch(/\$|18|21/);
  });

  it('tell how to install, short for both phones and in full for one', () => {
    const of = (phone: 'ios' | undefined) =>
      installCard(ICCID, found(SAMPLE_GUIDE), { viewer, system: phone, language: 'en', about: 2 });
    expect(said(of(undefined))).toMatchInlineSnapshot(`
      "Install: scan the QR code and follow the steps
      Open the QR code
      Install directly on an iPhone (iOS 17.4 or later)
      Activation code: LPA:1$lpa.airalo.com$SAMPLE
      Anyone with this can install the eSIM. Send it only to the customer.
      iPhone and iPad
      1. Go to Settings.
      2. Tap Add eSIM.
      3. Scan the QR code.
      Android
      1. Go to Settings.
      2. Tap Add eSIM.
      3. Scan the QR code.
      ICCID: 8910000000001000019
      In the customer’s language: install ios ja
      Checked 13:57 UTC · next check 14:12 UTC"
    `);
    expect(said(of('ios'))).toContain('iPhone and iPad · after installing\n1. Turn on Data Roaming.');
    expect(of('ios').actions).toEqual([
      { kind: 'ask', topic: 'install', about: 2, words: 'android en', label: 'Android', style: 'normal' },
    ]);
    expect(compactCard(of(undefined), 10).lines[0]).toEqual([
      link('Open the QR code', SAMPLE_GUIDE.qrCodeHref ?? ''),
    ]);
  });

  it('tell the balance, or who may read it', () => {
    expect(said(balanceCard(found(SAMPLE_BALANCE), viewer))).toMatchInlineSnapshot(`
      "Airalo balance: US$412.35
      Checked 13:57 UTC · next check 14:12 UTC"
    `);
    const strange = { accounts: [{ amount: 3, currency: '<@U1>' }] };
    expect(said(balanceCard(found(strange), viewer))).toContain('Airalo balance: 3 U');
    const refused = balanceRefusalCard({ kind: 'not-in-group', groupIds: ['S1', 'S2'] }, viewer);
    expect(refused.lines[0]).toContainEqual({ kind: 'group', id: 'S2' });
  });

  it('tell the devices whose name has every word', () => {
    expect(said(devicesCard('iPhone12', found(SAMPLE_DEVICES), viewer))).toMatchInlineSnapshot(`
      "2 models on Airalo’s list
      Searched for “iPhone12”.
      Apple iPhone 12
      Apple iPhone 12 mini
      The same model can lack eSIM in some countries, and a phone locked to one operator takes no eSIM of another.
      Checked 13:57 UTC · next check 14:12 UTC"
    `);
    expect(said(devicesCard('!!', found(SAMPLE_DEVICES), viewer))).toContain('no device for !!');
  });
});
