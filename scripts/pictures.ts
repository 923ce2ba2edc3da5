// Draws the cards as Slack and Discord would, by the demo's own page in a real browser: `npm run pictures` writes those of the README into
// docs/pictures, `npm run pictures -- <folder>` every card of the gallery, on both services, phone and desk, light and dark.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Card } from '../src/cards/card.ts';
import { usageCard } from '../src/cards/usage-card.ts';
import { LOOKS, type Look, pagePen } from '../src/platforms/page/message.ts';
import { startPageBot } from '../test/platforms/page/page-bot.ts';
import { openBrowser } from '../test/support/browser.ts';
import { CARDS } from '../test/support/card-gallery.ts';
import { DAY_MS, freshReply, NOW, readingOf } from '../test/support/replies.ts';

/** The window's width, px; a phone's, and as much as a message takes on a desk. */
const WIDTHS = { phone: 390, desk: 760 } as const;
const THEMES = ['light', 'dark'] as const;
const READER = { locale: 'en', timeZone: 'UTC' } as const;

interface View {
  readonly look: Look;
  readonly width: keyof typeof WIDTHS;
  readonly theme: (typeof THEMES)[number];
}

/** One card, as the page draws it, alone in the window. */
async function draw(page: Page, url: string, card: Card, { look, width, theme }: View, path: string) {
  const message = pagePen.message([{ card, handle: { note: 'picture-1', index: 0, jobId: '' } }], READER);
  const entry = { id: 'picture', room: '', author: 'bot', at: NOW, isPrivate: true, message };
  await page.setViewportSize({ width: WIDTHS[width], height: 600 });
  await page.evaluate(`(async () => {
    const { drawEntry } = await import('${url}timeline.js');
    const { reader } = await import('${url}dates.js');
    reader.locale = 'en';
    Object.assign(document.documentElement.dataset, ${JSON.stringify({ look, theme, width: 'desk' })});
    const names = { room: (id) => id, person: () => 'you' };
    const frame = document.createElement('div');
    frame.className = 'app';
    frame.style.display = 'block';
    frame.append(drawEntry(${JSON.stringify(entry)}, { look: '${look}', names, act: () => {}, say: () => {} }));
    document.body.style.minHeight = '0';
    document.body.replaceChildren(frame);
    await Promise.all([...document.images].map((image) => image.decode()));
  })()`);
  await page.locator('.entry').screenshot({ path, animations: 'disabled' });
}

async function readmePictures(page: Page, url: string): Promise<void> {
  const folder = join('docs', 'pictures');
  await mkdir(folder, { recursive: true });
  const reading = readingOf({ expiresAt: NOW + 11 * DAY_MS });
  const card = usageCard(freshReply({ reading }), { audience: 'private', locale: 'en', now: NOW });
  for (const look of LOOKS)
    await draw(page, url, card, { look, width: 'phone', theme: 'light' }, join(folder, `${look}.png`));
}

async function galleryPictures(page: Page, url: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, card] of Object.entries(CARDS))
    for (const look of LOOKS)
      for (const width of ['phone', 'desk'] as const)
        for (const theme of THEMES) {
          const file = `${name.replace(/\W+/g, '-').toLowerCase()}.${look}.${width}.${theme}.png`;
          await draw(page, url, card, { look, width, theme }, join(folder, file));
        }
}

const bot = await startPageBot();
const browser = await openBrowser();
try {
  const page = await browser.newPage({ timezoneId: 'UTC' });
  await page.clock.setFixedTime(NOW);
  await page.goto(bot.url);
  const [, , folder] = process.argv;
  await (folder === undefined ? readmePictures(page, bot.url) : galleryPictures(page, bot.url, folder));
} finally {
  await browser.close();
  await bot.close();
}
