import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Language } from '../../src/cards/languages.ts';
import type { Look, PageMessage } from '../../src/platforms/page/message.ts';
import { startPageBot } from '../../test/platforms/page/page-bot.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { NOW } from '../../test/support/replies.ts';

/** The window's width, px; a phone's, and as much as a message takes on a desk. */
const PX = { phone: 390, desk: 760 } as const;
/** 0 to 1; below it letters get shadows. */
const WEBP_QUALITY = 0.82;
/** Cards beside each other on a sheet. */
const COLUMNS = { phone: 4, desk: 2 } as const;
export const WIDTHS = ['phone', 'desk'] as const;
export const THEMES = ['light', 'dark'] as const;

/** How cards are looked at. */
export interface View {
  readonly look: Look;
  readonly locale: Language;
  readonly width: (typeof WIDTHS)[number];
  readonly theme: (typeof THEMES)[number];
}

/** A message to draw, with a name for people. */
export interface Frame {
  readonly name: string;
  readonly message: PageMessage;
}

/** Draws PNG files. */
export interface Painter {
  /** A message alone. */
  one(frame: Frame, view: View, path: string): Promise<void>;
  /** Several, named, in columns. */
  sheet(frames: readonly Frame[], view: View, path: string): Promise<void>;
  /** A message alone, as small as it stays readable. */
  webp(frame: Frame, view: View, path: string): Promise<void>;
  close(): Promise<void>;
}

/** The demo's page in a browser, with nothing on it. */
export async function startPainter(): Promise<Painter> {
  const bot = await startPageBot();
  const browser = await openBrowser();
  const page = await browser.newPage({ timezoneId: 'UTC', deviceScaleFactor: 1 });
  await page.clock.setFixedTime(NOW);
  await page.goto(bot.url);

  async function draw(frames: readonly Frame[], view: View, columns: number): Promise<void> {
    const entries = frames.map(({ name, message }, index) => ({
      name,
      entry: {
        id: `picture-${index}`,
        room: '',
        author: 'bot',
        at: NOW,
        isPrivate: isPrivate(name),
        message,
      },
    }));
    await page.setViewportSize({ width: PX[view.width] * columns, height: 600 });
    await drawOn(page, bot.url, { entries, view, columns, px: PX[view.width] });
  }

  return {
    async one(frame, view, path) {
      await draw([frame], view, 1);
      await page.locator('.entry').screenshot({ path, animations: 'disabled' });
    },
    async sheet(frames, view, path) {
      await draw(frames, view, COLUMNS[view.width]);
      await page.locator('.sheet').screenshot({ path, animations: 'disabled' });
    },
    async webp(frame, view, path) {
      await draw([frame], view, 1);
      const png = await page.locator('.entry').screenshot({ animations: 'disabled' });
      const webp: unknown = await page.evaluate(`(async () => {
        const image = new Image();
        image.src = 'data:image/png;base64,${png.toString('base64')}';
        await image.decode();
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width: image.width, height: image.height });
        canvas.getContext('2d').drawImage(image, 0, 0);
        return canvas.toDataURL('image/webp', ${WEBP_QUALITY}).split(',')[1];
      })()`);
      await writeFile(path, Buffer.from(String(webp), 'base64'));
    },
    async close() {
      await browser.close();
      await bot.close();
    },
  };
}

/** Alerts and shared cards are for everybody in a channel. */
function isPrivate(name: string): boolean {
  return !/channel|everybody|App Home|form/i.test(name);
}

async function drawOn(page: Page, url: string, drawing: object): Promise<void> {
  await page.evaluate(`(async () => {
    const { entries, view, columns, px } = ${JSON.stringify(drawing)};
    const { drawEntry } = await import('${url}timeline.js');
    const { reader } = await import('${url}dates.js');
    reader.locale = view.locale;
    Object.assign(document.documentElement.dataset, { look: view.look, theme: view.theme, width: 'desk' });
    const names = { room: (id) => (id.startsWith('C') ? 'support' : id), person: () => 'maria' };
    const sheet = document.createElement('div');
    sheet.className = 'sheet';
    sheet.style.columns = columns;
    sheet.style.columnGap = 0;
    sheet.style.background = 'var(--ground)';
    sheet.style.color = 'var(--text)';
    for (const { name, entry } of entries) {
      const frame = document.createElement('div');
      frame.className = 'app';
      frame.style = 'display:block;break-inside:avoid;border:0;width:' + px + 'px';
      if (columns > 1) {
        const word = document.createElement('p');
        word.textContent = name;
        word.style = 'margin:6px 8px 0;font:600 12px sans-serif;color:#c2185b';
        frame.append(word);
      }
      frame.append(drawEntry(entry, { look: view.look, names, act: () => {}, say: () => {} }));
      sheet.append(frame);
    }
    // Lato is Slack's own font; Noto Sans is as wide as Discord's.
    const font = view.look === 'slack' ? 'Lato' : 'Noto Sans';
    document.documentElement.style.fontFamily = 'Signs, "' + font + '", "Noto Sans CJK JP", sans-serif';
    document.documentElement.lang = view.locale;
    document.body.style.minHeight = '0';
    document.body.style.height = 'auto';
    document.body.style.overflow = 'visible';
    document.body.replaceChildren(sheet);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await document.fonts.ready;
  })()`);
}
