import { describe, expect, it } from 'vitest';
import type { Card, Viewer } from '../../src/cards/card.ts';
import { plainLine, plainText } from '../../src/cards/plain-text.ts';
import { usageCard } from '../../src/cards/usage-card.ts';
import type { Refusal, Reply } from '../../src/usage/reply.ts';
import { toIccid } from '../support/arbitraries.ts';
import { ICCID, MINUTE_MS, NOW, readingOf, refusedReply } from '../support/replies.ts';

const privately: Viewer = { audience: 'private', locale: 'en-GB', now: NOW };
const publicly: Viewer = { ...privately, audience: 'public' };

const card = (reply: Reply, viewer = privately): Card => usageCard(reply, viewer);
const words = (reply: Reply, viewer = privately): string =>
  plainText(card(reply, viewer), { locale: 'en-GB' });
const buttons = (reply: Reply, viewer = privately): string[] =>
  card(reply, viewer).actions.map(({ kind, style }) => (style === 'normal' ? kind : `${kind} (${style})`));

describe('a refusal', () => {
  const refusal = (content: Refusal, viewer = privately) => words(refusedReply(content), viewer);

  it('repeats the digits of an eSIM that Airalo does not know', () => {
    const content = {
      reason: 'unknown-esim',
      checkDigitOff: false,
      refreshableAt: NOW + 15 * MINUTE_MS,
    } as const;
    expect(refusal(content)).toMatchInlineSnapshot(`
      "Unknown eSIM
      Airalo doesn’t know this eSIM: 8910000000001000019
      Please compare every digit, and make sure the eSIM was ordered through your Airalo partner account.
      You can check this number again at 14:15 UTC."
    `);
    expect(refusal({ ...content, checkDigitOff: true })).toContain(
      'The check digit doesn’t match, so it’s probably a typo.',
    );
  });

  it('still shows the last reading, where there is one, with its age', () => {
    const previous = { reading: readingOf(), asOf: NOW - 40 * MINUTE_MS };
    const reasons: Refusal[] = [
      { reason: 'operator-needed', cause: 'credentials-refused' },
      { reason: 'declined', detail: 'no' },
      { reason: 'promise-expired', askedAt: NOW },
    ];
    for (const reason of reasons) {
      const text = words({ ...refusedReply(reason), previous });
      expect(text).toContain('1.3\u00a0GB left of 5\u00a0GB (26%) · last known');
      expect(text).toContain('1.3\u00a0GB left of 5\u00a0GB (26%)');
      expect(text).toContain('Checked 13:20 UTC');
    }
  });

  it('blames nobody’s typing when Airalo has answered for the eSIM before', () => {
    const refusal = { reason: 'unknown-esim', checkDigitOff: true, refreshableAt: NOW } as const;
    const previous = { reading: readingOf(), asOf: NOW - 40 * MINUTE_MS };
    const text = words({ ...refusedReply(refusal), previous });
    expect(text).toContain('Airalo didn’t find this eSIM this time, although it has before.');
    expect(text).toContain('1.3\u00a0GB left of 5\u00a0GB (26%)');
    expect(text).not.toContain('digit');
  });

  it.each([
    [{ kind: 'empty' }, 'Please give the eSIM’s ICCID.'],
    [{ kind: 'not-digits' }, 'I found no ICCID in “<given>”. An ICCID has'],
    [{ kind: 'rounded' }, 'A spreadsheet has rounded that number.'],
    [{ kind: 'too-short', digits: 1 }, 'That number has 1 digit; an ICCID has 18 to 22.'],
    [{ kind: 'too-long', digits: 23 }, 'That number has 23 digits; an ICCID has 18 to 22.'],
    [{ kind: 'several', found: 2 }, 'I found 2 ICCIDs and need just one.'],
  ] as const)('says what is wrong with a number, and gives an example: %j', (problem, sentence) => {
    const reply = usageCard(
      { kind: 'refused', refusal: { reason: 'malformed-iccid', given: '<given>', problem } },
      privately,
    );
    const text = plainText(reply, { locale: 'en' });
    expect(text).toContain(sentence);
    expect(text).toContain('Example: 8910000000001000019');
    expect(reply).toMatchObject({ title: 'Which eSIM?', tone: 'attention', actions: [] });
  });

  it('marks what the person gave as foreign', () => {
    const given = 'x <!channel> \u001b[31m';
    const problem = { kind: 'not-digits' } as const;
    const reply: Reply = { kind: 'refused', refusal: { reason: 'malformed-iccid', given, problem } };
    expect(card(reply).lines[0]).toContainEqual({ kind: 'foreign', text: 'x <!channel> [31m' });
  });

  it('says that only the operator can help when Airalo refuses us', () => {
    for (const cause of ['credentials-refused', 'ip-not-allowed'] as const) {
      expect(refusal({ reason: 'operator-needed', cause })).toContain(
        'Airalo isn’t letting me in right now. Your bot admin can see how to fix it.',
      );
    }
  });

  it('passes on why Airalo declined, marked as foreign', () => {
    const detail = 'The requested operator is undergoing maintenance.';
    expect(card(refusedReply({ reason: 'declined', detail })).lines).toContainEqual([
      { kind: 'foreign', text: detail },
    ]);
  });

  it.each([
    [{ kind: 'full-member' }, 'Only full members can check eSIMs here'],
    [{ kind: 'space' }, 'eSIMs can’t be checked in this workspace or server'],
    [{ kind: 'channel', channelIds: ['C1'] }, 'only in C1. Please ask there.'],
    [{ kind: 'channel', channelIds: ['C1', 'C2', 'C3'] }, 'only in C1, C2 or C3.'],
    [{ kind: 'channel', channelIds: ['C1', 'C2', 'C3', 'C4', 'C5'] }, 'only in C1, C2, C3, C4 or others.'],
    [{ kind: 'group', groupIds: ['S1', 'S2'] }, 'Only S1 or S2 can check eSIMs. Please ask an administrator'],
    [{ kind: 'group', groupIds: [] }, 'Only people named in the bot’s settings'],
    [{ kind: 'steward' }, 'only people who manage this server can'],
    [{ kind: 'check-failed' }, 'I couldn’t find out whether you may check eSIMs.'],
    [{ kind: 'check-failed', because: 'credentials-refused' }, 'my own credentials are refused here'],
  ] as const)('names what would be needed: %j', (need, sentence) => {
    const [line = []] = card(refusedReply({ reason: 'not-allowed', need })).lines;
    const named = line.map((span) => (typeof span === 'object' && 'id' in span ? span.id : span));
    expect(plainLine(named, { locale: 'en-GB' })).toContain(sentence);
  });

  it('names no raw ids where nobody draws them, and a kind of place once', () => {
    const said = (need: Extract<Refusal, { reason: 'not-allowed' }>['need']) =>
      refusal({ reason: 'not-allowed', need });
    expect(said({ kind: 'channel', channelIds: ['C1', 'C2', 'C3'] })).toContain('only in #channel. Please');
    expect(said({ kind: 'group', groupIds: ['S1', 'S2'] })).toContain('Only @group can check eSIMs.');
  });

  it('names channels and groups as mentions', () => {
    const need = { kind: 'channel', channelIds: ['C1'] } as const;
    expect(card(refusedReply({ reason: 'not-allowed', need })).lines[0]).toContainEqual({
      kind: 'channel',
      id: 'C1',
    });
  });

  it('offers to ask again where that alone can help', () => {
    const again = ['refresh'];
    expect(buttons(refusedReply({ reason: 'promise-expired', askedAt: NOW }))).toEqual(again);
    expect(buttons(refusedReply({ reason: 'promise-cancelled' }))).toEqual(again);
    expect(buttons(refusedReply({ reason: 'store-unavailable' }))).toEqual(again);
    expect(buttons(refusedReply({ reason: 'too-many', until: NOW }))).toEqual(again);
    // Nothing is offered that must be refused.
    expect(buttons(refusedReply({ reason: 'too-many', until: NOW + 1 }))).toEqual([]);
    expect(buttons(refusedReply({ reason: 'declined', detail: '' }))).toEqual([]);
    expect(buttons(refusedReply({ reason: 'not-allowed', need: { kind: 'space' } }))).toEqual([]);
  });

  it('ends a promise with a word, whatever the end', () => {
    expect(refusal({ reason: 'promise-expired', askedAt: NOW - 3 * 60 * MINUTE_MS })).toContain(
      'Airalo never answered your question from 11:00 UTC',
    );
    expect(refusal({ reason: 'promise-cancelled' })).toContain('Cancelled.');
    expect(refusal({ reason: 'too-many', until: NOW + 5 * MINUTE_MS })).toContain(
      'You can go on at 14:05 UTC.',
    );
    expect(refusal({ reason: 'store-unavailable' })).toContain('Please try again in a few minutes.');
  });
});

describe('a refusal in public', () => {
  it('an eSIM that Airalo does not know is not named', () => {
    const reply = refusedReply({ reason: 'unknown-esim', checkDigitOff: false, refreshableAt: NOW });
    expect(words(reply, publicly)).toContain('Airalo doesn’t know this eSIM.');
    expect(words(reply, publicly)).not.toContain(ICCID);
  });

  it('a number in the words of Airalo is masked', () => {
    const detail = 'The eSIM with iccid 8910000000001000068 has been recycled.';
    const reply = refusedReply({ reason: 'declined', detail }, toIccid('8910000000001000068'));
    expect(words(reply, publicly)).toContain('The eSIM with iccid …0068 has been recycled.');
  });
});
