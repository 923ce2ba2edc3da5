import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helpCard } from '../../../src/cards/help-card.ts';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { renderText, type TextOptions } from '../../../src/platforms/terminal/text.ts';
import { displayWidth } from '../../../src/platforms/terminal/wrap.ts';
import type { Reply } from '../../../src/usage/reply.ts';
import { anyLocale, anyReply, instantMs } from '../../support/arbitraries.ts';
import {
  cachedReply,
  deferredReply,
  freshReply,
  MINUTE_MS,
  NOW,
  readingOf,
  refusedReply,
} from '../../support/replies.ts';

const options: TextOptions = { colour: false, width: 64, locale: 'en-GB', timeZone: 'Europe/Berlin' };
const viewer = { audience: 'private', locale: 'en-GB', now: NOW } as const;
const picture = (reply: Reply, changes: Partial<TextOptions> = {}) =>
  renderText(usageCard(reply, viewer), { ...options, ...changes });

describe('a card in the terminal', () => {
  it('of a plan with data, calls and texts', () => {
    const reading = readingOf({
      data: { kind: 'megabytes', remaining: 8192, total: 10_240 },
      voiceMinutes: { remaining: 63, total: 100 },
      textMessages: { remaining: 1, total: 50 },
    });
    expect(picture(freshReply({ reading }))).toMatchInlineSnapshot(`
      "┌ 🟠 8\u00a0GB left of 10\u00a0GB (80%) ──────────────────────────────────
      │ ████████░░
      │ Calls 63 of 100\u00a0mins · Texts 1 of 50
      │ 8910000000001000019
      │ Active · ends in 11\u00a0days (4 Dec 2026, 10:41 CET)
      │ Running low on texts.
      │ Next: offer the customer a top-up.
      │
      │ Checked 15:00 CET · next check 15:15 CET · Airalo’s data can
      │ lag up to 20\u00a0mins
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of an unlimited plan', () => {
    expect(
      picture(cachedReply({ reading: readingOf({ data: { kind: 'unlimited' } }) })),
    ).toMatchInlineSnapshot(`
      "┌ 🟢 Unlimited ─────────────────────────────────────────────────
      │ 8910000000001000019
      │ Active · ends in 11\u00a0days (4 Dec 2026, 10:41 CET)
      │
      │ Checked 14:57 CET · next check 15:12 CET · Airalo’s data can
      │ lag up to 20\u00a0mins
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of an eSIM whose operator reports nothing', () => {
    const status = { kind: 'known', name: 'UNKNOWN' } as const;
    expect(picture(freshReply({ reading: readingOf({ status }) }))).toMatchInlineSnapshot(`
      "┌ 🟡 Usage not reported ────────────────────────────────────────
      │ 8910000000001000019
      │ Ends in 11\u00a0days (4 Dec 2026, 10:41 CET)
      │ The mobile operator reports no usage for this eSIM. The
      │ customer can read it on the phone.
      │ iPhone: Settings → Mobile Data or Cellular.
      │ Samsung: Settings → Connections → Data usage.
      │ Pixel: Settings → Network and internet → SIMs → App data
      │ usage.
      │
      │ Checked 15:00 CET · next check 15:15 CET
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of an older reading that will be updated', () => {
    const previous = { reading: readingOf(), asOf: NOW - 18 * MINUTE_MS };
    expect(picture(deferredReply({ previous }))).toMatchInlineSnapshot(`
      "┌ 🟢 1.3\u00a0GB left of 5\u00a0GB (26%) ─────────────────────────────────
      │ ███░░░░░░░
      │ 8910000000001000019
      │ Active · ends in 11\u00a0days (4 Dec 2026, 10:41 CET)
      │
      │ Checked 14:42 CET · I’ll update this at 15:20 CET · Airalo’s
      │ data can lag up to 20\u00a0mins
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of a wait', () => {
    expect(picture(deferredReply())).toMatchInlineSnapshot(`
      "┌ 🕒 No figure yet: the answer is on its way ───────────────────
      │ Airalo allows the next check at 15:20 CET. I’ll post it here.
      │ 8910000000001000019
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of an eSIM that Airalo does not know', () => {
    const refusal = {
      reason: 'unknown-esim',
      checkDigitOff: true,
      refreshableAt: NOW + 15 * MINUTE_MS,
    } as const;
    expect(picture(refusedReply(refusal))).toMatchInlineSnapshot(`
      "┌ 🟡 Unknown eSIM ──────────────────────────────────────────────
      │ Airalo doesn’t know this eSIM: 8910000000001000019
      │ The check digit doesn’t match, so it’s probably a typo. Please
      │ compare every digit.
      │ You can check this number again at 15:15 CET.
      └───────────────────────────────────────────────────────────────"
    `);
  });

  it('of a number too short, in a narrow window', () => {
    const problem = { kind: 'too-short', digits: 12 } as const;
    const reply: Reply = {
      kind: 'refused',
      refusal: { reason: 'malformed-iccid', given: '8910 0000 0000', problem },
    };
    expect(picture(reply, { width: 30 })).toMatchInlineSnapshot(`
      "┌ 🟡 Which eSIM? ─────────────
      │ That number has 12 digits;
      │ an ICCID has 18 to 22. You
      │ typed: 8910 0000 0000
      │ Example: 8910000000001000019
      └─────────────────────────────"
    `);
  });

  it('of the help', () => {
    expect(renderText(helpCard(viewer, '/esim-usage'), options)).toMatchInlineSnapshot(`
      "┌ ⚪ eSIM usage ────────────────────────────────────────────────
      │ Send me the eSIM’s number, or type /esim-usage ICCID. Up to
      │ ten at once, separated by commas.
      │ On a message with eSIM numbers in it: Check eSIM usage.
      │ Only you see the answer. Share here shows it to the channel,
      │ with just the last four digits.
      │ More to ask, after /esim-usage or in a direct message:
      │ packages · esim · topups · install · trend · reply ICCID –
      │ details of one eSIM, also under More … on its card
      │ watch ICCID 25 – notify me at 25% left (or 10, 5, ends)
      │ digest weekdays 9:00 – eSIMs that need a look
      │ name ICCID anna-trip – then the name is enough
      │ find 0019 – digits, name, order or e-mail
      │ order 20261115-070321 – the eSIMs of an order
      │ plans JP – what is on sale for a country
      │ devices iPhone 13 – takes an eSIM?
      │ balance – your Airalo credit · status – is the bot OK?
      │ watches · names · orders · recent – your lists, and the team’s
      │ unwatch · unname · cancel – take it back
      │
      │ Airalo allows one check per eSIM about every 15 minutes. In
      │ between I show the last figure and its age.
      └───────────────────────────────────────────────────────────────"
    `);
  });
});

describe('colour', () => {
  it('is used only when asked for, whatever the environment says', () => {
    expect(picture(freshReply())).not.toContain('\u001b');
    expect(picture(freshReply(), { colour: true })).toContain('\u001b[32m');
  });

  it('changes nothing in the picture', () => {
    expect(stripVTControlCharacters(picture(freshReply(), { colour: true }))).toBe(picture(freshReply()));
  });
});

describe('what is copied', () => {
  it('stands outside the frame in one piece where the frame is too narrow for it', () => {
    const href = `https://esims.cloud/demo-company/${'long-'.repeat(12)}page`;
    const code = `LPA:1$smdp.example.com$${'1234-'.repeat(12)}5678`;
    const card = {
      ...usageCard(freshReply(), viewer),
      lines: [['Page ', { kind: 'link', text: 'here', href } as const]],
      facts: [{ label: 'Code', value: [{ kind: 'code', text: code } as const] }],
    };
    const rows = renderText(card, options).split('\n');
    expect(rows).toContain(href);
    expect(rows).toContain(code);
  });
});

describe('any card', () => {
  const anyOptions = fc.record({
    colour: fc.boolean(),
    width: fc.integer({ min: 1, max: 120 }),
    locale: anyLocale,
    timeZone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  });

  it('stays within the width and says every figure', () => {
    fc.assert(
      fc.property(anyReply, instantMs, anyOptions, (reply, now, given) => {
        const card = usageCard(reply, { ...viewer, locale: given.locale, now });
        const plain = stripVTControlCharacters(renderText(card, given));
        for (const row of plain.split('\n'))
          expect(displayWidth(row)).toBeLessThanOrEqual(Math.max(24, given.width));
        const letters = plain.replace(/[\s│─]/gu, '');
        expect(letters).toContain(card.title.replace(/\s/gu, ''));
      }),
    );
  });

  it('lets no control character of foreign text through', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const plain = renderText(usageCard(reply, viewer), options);
        expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
