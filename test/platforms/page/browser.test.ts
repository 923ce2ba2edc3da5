import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '../../../src/cards/languages.ts';
import { usageCard } from '../../../src/cards/usage-card.ts';
import { pagePen } from '../../../src/platforms/page/message.ts';
import { HAS_BROWSER, openBrowser } from '../../support/browser.ts';
import { freshReply, NOW } from '../../support/replies.ts';
import { type PageBot, startPageBot } from './page-bot.ts';

const ACTIVE = '8910000000001000019';
const USED_UP = '8910000000001000092';

describe.skipIf(!HAS_BROWSER)('the page of the demo in a browser', () => {
  let browser: Browser;
  let it_: PageBot;
  let page: Page;
  /** What went wrong in the page: an exception, or something that its policy forbids. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    it_ = await startPageBot();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, timezoneId: 'UTC' });
    page.setDefaultTimeout(0);
    complaints = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (said) => {
      // On a slow machine the server's own clock may end the stream of events before the test's does; the page opens it again.
      const isOfTheStream = said.text().includes('ERR_INCOMPLETE_CHUNKED_ENCODING');
      if (said.type() === 'error' && !isOfTheStream) complaints.push(said.text());
    });
    await page.goto(it_.url);
    await shows('#log .colleague', /customer writes/);
  });
  afterEach(async () => {
    await page.close();
    await it_.close();
    expect(complaints).toEqual([]);
  });

  const textIn = async (selector: string) => (await page.locator(selector).allInnerTexts()).join('\n');
  const shows = (selector: string, pattern: RegExp) =>
    it_.soon(`${pattern} in ${selector}`, async () => pattern.test(await textIn(selector)));
  async function type(text: string): Promise<void> {
    await page.fill('#text', text);
    await page.press('#text', 'Enter');
  }

  it.each(['slack', 'discord'])('asks by the keyboard and shows the card as %s does', async (look) => {
    await page.selectOption('#look', look);
    await type(`/esim-usage ${ACTIVE}`);
    await shows('.entry.bot .message', /1\.3\sGB/);
    // Nothing of either markup is left over, and no instant is a bare token.
    expect(await textIn('.entry.bot .message')).not.toMatch(/<!date|<t:|\*\*|&lt;/);
    expect(await page.locator('.entry.bot time').count()).toBeGreaterThan(0);
  });

  it('a promise arrives by itself, and is said to those who hear the page', async () => {
    await type(`/esim-usage ${USED_UP}`);
    await shows('.entry.bot .message', /answer here|post it here/);
    it_.clock.advance(900_000);
    await shows('.entry.bot .arrived', /by itself/);
    await shows('#said', /Arrived: [\s\S]*GB/);
  });

  it('a pressed button answers, and the keyboard stays where it was', async () => {
    await type(`/esim-usage ${ACTIVE}`);
    await shows('.entry.bot .message', /1\.3\sGB/);
    const share = page.locator('.entry.bot button', { hasText: 'Share' });
    await share.focus();
    await page.keyboard.press('Enter');
    await it_.soon('the shared card', async () => (await page.locator('.entry.bot').count()) > 1);
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/Share/);
  });

  it('switches the look, the width, the theme and the language of what comes next', async () => {
    for (const [name, value] of [
      ['look', 'discord'],
      ['width', 'phone'],
      ['theme', 'dark'],
    ] as const) {
      await page.selectOption(`#${name}`, value);
      expect(await page.getAttribute('html', `data-${name}`)).toBe(value);
    }
    await page.selectOption('#language', 'de');
    await type(`/esim-usage ${ACTIVE}`);
    await shows('.entry.bot .message', /\d,\d\sGB/);
  });

  it('draws what people write as text, never as markup', async () => {
    await type('<img src=x onerror="document.title=1"> <b>bold</b>');
    await shows('.entry.you', /<b>bold<\/b>/);
    expect(await page.locator('.entry.you img, .entry.you b').count()).toBe(0);
  });

  it('fits a phone: nothing is wider than the window', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await type(`/esim-usage ${ACTIVE}`);
    await shows('.entry.bot .message', /1\.3\sGB/);
    for (const look of ['slack', 'discord']) {
      // Behind a summary on a phone.
      if (!(await page.isVisible('#look'))) await page.click('.settings summary');
      await page.selectOption('#look', look);
      expect(await page.evaluate('document.documentElement.scrollWidth'), look).toBeLessThanOrEqual(390);
      expect(await page.evaluate(`document.getElementById('log').scrollWidth`), look).toBeLessThanOrEqual(
        390,
      );
    }
  });

  it('the buttons of a healthy card stand in one row of a phone, in every language, and who sees it is said in it', async () => {
    const cards = LANGUAGES.map((locale) => {
      const card = usageCard(freshReply(), { audience: 'private', locale, now: NOW });
      const handle = { note: 'sample-note1', index: 0, jobId: '' };
      return { locale, message: pagePen.message([{ card, handle }], { locale, timeZone: 'UTC' }) };
    });
    // The same letters on every machine, wider than those of Slack.
    const font = readFileSync(
      createRequire(import.meta.url).resolve('@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2'),
    ).toString('base64');
    const drawn = await page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${font}'), (letter) => letter.charCodeAt(0));
      document.fonts.add(await new FontFace('Measured', bytes.buffer).load());
      const { drawEntry } = await import('${it_.url}timeline.js');
      const { reader } = await import('${it_.url}dates.js');
      const app = document.createElement('ol');
      app.className = 'app log';
      app.style = 'display:block;width:390px;padding:0;font-family:Measured,sans-serif';
      document.body.replaceChildren(app);
      return ['slack', 'discord'].flatMap((look) => ${JSON.stringify(cards)}.map(({ locale, message }) => {
        reader.locale = locale;
        document.documentElement.dataset.look = look;
        const entry = { id: 'one', room: '', author: 'bot', at: ${NOW}, isPrivate: true, message };
        const names = { room: () => 'support', person: () => 'maria' };
        app.replaceChildren(drawEntry(entry, { look, names, act: () => {}, say: () => {} }));
        const controls = [...app.querySelector('.row, .actions').children];
        return {
          of: look + ' ' + locale,
          controls: controls.length,
          rows: new Set(controls.map((control) => Math.round(control.getBoundingClientRect().bottom))).size,
          onlyYou: app.querySelector('.only-you').textContent,
        };
      }));
    })()`);
    expect(drawn).toHaveLength(2 * LANGUAGES.length);
    const seen = z
      .array(z.object({ of: z.string(), controls: z.number(), rows: z.number(), onlyYou: z.string() }))
      .parse(drawn);
    expect(seen.filter(({ rows, controls }) => rows !== 1 || controls < 2)).toEqual([]);
    expect(new Set(seen.map(({ onlyYou }) => onlyYou)).size).toBe(seen.length);
  });

  it('every control has a name', async () => {
    await type(`/esim-usage ${ACTIVE}`);
    await shows('.entry.bot .message', /1\.3\sGB/);
    const nameless = await page.evaluate(`[...document.querySelectorAll('button, select, input, a')]
      .filter((node) => !(node.textContent.trim() || node.ariaLabel || node.labels?.[0]?.textContent.trim()))
      .map((node) => node.outerHTML)`);
    expect(nameless).toEqual([]);
  });
});
