import { readdir } from 'node:fs/promises';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOMS } from '../../../src/platforms/page/rooms.ts';
import { describePlatform } from '../../contract/platform-contract.ts';
import { type PageBot, startPageBot } from './page-bot.ts';

const ACTIVE = '8910000000001000019';

/** Both looks of an entry, as text. */
const textOf = (entry: unknown) => JSON.stringify(entry) ?? '';

describePlatform('The page of the demo', async () => {
  const it_ = await startPageBot();
  const shown = () =>
    it_
      .entries()
      // What the operator is told in the alert channel comes beside an answer, before it or after.
      .filter(({ id, message }) => message !== undefined && !id.startsWith('notice-'))
      .map(({ message, isPrivate, room }) => ({
        text: message?.slack.text ?? '',
        isPublic: !isPrivate && room !== ROOMS.bot,
      }));
  return {
    bot: it_.bot,
    ask: async (text) => void (await it_.say(text)),
    async cancel() {
      const entry = it_.entries().findLast(({ message }) => /esim1:cancel:/.test(textOf(message)));
      const control = /esim1:cancel:[^"]+/.exec(textOf(entry))?.[0];
      await it_.act({ kind: 'press', entry: entry?.id, look: 'discord', control, value: '' });
    },
    secrets: () => [],
    shown,
    soon: it_.soon,
    async pass(durationMs) {
      it_.clock.advance(durationMs);
    },
    close: it_.close,
  };
});

describe('the page of the demo', () => {
  let it_: PageBot;
  const answered = (pattern: RegExp) =>
    it_.soon(`${pattern}`, () => it_.entries().some((entry) => entry.message && pattern.test(textOf(entry))));
  const get = (path: string, headers: Record<string, string> = {}) =>
    request(`${it_.url}${path}`, { headers });

  beforeEach(async () => {
    it_ = await startPageBot();
  });
  afterEach(() => it_.close());

  it('shows one answer as Slack blocks and as a Discord embed', async () => {
    await it_.say(`/esim-usage ${ACTIVE}`, { room: ROOMS.support });
    await answered(/1\.3\sGB/);
    const answer = it_.entries().find(({ message }) => /1\.3\sGB/.test(textOf(message)));
    expect(answer).toMatchObject({ isPrivate: true, room: ROOMS.support });
    expect(textOf(answer?.message?.slack.blocks)).toContain('1.3\u00a0GB');
    expect(textOf(answer?.message?.discord.embeds)).toContain('1.3\u00a0GB');
  });

  it('answers a mention privately as Slack does, and behind a button as Discord must', async () => {
    const mention = { room: ROOMS.support };
    await it_.say(`@esim-usage-bot ${ACTIVE}`, { ...mention, look: 'slack' });
    await answered(/1\.3\sGB/);
    await it_.say(`@esim-usage-bot ${ACTIVE}`, { ...mention, look: 'discord' });
    await answered(/:show:/);
  });

  it('takes the words of a channel that are not for the bot as words, and checks them when asked', async () => {
    await it_.say(`the customer wrote ${ACTIVE}`, { room: ROOMS.support });
    await it_.soon('the words', () =>
      it_.entries().some(({ text }) => text?.includes('customer wrote') === true),
    );
    expect(it_.entries().some(({ message }) => message !== undefined)).toBe(false);
    const words = it_.entries().find(({ text }) => text?.includes('customer wrote') === true);
    await it_.act({ kind: 'check', entry: words?.id });
    await answered(/1\.3\sGB/);
  });

  it('shares by a press of either look, with the number masked', async () => {
    await it_.say(`/esim-usage ${ACTIVE}`, { room: ROOMS.support });
    await answered(/1\.3\sGB/);
    const card = it_.entries().find(({ isPrivate }) => isPrivate);
    const control = /esim1:share:[^"]+/.exec(textOf(card))?.[0];
    await it_.act({ kind: 'press', entry: card?.id, look: 'discord', control, value: '' });
    await it_.soon('the shared card', () => it_.entries().some(({ id }) => id.startsWith('public-')));
    const shared = it_.entries().find(({ id }) => id.startsWith('public-'));
    expect(shared?.isPrivate).toBe(false);
    expect(textOf(shared)).not.toContain(ACTIVE);
  });

  it('takes a list and brings its file', async () => {
    const base64 = Buffer.from(`iccid\n${ACTIVE}\n`).toString('base64');
    await it_.act({ kind: 'upload', name: 'list.csv', type: 'text/csv', base64 });
    await it_.soon('the file', () => it_.entries().some(({ message }) => (message?.files.length ?? 0) > 0));
    const file = it_.entries().find(({ message }) => (message?.files.length ?? 0) > 0)?.message?.files[0];
    expect(Buffer.from(file?.base64 ?? '', 'base64').toString()).toContain(ACTIVE);
  });

  it('sets a digest for its support channel from the direct message, and ends it from there', async () => {
    await it_.say('digest #support weekdays 9:00', { room: ROOMS.bot });
    await answered(/Digest set: .*I’ll post in /);
    const told = it_.entries().find(({ message }) => /asked me for a digest here/.test(textOf(message)));
    expect(told).toMatchObject({ room: ROOMS.support, isPrivate: false });
    await it_.say('digest #shop weekdays 9:00', { room: ROOMS.bot });
    await answered(/can’t set it for #shop/);
    await it_.say('digest off #support', { room: ROOMS.bot });
    await answered(/won’t come any more/);
  });

  it('lets Airalo send an alert', async () => {
    expect(await it_.act({ kind: 'alert' })).toBe(204);
    expect(it_.alertsFired).toBe(1);
  });

  it('runs no script and loads nothing but its own files', async () => {
    const { headers, body } = await get('');
    expect(await body.text()).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=/);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
  });

  it('is less than 200 kB, each of its files served', async () => {
    const names = (await readdir('src/platforms/page/assets')).map((name) =>
      name === 'page.html' ? '' : name,
    );
    const sizes = await Promise.all(
      names.map(async (name) => {
        const { statusCode, body } = await get(name);
        expect(statusCode, name).toBe(200);
        return (await body.text()).length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
  });

  it('is not there without its secret', async () => {
    const { statusCode, body } = await request(`${it_.bot.httpUrl}/demo/`);
    await body.dump();
    expect(statusCode).toBe(404);
  });

  it('refuses a foreign name that points to this computer', async () => {
    const { statusCode, body } = await get('events', { host: 'rebound.example:80' });
    await body.dump();
    expect(statusCode).toBe(403);
  });

  it.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['a form', { 'content-type': 'text/plain' }],
    ['nobody', { origin: '' }],
  ])('does nothing that %s asks', async (_who, headers) => {
    const sent = await request(`${it_.url}do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: it_.bot.httpUrl, ...headers },
      body: '{"kind":"alert"}',
    });
    await sent.body.dump();
    expect(sent.statusCode).toBe(403);
    expect(it_.alertsFired).toBe(0);
  });

  it.each(['{', '{"kind":"other"}', '{"kind":"check","entry":"x","locale":"en","timeZone":"Mars/Base"}'])(
    'does nothing with %s',
    async (text) => {
      const { statusCode, body } = await request(`${it_.url}do`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: it_.bot.httpUrl },
        body: text,
      });
      await body.dump();
      expect(statusCode).toBe(400);
    },
  );
});
