import { describe, expect, it } from 'vitest';
import { listCard } from '../../src/cards/list-card.ts';
import { plainLine, plainText, rowLines } from '../../src/cards/plain-text.ts';
import { discordMessage } from '../../src/platforms/discord/embed.ts';
import { createBestForms } from '../../src/platforms/slack/best-form.ts';
import { slackMessage } from '../../src/platforms/slack/block-kit.ts';
import { chosen } from '../../src/platforms/slack/controls.ts';
import type { Refusal } from '../../src/usage/reply.ts';
import { channelBody } from '../support/discord/body-rules.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { DAY_MS, freshReply, ICCID, MINUTE_MS, NOW, refusedReply } from '../support/replies.ts';
import { breachOf } from '../support/slack/rules.ts';
import { LISTED } from '../support/states.ts';

const names = new Map([[ICCID, 'anna-trip']]);
const card = listCard(LISTED, { audience: 'private', locale: 'en', now: NOW, names });
const inSlack = slackMessage([{ card, handle: 'AAAAAAAAAAAA|0|' }], { locale: 'en' });

describe('several eSIMs', () => {
  it('are one table, the worst first, by name or last digits', () => {
    const rows = (card.table?.rows ?? []).map(({ cells }) =>
      cells.map((cell) => plainLine(cell, { locale: 'en' })).join(' | '),
    );
    expect(rows.slice(0, 5)).toEqual([
      '…0050 | 0\u00a0MB of 5\u00a0GB | Used up | in 11\u00a0days',
      '…0076 | 204\u00a0MB lost | Expired | 9\u00a0days ago',
      '…0068 |  | Withdrawn | ',
      '…0092 |  | No access to Airalo | ',
      '…0035 | 210\u00a0MB of 5\u00a0GB | Active | in 11\u00a0days',
    ]);
    expect(rows).toContain('anna-trip | 1.3\u00a0GB of 5\u00a0GB | Active | in 11\u00a0days');
    expect(JSON.stringify(card)).not.toMatch(/\d{18}/);
  });

  it('say of each that was not checked why, beside the last figure where there is one', () => {
    const previous = { reading: freshReply().reading, asOf: NOW - MINUTE_MS };
    const refusals: Refusal[] = [
      { reason: 'unknown-esim', checkDigitOff: true, refreshableAt: NOW },
      { reason: 'declined', detail: 'no' },
      { reason: 'promise-cancelled' },
      { reason: 'operator-needed', cause: 'credentials-refused' },
    ];
    const listed = refusals.map((refusal, index) => ({
      iccid: ICCID,
      index,
      reply: refusedReply(refusal, ICCID, index === 3 ? { previous } : {}),
    }));
    const drawn = listCard(listed, { audience: 'private', locale: 'en', now: NOW });
    const lines = (drawn.table ? rowLines(drawn.table) : []).map((line) => plainLine(line, { locale: 'en' }));
    expect(lines).toEqual([
      '…0019 · Airalo declined',
      '…0019 · No access to Airalo · 1.3\u00a0GB of 5\u00a0GB',
      '…0019 · Unknown eSIM',
      '…0019 · Cancelled',
    ]);
    expect(drawn.title).toBe('4 eSIMs: 3 need attention');
    expect(plainText(drawn, { locale: 'en' })).toMatch(/Checked /);
  });

  it('are not called well while one of them has no figure yet', () => {
    const viewer = { audience: 'private', locale: 'en', now: NOW } as const;
    const calm = LISTED.filter(({ reply }) => reply.kind === 'deferred' || reply.kind === 'fresh')
      .map((one) => ({ one, tone: listCard([one], viewer).tone }))
      .filter(({ tone }) => tone === 'good' || tone === 'waiting');
    const waiting = calm.filter(({ tone }) => tone === 'waiting').map(({ one }) => one);
    expect(waiting).toHaveLength(1);
    const { title } = listCard(
      calm.map(({ one }) => one),
      viewer,
    );
    expect(title).toBe(`${calm.length} eSIMs: 1 without a figure yet`);
  });

  it('show the calls and texts of a plan that has them', () => {
    const [listed] = LISTED;
    if (listed?.reply.kind !== 'fresh' && listed?.reply.kind !== 'cached') throw new Error('No figure');
    const voiceMinutes = { remaining: 6, total: 100 };
    const textMessages = { remaining: 41, total: 50 };
    const reply = { ...listed.reply, reading: { ...listed.reply.reading, voiceMinutes, textMessages } };
    const { table } = listCard([{ ...listed, reply }], { audience: 'private', locale: 'en', now: NOW });
    const [, left = []] = table?.rows[0]?.cells ?? [];
    expect(plainLine(left, { locale: 'en' })).toBe(
      '1.3\u00a0GB of 5\u00a0GB · Calls 6 of 100\u00a0min · Texts 41 of 50',
    );
  });

  it('can each be opened, whatever the order they are shown in', () => {
    const options = card.menu?.options ?? [];
    expect(options).toHaveLength(LISTED.length);
    const named = options.find(({ label }) => label.startsWith('anna-trip'));
    expect(named).toMatchObject({ kind: 'ask', topic: 'usage', about: 0 });
  });

  it('are taken by Slack in each form, and by Discord', () => {
    const forms = [inSlack, ...(inSlack.plainer ?? [])];
    expect(forms.map(({ blocks }) => blocks[1]?.type)).toEqual(['data_table', 'table', 'section']);
    for (const { text, blocks } of forms) expect(breachOf({ text, blocks }, 50)).toBeUndefined();
    const { embeds, ...body } = discordMessage([{ card, handle: 'AAAAAAAAAAAA:0:' }]);
    expect(channelBody.safeParse({ ...body, embeds }).error).toBeUndefined();
    expect(embeds).toHaveLength(1);
    expect(embeds[0]?.description?.split('\n')).toHaveLength(LISTED.length + 1);
  });

  it('fall back to what an older workspace knows, which is remembered of it for a day', async () => {
    const clock = new ManualClock();
    const formsFor = createBestForms(clock);
    const tried: string[] = [];
    const show = (workspaceId: string) =>
      formsFor(workspaceId, async (cards) => cards)(inSlack, async ({ blocks }) => {
        const type = blocks[1]?.type ?? '';
        tried.push(type);
        return type === 'data_table' ? { kind: 'closed', error: 'invalid_blocks' } : { kind: 'ok' };
      });
    expect((await show('T1')).kind).toBe('ok');
    expect(tried.splice(0)).toEqual(['data_table', 'table']);
    await show('T1');
    expect(tried.splice(0)).toEqual(['table']);
    await show('T2');
    expect(tried.splice(0)).toEqual(['data_table', 'table']);
    clock.advance(DAY_MS + 1);
    await show('T1');
    expect(tried).toEqual(['data_table', 'table']);
  });

  it('fall back no further than that, and a message that is refused whatever its form teaches nothing', async () => {
    const inBestForm = createBestForms(new ManualClock())('T1', async (cards) => cards);
    const refusing = (error: string) => async () => ({ kind: 'closed', error });
    expect(await inBestForm(inSlack, refusing('channel_not_found'))).toMatchObject({
      error: 'channel_not_found',
    });
    expect(await inBestForm(inSlack, refusing('invalid_blocks'))).toMatchObject({ error: 'invalid_blocks' });
    const tried: string[] = [];
    await inBestForm(inSlack, async ({ blocks }) => {
      tried.push(blocks[1]?.type ?? '');
      return { kind: 'ok' };
    });
    expect(tried).toEqual(['data_table']);
  });
});

it('what is chosen from a menu is said as its button would', () => {
  expect(chosen('esim:menu:0', 'ask-watch|AAAA|2|25+channel')).toEqual({
    actionId: 'esim:ask-watch:0',
    value: 'AAAA|2|25+channel',
  });
  expect(chosen('esim:refresh:0', 'AAAA|0|')).toEqual({ actionId: 'esim:refresh:0', value: 'AAAA|0|' });
});
